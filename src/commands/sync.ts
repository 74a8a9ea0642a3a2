import * as vscode from "vscode";
import type { RowArguments } from "../contributions.ts";
import { upstreamFailure } from "../model/checks/upstreamFailure.ts";
import { findServer, shownAccounts } from "../store/state.ts";
import type { SyncResult } from "../store/sync.ts";
import { reasonOf } from "../ui/report.ts";
import type { App } from "./app.ts";
import { type ServerTarget, serverTargets } from "./targets.ts";

export async function syncServer(app: App, args: RowArguments): Promise<void> {
  const targets = await serverTargets(app, args, {
    title: vscode.l10n.t("Sync which servers?"),
    many: true,
  });
  await sync(app, targets);
}

export async function syncAll(app: App): Promise<void> {
  const targets = shownAccounts(app.store.state).flatMap(({ account, servers }) =>
    [...servers.keys()].map(
      (serverId): ServerTarget => ({ kind: "server", accountId: account.id, serverId }),
    ),
  );
  await sync(app, targets);
}

export function cancelSync(app: App): void {
  for (const session of app.sessions.all) session.cancelSync();
}

async function sync(app: App, targets: readonly ServerTarget[]): Promise<void> {
  const accounts = Map.groupBy(targets, ({ accountId }) => accountId);
  const outcomes = await Promise.all(
    [...accounts].map(async ([accountId, of]) => {
      const results = await app.sessions.get(accountId)?.sync(of.map(({ serverId }) => serverId));
      return (results ?? []).map((result) => ({ accountId, result }));
    }),
  );
  await summarise(app, outcomes.flat());
}

interface Outcome {
  readonly accountId: string;
  readonly result: SyncResult;
}

/** Nothing is said when all is well; otherwise one message, however many failed. */
async function summarise(app: App, outcomes: readonly Outcome[]): Promise<void> {
  const cancelled = outcomes.filter(({ result }) => result.cancelled).length;
  if (cancelled > 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        "Sync cancelled: {0} of {1} servers done.",
        outcomes.length - cancelled,
        outcomes.length,
      ),
    );
    return;
  }
  const failures = outcomes.filter(({ result }) => failureOf(result) !== undefined);
  const [first] = failures;
  if (first === undefined) return;
  for (const { accountId, result } of failures) {
    app.log.error(`${nameOf(app, accountId, result.serverId)}: ${failureOf(result) ?? ""}`);
  }
  const message =
    failures.length === 1
      ? vscode.l10n.t(
          "{0} couldn't be synced. {1}",
          nameOf(app, first.accountId, first.result.serverId),
          failureOf(first.result) ?? "",
        )
      : vscode.l10n.t("{0} of {1} servers couldn't be synced.", failures.length, outcomes.length);
  const showProblems = vscode.l10n.t("Show Problems");
  const chosen = await vscode.window.showWarningMessage(message, showProblems);
  if (chosen === showProblems)
    await vscode.commands.executeCommand("workbench.actions.view.problems");
}

/**
 * Why a sync failed. A server that waits for its administrator or for a new credential is no failure
 * of this sync: its row and Problems say so all along.
 */
function failureOf({ error, server }: SyncResult): string | undefined {
  if (error !== undefined) return reasonOf(error);
  return server?.status === "error" ? upstreamFailure(server) : undefined;
}

function nameOf(app: App, accountId: string, serverId: string): string {
  return findServer(app.store.state, accountId, serverId)?.server.name ?? serverId;
}
