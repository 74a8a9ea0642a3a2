import * as vscode from "vscode";
import type { CommandArguments, ServerTarget } from "../../contributions.ts";
import { isCredentialRefusal } from "../../store/lastingClient.ts";
import { shownAccounts } from "../../store/state.ts";
import type { SyncResult } from "../../store/syncs/sync.ts";
import { offerSignIn } from "../../ui/access.ts";
import { reach } from "../../ui/milestones.ts";
import { sayInformation } from "../../ui/say.ts";
import type { App } from "../app.ts";
import { changeable, serverTargets } from "../targets.ts";
import { showWhileItLasts } from "./syncProgress.ts";
import { type SyncOutcome, summarise } from "./syncSummary.ts";

export async function syncServer(app: App, args: CommandArguments): Promise<void> {
  const targets = await serverTargets(app, args, {
    title: vscode.l10n.t("Sync which servers?"),
    many: true,
    writes: true,
  });
  await syncTargets(app, targets);
}

export async function syncAll(app: App): Promise<void> {
  const all = shownAccounts(app.store.state).flatMap(({ account, servers }) =>
    [...servers.keys()].map(
      (serverId): ServerTarget => ({ kind: "server", accountId: account.id, serverId }),
    ),
  );
  await syncTargets(app, changeable(app, all));
}

export function cancelSync(app: App): void {
  const isRunning = [...app.store.state.accounts.values()].some(({ syncRun }) => syncRun);
  if (!isRunning) void sayInformation(vscode.l10n.t("No sync is running."));
  for (const session of app.sessions.all) session.cancelSync();
}

export async function syncTargets(app: App, targets: readonly ServerTarget[]): Promise<void> {
  const accounts = Map.groupBy(targets, ({ accountId }) => accountId);
  const outcomes = Promise.all([...accounts].map(([id, of]) => syncAccount(app, id, of)));
  await showWhileItLasts(app, outcomes, () => cancelSync(app));
  const ended = (await outcomes).flat();
  if (ended.some(({ result }) => result.report.kind === "done")) reach("synced");
  summarise(app, ended, (failed) =>
    syncTargets(
      app,
      failed.map(({ accountId, result: { serverId } }) => ({
        kind: "server",
        accountId,
        serverId,
      })),
    ),
  );
}

async function syncAccount(
  app: App,
  accountId: string,
  targets: readonly ServerTarget[],
): Promise<readonly SyncOutcome[]> {
  const session = app.sessions.get(accountId);
  const state = app.store.state.accounts.get(accountId);
  if (session === undefined || state === undefined) return [];
  if (state.access.refused) {
    void offerSignIn(state.account);
    return [];
  }
  const results = await session.sync(targets.map(({ serverId }) => serverId));
  return results
    .filter(({ report }) => !isRefusedSignIn(report))
    .map((result) => ({ accountId, result }));
}

/** That is told once for the account, whatever it was refused for. */
function isRefusedSignIn(report: SyncResult["report"]): boolean {
  return report.kind === "failed" && isCredentialRefusal(report.error);
}
