import * as vscode from "vscode";
import type { Milestone } from "../contributions.ts";
import type { Change, Edit } from "../model/edit.ts";
import { insisted, isSaved } from "../model/editResult.ts";
import { isCancelled } from "../model/failure.ts";
import { unsavedInWords } from "../ui/editReport.ts";
import { reach } from "../ui/milestones.ts";
import { pickConflicts } from "../ui/pickConflicts.ts";
import { sayError, sayWarning } from "../ui/say.ts";
import type { App } from "./app.ts";
import { runJobs, type SaveOutcome } from "./saveJobs.ts";
import { changeable, serverName } from "./targets.ts";

export interface ServerEdit {
  readonly accountId: string;
  readonly serverId: string;
  readonly edit: Edit;
}

/** Changes that know what was seen: what is tried again, insisted on or undone. */
export interface ServerChanges {
  readonly accountId: string;
  readonly serverId: string;
  readonly changes: readonly Change[];
}

/**
 * Saves what a person did in one go: one write a server, a message only where something failed.
 * @param milestone what it is to the walkthrough
 */
export async function saveEdits(
  app: App,
  edits: readonly ServerEdit[],
  milestone: Milestone = "edited",
): Promise<void> {
  const action = crypto.randomUUID();
  const jobs = changeable(app, edits).map(({ accountId, serverId, edit }) => ({
    accountId,
    serverId,
    run: () => app.sessions.get(accountId)?.edit(serverId, edit, { action }),
  }));
  const outcomes = await runJobs(jobs);
  if (outcomes.some(({ result }) => result.saved.length > 0)) reach(milestone);
  report(app, outcomes);
}

export async function saveAgain(app: App, all: readonly ServerChanges[]): Promise<void> {
  const action = crypto.randomUUID();
  const jobs = changeable(app, all).map(({ accountId, serverId, changes }) => ({
    accountId,
    serverId,
    run: () => app.sessions.get(accountId)?.change(serverId, changes, { action }),
  }));
  report(app, await runJobs(jobs));
}

/** Nothing is said when all was saved. Nothing is waited for: who called is done. */
export function report(app: App, outcomes: readonly SaveOutcome[]): void {
  const open = outcomes.filter(
    ({ result }) => !isSaved(result) && !isCancelled(result.failure?.error),
  );
  if (open.length === 0) return;
  const sentences = open.flatMap(({ accountId, serverId, result, isUndo }) =>
    unsavedInWords(serverName(app, accountId, serverId), result, isUndo ? "undo" : "edit"),
  );
  for (const sentence of sentences) app.log.error(sentence);
  void offer(app, summary(sentences, open.length, outcomes.length), open);
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

/** One message: conflicts are picked from, everything else is tried again. */
async function offer(app: App, message: string, open: readonly SaveOutcome[]): Promise<void> {
  const disputed = open.some(({ result }) => result.conflicts.length > 0);
  const failed = open.some(({ result }) => result.failure || result.notTaken.length > 0);
  const again = vscode.l10n.t("Try Again");
  const isUndo = open.some((each) => each.isUndo);
  const useMine = isUndo ? vscode.l10n.t("Undo Anyway") : vscode.l10n.t("Use Mine");
  const choose = vscode.l10n.t("Choose…");
  const keep = vscode.l10n.t("Keep Theirs");
  const count = open.reduce((sum, { result }) => sum + result.conflicts.length, 0);
  const buttons = [
    ...(failed ? [again] : []),
    ...(disputed && !failed ? [count === 1 ? useMine : choose, keep] : []),
  ];
  const chosen = failed
    ? await sayError(message, ...buttons)
    : await sayWarning(message, ...buttons);
  if (chosen === undefined || chosen === keep) return;
  const able = changeable(app, open);
  // Nothing is lost while somebody looks for a credential that may write.
  const unable = open.filter((each) => !able.includes(each));
  if (unable.length > 0) void offer(app, message, unable);
  if (chosen === again) await saveAgain(app, able.map(tryAgain));
  if (chosen === useMine) await saveAgain(app, able.map(insist));
  if (chosen === choose) await saveChosen(app, able);
}

/** Conflicts keep what was seen first, so they come up again as what they are. */
function tryAgain({ accountId, serverId, result }: SaveOutcome): ServerChanges {
  const disputed = result.conflicts.map(({ change }) => change);
  const changes = [...insisted({ ...result, conflicts: [] }), ...disputed];
  return { accountId, serverId, changes };
}

function insist({ accountId, serverId, result }: SaveOutcome): ServerChanges {
  return { accountId, serverId, changes: insisted(result) };
}

async function saveChosen(app: App, open: readonly SaveOutcome[]): Promise<void> {
  for (const { accountId, serverId, result } of open) {
    const mine = await pickConflicts(serverName(app, accountId, serverId), result.conflicts);
    const changes = (mine ?? []).map(({ change, theirs }) => ({ ...change, from: theirs }));
    await saveAgain(app, [{ accountId, serverId, changes }]);
  }
}
