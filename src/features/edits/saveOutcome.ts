import * as vscode from "vscode";
import { TimeSlicer } from "../../base/async.ts";
import { type FailureKind, isApiError, isCancelled } from "../../domain/apiError.ts";
import type { ChangeSet, Ref } from "../../domain/changes/change.ts";
import { unsavedInWords } from "../../domain/changes/words.ts";
import {
  isSaved,
  rebasedOnRemote,
  type SaveOutcome,
  type WriteResult,
} from "../../domain/changes/writeResult.ts";
import { isHeldBack } from "../../domain/diagnosis/apiErrors.ts";
import { notifyError, notifyWarning, showProgress } from "../../editor/notifications.ts";
import { findServer, isReadOnly } from "../../engine/state.ts";
import { COMMANDS } from "../../manifest.ts";
import type { AppContext } from "../app.ts";
import { serverName } from "../targets/index.ts";
import { pickConflicts } from "./conflicts.ts";

/** Nothing is said when all was saved. Nothing is waited for: who called is done. */
export function tellUnsaved(app: AppContext, outcomes: readonly SaveOutcome[], again: Again): void {
  const open = outcomes.filter(
    ({ result }) => !isSaved(result) && !isCancelled(result.failure?.error),
  );
  if (open.length === 0) {
    return;
  }
  const sentences = open.flatMap(({ ref, result }) =>
    unsavedInWords(nameOf(app, ref), result, again.as),
  );
  for (const sentence of sentences) {
    app.log.error(sentence);
  }
  void offer(app, summary(sentences, open.length, outcomes.length), open, again);
}

function summary(sentences: readonly string[], open: number, all: number): string {
  return open === 1
    ? sentences.join(" ")
    : vscode.l10n.t(
        "{0} of {1} servers weren't saved in full. {2}",
        open,
        all,
        sentences.slice(0, 3).join(" "),
      );
}

/** One message, with what helps against what kept it from being saved. */
async function offer(
  app: AppContext,
  message: string,
  open: readonly SaveOutcome[],
  again: Again,
): Promise<void> {
  const ways = recoveryActions(app, open, again, (left) => void offer(app, message, left, again));
  const say = open.some(isFailed) ? notifyError : notifyWarning;
  const chosen = await say(message, ...ways.map(({ label }) => label));
  await ways.find(({ label }) => label === chosen)?.run();
}

/** For messages; the id where the resource has gone. */
export function nameOf(app: AppContext, { accountId, id }: Ref): string {
  return serverName(app, accountId, id);
}

/** How what wasn't saved is saved after all. */
export interface Again {
  /** What it was; of an undo "yours" is what was there before. */
  readonly as: "edit" | "undo";
  /** The same once more: what was seen first still counts. */
  retry(app: AppContext, open: readonly SaveOutcome[]): Promise<void>;
  /** Over what is there now. */
  insist(app: AppContext, changeSets: readonly ChangeSet[]): Promise<void>;
}

/** What a person can do about what wasn't saved. */
interface Way {
  readonly label: string;
  run(): unknown;
}

/** @param stand offers the same again for what nobody has done anything about */
function recoveryActions(
  app: AppContext,
  open: readonly SaveOutcome[],
  again: Again,
  stand: (left: readonly SaveOutcome[]) => void,
): readonly Way[] {
  if (!open.some(isFailed)) {
    return waysToDecide(app, open, again);
  }
  const forbidden = open.find(({ result }) => isRefused(result.failure?.error, "forbidden"));
  if (forbidden !== undefined) {
    const row = { kind: "account", accountId: forbidden.ref.accountId };
    return [
      {
        label: vscode.l10n.t("Sign In…"),
        async run() {
          await vscode.commands.executeCommand(COMMANDS.signIn, row);
          await retry(app, open, again, stand);
        },
      },
    ];
  }
  if (open.every((each) => isInProblems(app, each))) {
    return [
      {
        label: vscode.l10n.t("Show Problems"),
        run: async () => vscode.commands.executeCommand("workbench.actions.view.problems"),
      },
    ];
  }
  const heldBack = open.some(({ result }) => isHeldBack(result.failure?.error));
  return [app.reporter.retryAction(heldBack, () => retry(app, open, again, stand))];
}

