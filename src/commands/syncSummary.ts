import * as vscode from "vscode";
import { diagnoseSync } from "../model/doctor/diagnose.ts";
import { countChanges } from "../model/syncReport.ts";
import { findServer } from "../store/state.ts";
import type { SyncResult } from "../store/sync.ts";
import { reasonOf } from "../ui/report.ts";
import { sayInformation, sayWarning } from "../ui/say.ts";
import { changesInWords } from "../ui/words.ts";
import type { App } from "./app.ts";

export interface SyncOutcome {
  readonly accountId: string;
  readonly result: SyncResult;
}

/** Nothing is said when all is well; otherwise one message, however many failed. */
export function summarise(app: App, outcomes: readonly SyncOutcome[]): void {
  for (const outcome of outcomes) logOutcome(app, outcome);
  const cancelled = outcomes.filter(({ result }) => result.report.kind === "cancelled").length;
  if (cancelled > 0) {
    const done = outcomes.length - cancelled;
    void sayInformation(
      vscode.l10n.t("Sync cancelled: {0} of {1} servers done.", done, outcomes.length),
    );
    return;
  }
  const failed = outcomes.filter((outcome) => failureOf(outcome.result) !== undefined);
  const [only, second] = failed;
  if (only === undefined) return;
  const message =
    second === undefined
      ? vscode.l10n.t(
          "{0} couldn't be synced. {1}",
          nameOf(app, only),
          failureOf(only.result) ?? "",
        )
      : vscode.l10n.t("{0} of {1} servers couldn't be synced.", failed.length, outcomes.length);
  void tell(message);
}

async function tell(message: string): Promise<void> {
  const showProblems = vscode.l10n.t("Show Problems");
  const chosen = await sayWarning(message, showProblems);
  if (chosen !== undefined) await vscode.commands.executeCommand("workbench.actions.view.problems");
}

function logOutcome(app: App, outcome: SyncOutcome): void {
  const { report } = outcome.result;
  const failure = failureOf(outcome.result);
  if (failure !== undefined) app.log.error(`${nameOf(app, outcome)}: ${failure}`);
  if (report.kind === "done" && countChanges(report.changes) > 0) {
    app.log.info(`${nameOf(app, outcome)}: ${changesInWords(report.changes)}`);
  }
}

/** Why it isn't synced now; undefined when it is, or when nobody wants to hear of it. */
function failureOf({ report, server }: SyncResult): string | undefined {
  switch (report.kind) {
    case "done":
    case "cancelled":
      return undefined;
    case "stalled":
      return vscode.l10n.t("Cloudflare reported success, but nothing was synced. Try again later.");
    case "refused":
      return server && diagnoseSync(server).sentence;
    case "failed":
      return reasonOf(report.error);
  }
}

function nameOf(app: App, { accountId, result }: SyncOutcome): string {
  return findServer(app.store.state, accountId, result.serverId)?.server.name ?? result.serverId;
}
