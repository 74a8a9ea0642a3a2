import * as vscode from "vscode";
import type { CommandArguments, ServerTarget } from "../../contributions.ts";
import type { Server } from "../../model/server/server.ts";
import type { UpstreamCredentials } from "../../model/server/upstreamCredentials.ts";
import { findServer } from "../../store/state.ts";
import type { App } from "../app.ts";
import { syncTargets } from "../syncs/sync.ts";
import { serverTargets } from "../targets.ts";
import { authenticateInDashboard } from "./authentication.ts";
import { askBearer, askHeaders } from "./bearerForms.ts";
import { chooseWay, takesCredentials, textsOf, type Way } from "./chooseWay.ts";
import { askClientSecret, askManualClient, clientFactsOf } from "./manualForm.ts";

/** Sends credentials to Cloudflare; resolves when they are there. */
export type Send = (credentials: UpstreamCredentials) => Promise<Server>;

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
  const way = await chooseWay(server);
  if (way === undefined) return;
  if (way === "dashboard") {
    await authenticateInDashboard(app, target);
    return;
  }
  const sent = await ask(way, server, (credentials) => send(app, target, credentials));
  // Only a sync shows whether the upstream takes them.
  if (sent !== undefined) await syncTargets(app, [target]);
}

function ask(
  way: Exclude<Way, "dashboard">,
  server: Server,
  to: Send,
): Promise<Server | undefined> {
  switch (way) {
    case "bearer":
      return askBearer(server, to);
    case "headers":
      return askHeaders(textsOf(server), to);
    case "manual":
      return askManualClient(clientFactsOf(server), to);
    case "secret":
      return askClientSecret(server, to);
  }
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
