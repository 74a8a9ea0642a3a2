import * as vscode from "vscode";
import type { ServerAddress } from "../contributions.ts";
import type { Change } from "../model/edit.ts";
import { insisted, isSaved } from "../model/editResult.ts";
import { isCancelled } from "../model/failure.ts";
import { unsavedInWords } from "../ui/editReport.ts";
import { pickConflicts } from "../ui/pickConflicts.ts";
import { sayError, sayWarning } from "../ui/say.ts";
import type { App } from "./app.ts";
import type { SaveOutcome } from "./saveJobs.ts";
import { changeable, serverName } from "./targets.ts";

/** Changes that know what was seen: what is tried again, insisted on or undone. */
export interface ServerChanges extends ServerAddress {
  readonly changes: readonly Change[];
}

/** How what wasn't saved is saved after all. */
export interface Again {
  /** What it was; of an undo "yours" is what was there before. */
  readonly as: "edit" | "undo";
  /** The same once more: what was seen first still counts. */
  retry(app: App, open: readonly SaveOutcome[]): Promise<void>;
  /** Over what is there now. */
  insist(app: App, changes: readonly ServerChanges[]): Promise<void>;
}

/** Nothing is said when all was saved. Nothing is waited for: who called is done. */
export function tellUnsaved(app: App, outcomes: readonly SaveOutcome[], again: Again): void {
  const open = outcomes.filter(
    ({ result }) => !isSaved(result) && !isCancelled(result.failure?.error),
  );
  if (open.length === 0) return;
  const sentences = open.flatMap(({ accountId, serverId, result }) =>
    unsavedInWords(serverName(app, accountId, serverId), result, again.as),
  );
  for (const sentence of sentences) app.log.error(sentence);
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

/** One message: conflicts are picked from, everything else is tried again. */
async function offer(
  app: App,
  message: string,
  open: readonly SaveOutcome[],
  again: Again,
): Promise<void> {
  const disputed = open.some(({ result }) => result.conflicts.length > 0);
  const failed = open.some(({ result }) => result.failure || result.notTaken.length > 0);
  const retry = vscode.l10n.t("Try Again");
  const useMine = again.as === "undo" ? vscode.l10n.t("Undo Anyway") : vscode.l10n.t("Use Mine");
  const choose = vscode.l10n.t("Choose…");
  const keep = vscode.l10n.t("Keep Theirs");
  const count = open.reduce((sum, { result }) => sum + result.conflicts.length, 0);
  const buttons = [
    ...(failed ? [retry] : []),
    ...(disputed && !failed ? [count === 1 ? useMine : choose, keep] : []),
  ];
  const chosen = failed
    ? await sayError(message, ...buttons)
    : await sayWarning(message, ...buttons);
  if (chosen === undefined || chosen === keep) return;
  const able = changeable(app, open);
  // Nothing is lost while somebody looks for a credential that may write.
  const unable = open.filter((each) => !able.includes(each));
  if (unable.length > 0) void offer(app, message, unable, again);
  if (chosen === retry) await again.retry(app, able);
  if (chosen === useMine) await again.insist(app, able.map(insist));
  if (chosen === choose) await saveChosen(app, able, again);
}

/** Conflicts keep what was seen first, so they come up again as what they are. */
export function tryAgain({ accountId, serverId, result }: SaveOutcome): ServerChanges {
  const disputed = result.conflicts.map(({ change }) => change);
  const changes = [...insisted({ ...result, conflicts: [] }), ...disputed];
  return { accountId, serverId, changes };
}

function insist({ accountId, serverId, result }: SaveOutcome): ServerChanges {
  return { accountId, serverId, changes: insisted(result) };
}

async function saveChosen(app: App, open: readonly SaveOutcome[], again: Again): Promise<void> {
  for (const { accountId, serverId, result } of open) {
    const mine = await pickConflicts(serverName(app, accountId, serverId), result.conflicts);
    const changes = (mine ?? []).map(({ change, theirs }) => ({ ...change, from: theirs }));
    await again.insist(app, [{ accountId, serverId, changes }]);
  }
}
