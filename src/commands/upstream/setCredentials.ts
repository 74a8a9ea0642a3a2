import * as vscode from "vscode";
import type { CommandArguments, ServerTarget } from "../../contributions.ts";
import type { Server } from "../../model/server/server.ts";
import type { UpstreamCredentials } from "../../model/server/upstreamCredentials.ts";
import { findServer } from "../../store/state.ts";
import { askForm, endWith } from "../../ui/forms/steps.ts";
import { sayInformation } from "../../ui/say.ts";
import type { App } from "../app.ts";
import { syncTargets } from "../syncs/sync.ts";
import { serverTargets } from "../targets.ts";
import { authenticateInDashboard } from "./authentication.ts";
import { askCredentials, type Send, WAYS } from "./credentialForm.ts";
import { formOf, type Key, takesCredentials, takesNone, wayStep } from "./ways.ts";

/** Write-only: what is stored is never shown, and what is typed is sent and forgotten. */
export async function setUpstreamCredentials(app: App, args: CommandArguments): Promise<void> {
  const [target] = await serverTargets(app, args, {
    title: vscode.l10n.t("Set the credentials of which server?"),
    many: false,
    writes: true,
    applies: takesCredentials,
  });
  const server = target && findServer(app.store.state, target.accountId, target.serverId)?.server;
  if (target === undefined || server === undefined) return;
  if (!takesCredentials(server)) {
    void sayInformation(takesNone(server));
    return;
  }
  const sent = await ask(server, (credentials) => send(app, target, credentials));
  if (sent === "dashboard") await authenticateInDashboard(app, target);
  // Only a sync shows whether the upstream takes them.
  else if (sent !== undefined) await syncTargets(app, [target]);
}

function ask(server: Server, send: Send): Promise<Server | "dashboard" | undefined> {
  const form = formOf(server);
  return askForm<Key, Server | "dashboard">([
    wayStep(server, form),
    {
      key: "credential",
      async ask({ answers, ...place }) {
        const way = WAYS.find((known) => known === answers.get("way"));
        return way && endWith(await askCredentials(way, form, send, place));
      },
    },
  ]);
}

async function send(
  app: App,
  { accountId, serverId }: ServerTarget,
  credentials: UpstreamCredentials,
): Promise<Server> {
  const session = app.sessions.get(accountId);
  if (session === undefined) throw new Error(vscode.l10n.t("The account was signed out."));
  return session.upstream.setCredentials(serverId, credentials);
}
