import * as vscode from "vscode";
import { isHeldBack, reasonOf } from "../../domain/diagnosis/apiErrors.ts";
import { diagnoseSync } from "../../domain/diagnosis/upstream.ts";
import { stalledInWords } from "../../domain/servers/frozen.ts";
import { countChanges } from "../../domain/servers/syncReport.ts";
import { changesInWords } from "../../domain/servers/words.ts";
import { notifyInformation, notifyWarning } from "../../editor/notifications.ts";
import { findServer } from "../../engine/state.ts";
import type { SyncResult } from "../../engine/sync/queue.ts";
import type { AppContext } from "../app.ts";
import type { MessageAction } from "../errors.ts";

export interface AccountSyncResult {
  readonly accountId: string;
  readonly result: SyncResult;
}

/**
 * Shows one message on failed and cancelled syncs; none when all is well.
 * @param again syncs these again
 */
export function summarise(
  app: AppContext,
  outcomes: readonly AccountSyncResult[],
  again: (failed: readonly AccountSyncResult[]) => unknown,
): void {
  for (const outcome of outcomes) {
    logOutcome(app, outcome);
  }
  const failed = outcomes.filter((outcome) => failureOf(outcome.result) !== undefined);
  const sentences = [cancelledInWords(outcomes), failedInWords(app, outcomes, failed)];
  const message = sentences.filter((sentence) => sentence !== undefined).join(" ");
  if (failed.length > 0) {
    void offer(app, message, failed, again);
  } else if (message !== "") {
    void notifyInformation(message);
  }
}

function cancelledInWords(outcomes: readonly AccountSyncResult[]): string | undefined {
  const count = (kind: SyncResult["report"]["kind"]): number =>
    outcomes.filter(({ result }) => result.report.kind === kind).length;
  return count("cancelled") === 0
    ? undefined
    : vscode.l10n.t("Sync cancelled: {0} of {1} servers done.", count("done"), outcomes.length);
}

function failedInWords(
  app: AppContext,
  outcomes: readonly AccountSyncResult[],
  failed: readonly AccountSyncResult[],
): string | undefined {
  const [only, second] = failed;
  if (only === undefined) {
    return undefined;
  }
  return second === undefined
    ? vscode.l10n.t("{0} couldn't be synced. {1}", nameOf(app, only), failureOf(only.result) ?? "")
    : vscode.l10n.t("{0} of {1} servers couldn't be synced.", failed.length, outcomes.length);
}

/**
 * The Problems view has what a server reports of its sync, but not what the API answered to the
 * request.
 */
async function offer(
  app: AppContext,
  message: string,
  failed: readonly AccountSyncResult[],
  again: (failed: readonly AccountSyncResult[]) => unknown,
): Promise<void> {
  const isInProblems = failed.some(({ result }) => result.report.kind === "refused");
  const heldBack = failed.some(
    ({ result: { report } }) => report.kind === "failed" && isHeldBack(report.error),
  );
  const action: MessageAction = isInProblems
    ? {
        label: vscode.l10n.t("Show Problems"),
        run: () => vscode.commands.executeCommand("workbench.actions.view.problems"),
      }
    : app.reporter.retryAction(heldBack, () => again(failed));
  const chosen = await notifyWarning(message, action.label);
  if (chosen !== undefined) {
    await action.run();
  }
}

function logOutcome(app: AppContext, outcome: AccountSyncResult): void {
  const { report } = outcome.result;
  const failure = failureOf(outcome.result);
  if (failure !== undefined) {
    app.log.error(`${nameOf(app, outcome)}: ${failure}`);
  }
  if (report.kind === "done" && countChanges(report.changes) > 0) {
    app.log.info(`${nameOf(app, outcome)}: ${changesInWords(report.changes)}`);
  }
}

/** Why the server isn't synced; undefined when it is, or when the sync was cancelled. */
function failureOf({ report, server }: SyncResult): string | undefined {
  switch (report.kind) {
    case "done":
    case "cancelled":
      return undefined;
    case "stalled":
      return stalledInWords(server);
    case "refused":
      return server && diagnoseSync(server).sentence;
    case "failed":
      return reasonOf(report.error);
  }
}

function nameOf(app: AppContext, { accountId, result }: AccountSyncResult): string {
  return (
    findServer(app.store.state, accountId, result.serverId)?.optimistic.name ?? result.serverId
  );
}
