import * as vscode from "vscode";
import { notifyInformation, showProgress } from "../../editor/notifications.ts";
import { isCredentialRefusal } from "../../engine/reauthenticating.ts";
import { progressOf, serversOf } from "../../engine/state.ts";
import type { SyncResult } from "../../engine/sync/queue.ts";
import type { CommandArguments, ServerTarget } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { serverTargets } from "../targets/index.ts";
import { completeStep } from "../walkthrough.ts";
import { type AccountSyncResult, summarise } from "./syncSummary.ts";

export async function syncServer(app: AppContext, args: CommandArguments): Promise<void> {
  const targets = await serverTargets(app, args, {
    title: vscode.l10n.t("Sync which servers?"),
    many: true,
  });
  await syncTargets(app, targets);
}

export async function syncAll(app: AppContext, { accountIds }: CommandArguments): Promise<void> {
  const all = accountIds.flatMap((accountId) =>
    [...serversOf(app.store.state, accountId).keys()].map(
      (serverId): ServerTarget => ({ kind: "server", accountId, serverId }),
    ),
  );
  await syncTargets(app, all);
}

export function cancelSync(app: AppContext): void {
  const isRunning = [...app.store.state.accounts.values()].some(({ syncs }) => syncs.run);
  if (!isRunning) {
    void notifyInformation(vscode.l10n.t("No sync is running."));
  }
  for (const session of app.sessions.all) {
    session.cancelSync();
  }
}

export async function syncTargets(
  app: AppContext,
  targets: readonly ServerTarget[],
): Promise<void> {
  const accounts = Map.groupBy(targets, ({ accountId }) => accountId);
  const outcomes = Promise.all([...accounts].map(([id, of]) => syncAccount(app, id, of)));
  await showWhileItLasts(app, outcomes, () => cancelSync(app));
  const ended = (await outcomes).flat();
  if (ended.some(({ result }) => result.report.kind === "done")) {
    completeStep("synced");
  }
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
  app: AppContext,
  accountId: string,
  targets: readonly ServerTarget[],
): Promise<readonly AccountSyncResult[]> {
  const session = app.sessions.get(accountId);
  const state = app.store.state.accounts.get(accountId);
  if (session === undefined || state === undefined) {
    return [];
  }
  if (state.access.refused) {
    void app.signInOffer.offerSignIn(state.account);
    return [];
  }
  const results = await session.sync(targets.map(({ serverId }) => serverId));
  return results
    .filter(({ report }) => !isRefusedSignIn(report))
    .map((result) => ({ accountId, result }));
}

/** A refused sign-in is reported once for the account and not for each server. */
function isRefusedSignIn(report: SyncResult["report"]): boolean {
  return report.kind === "failed" && isCredentialRefusal(report.error);
}

/** A shorter sync needs no notification, because its row and the status bar show it. */
const NOTIFY_AFTER_MS = 2000;

/**
 * Shows a cancellable notification with counts for a long sync that somebody waits for. Settles as
 * `done` does, after the notification is closed.
 */
async function showWhileItLasts(
  app: AppContext,
  done: Promise<unknown>,
  cancel: () => void,
): Promise<void> {
  let shown: Thenable<void> | undefined;
  const timer = setTimeout(() => {
    shown = notify(app, done, cancel);
  }, NOTIFY_AFTER_MS);
  await done.finally(() => clearTimeout(timer));
  await shown;
}

function notify(app: AppContext, done: Promise<unknown>, cancel: () => void): Thenable<void> {
  const title = vscode.l10n.t("Syncing MCP servers");
  const task = async (
    show: (message: string, increment: number) => void,
    token: vscode.CancellationToken,
  ): Promise<void> => {
    token.onCancellationRequested(cancel);
    let reported = 0;
    const report = (): void => {
      const run = progressOf(app.store.state);
      if (run === undefined) {
        return;
      }
      const percent = (100 * run.done) / run.total;
      show(`${run.done}/${run.total}`, percent - reported);
      reported = percent;
    };
    report();
    const subscription = app.store.onDidChange(report);
    await done;
    subscription.dispose();
  };
  return showProgress(title, task, true);
}
