import * as vscode from "vscode";
import type { ServerAddress } from "../../contributions.ts";
import type { EditResult } from "../../model/edits/editResult.ts";
import { Turns } from "../../store/turns.ts";
import { sayProgress } from "../../ui/say.ts";

/** What is to be written to one server. */
export interface SaveJob extends ServerAddress {
  /** Undefined when the account has gone meanwhile. */
  run(): Promise<EditResult> | undefined;
}

export interface SaveOutcome extends ServerAddress {
  readonly result: EditResult;
}

/** With fewer servers than this, saving is over before a progress could be read. */
const MANY = 4;

/** Runs all at once, under a progress where they are many. */
export async function runJobs(jobs: readonly SaveJob[]): Promise<readonly SaveOutcome[]> {
  if (jobs.length < MANY) return runAll(jobs, () => undefined);
  const title = vscode.l10n.t("Saving changes");
  return sayProgress(title, (report) => {
    let done = 0;
    return runAll(jobs, () => {
      done += 1;
      report(vscode.l10n.t("{0} of {1} servers", done, jobs.length), 100 / jobs.length);
    });
  });
}

async function runAll(
  jobs: readonly SaveJob[],
  ended: () => void,
): Promise<readonly SaveOutcome[]> {
  const outcomes: Promise<readonly SaveOutcome[]>[] = [];
  const turns = new Turns();
  for (const job of jobs) {
    outcomes.push(runOne(job, ended));
    // Each is shown at once, and the screen is made anew for it.
    if (turns.isOver) await turns.next();
  }
  return (await Promise.all(outcomes)).flat();
}

async function runOne(
  { accountId, serverId, run }: SaveJob,
  ended: () => void,
): Promise<readonly SaveOutcome[]> {
  const result = await run();
  ended();
  return result === undefined ? [] : [{ accountId, serverId, result }];
}