/** A proxy's 403 tells nothing of the credential, and a web page nothing of what was sent. */
function isRefused(error: unknown, kind: FailureKind): boolean {
  return isApiError(error) && error.reason === "refused" && error.kind === kind;
}

/** The same again would be refused again: what is wrong with it stands there, with a fix. */
function isInProblems(app: AppContext, { ref, result }: SaveOutcome): boolean {
  const refusals = findServer(app.store.state, ref.accountId, ref.id)?.refusals ?? [];
  return refusals.length > 0 && isRefused(result.failure?.error, "invalid");
}

function isFailed({ result }: SaveOutcome): boolean {
  return result.failure !== undefined || result.ignored.length > 0;
}

/** Nothing is lost while an account may only be read: there the offer stands. */
async function retry(
  app: AppContext,
  open: readonly SaveOutcome[],
  again: Again,
  stand: (left: readonly SaveOutcome[]) => void,
): Promise<void> {
  const able = open.filter(({ ref }) => !isReadOnly(app.store.state, ref.accountId));
  const unable = open.filter((each) => !able.includes(each));
  if (unable.length > 0) {
    stand(unable);
  }
  if (able.length > 0) {
    await again.retry(app, able);
  }
}

function waysToDecide(app: AppContext, open: readonly SaveOutcome[], again: Again): readonly Way[] {
  const count = open.reduce((sum, { result }) => sum + result.conflicts.length, 0);
  const useMine = again.as === "undo" ? vscode.l10n.t("Undo Anyway") : vscode.l10n.t("Use Mine");
  return [
    count === 1
      ? { label: useMine, run: () => again.insist(app, open.map(insist)) }
      : { label: vscode.l10n.t("Choose…"), run: () => saveChosen(app, open, again) },
    { label: vscode.l10n.t("Keep Theirs"), run: async () => undefined },
  ];
}

/** Conflicts keep what was seen first, so they come up again as what they are. */
export function tryAgain({ ref, result }: SaveOutcome): ChangeSet {
  const disputed = result.conflicts.map(({ change }) => change);
  const changes = [...rebasedOnRemote({ ...result, conflicts: [] }), ...disputed];
  return { ref, changes };
}

function insist({ ref, result }: SaveOutcome): ChangeSet {
  return { ref, changes: rebasedOnRemote(result) };
}

async function saveChosen(
  app: AppContext,
  open: readonly SaveOutcome[],
  again: Again,
): Promise<void> {
  for (const { ref, result } of open) {
    const mine = await pickConflicts(nameOf(app, ref), result.conflicts);
    const changes = (mine ?? []).map(({ change, theirs }) => ({ ...change, from: theirs }));
    await again.insist(app, [{ ref, changes }]);
  }
}

/** What is to be written to one resource. */
export interface SaveJob {
  readonly ref: Ref;
  /** Undefined when the account has gone meanwhile. */
  run(): Promise<WriteResult> | undefined;
}

/** With fewer servers than this, saving is over before a progress could be read. */
const MANY = 4;

/** Runs all at once, under a progress where they are many. */
export async function runAll(jobs: readonly SaveJob[]): Promise<readonly SaveOutcome[]> {
  if (jobs.length < MANY) {
    return runEach(jobs, () => undefined);
  }
  const title = vscode.l10n.t("Saving changes");
  return showProgress(title, (report) => {
    let done = 0;
    return runEach(jobs, () => {
      done += 1;
      report(vscode.l10n.t("{0} of {1} servers", done, jobs.length), 100 / jobs.length);
    });
  });
}

async function runEach(
  jobs: readonly SaveJob[],
  ended: () => void,
): Promise<readonly SaveOutcome[]> {
  const outcomes: Promise<readonly SaveOutcome[]>[] = [];
  const turns = new TimeSlicer();
  for (const job of jobs) {
    outcomes.push(runOne(job, ended));
    // Each is shown at once, and the screen is made anew for it.
    if (turns.isOver) {
      await turns.next();
    }
  }
  return (await Promise.all(outcomes)).flat();
}

async function runOne({ ref, run }: SaveJob, ended: () => void): Promise<readonly SaveOutcome[]> {
  const result = await run();
  ended();
  return result === undefined ? [] : [{ ref, result }];
}
