import * as vscode from "vscode";
import type { CommandArguments, ServerTarget } from "../../contributions.ts";
import type { Server } from "../../model/server/server.ts";
import type { UpstreamCredentials } from "../../model/server/upstreamCredentials.ts";
import { findServer } from "../../store/state.ts";
import { type Answers, askSteps, BACK } from "../../ui/forms/steps.ts";
import { sayInformation } from "../../ui/say.ts";
import type { App } from "../app.ts";
import { syncTargets } from "../syncs/sync.ts";
import { serverTargets } from "../targets.ts";
import { authenticateInDashboard } from "./authentication.ts";
import { formOf, takesCredentials, takesNone, wayStep } from "./chooseWay.ts";
import { askCredentials, type Send, WAYS } from "./credentialForm.ts";

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

async function ask(server: Server, to: Send): Promise<Server | "dashboard" | undefined> {
  let sent: Server | undefined;
  const wayOf = (answers: Answers<"way">) => WAYS.find((way) => way === answers.get("way"));
  const answers = await askSteps<"way" | "credential">([
    wayStep(server),
    {
      key: "credential",
      applies: (given) => wayOf(given) !== undefined,
      async ask(context) {
        const way = wayOf(context.answers);
        const result = way && (await askCredentials(way, formOf(server), to, context));
        if (result === undefined || result === BACK) return result;
        sent = result;
        return { text: "" };
      },
    },
  ]);
  return answers?.get("way") === "dashboard" ? "dashboard" : sent;
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
