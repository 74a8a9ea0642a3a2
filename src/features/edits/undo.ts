import * as vscode from "vscode";
import type { SerialQueue } from "../../base/async.ts";
import { refId } from "../../domain/changes/change.ts";
import { fieldsInWords } from "../../domain/changes/words.ts";
import { isSaved, type SaveOutcome } from "../../domain/changes/writeResult.ts";
import { timeInWords } from "../../domain/servers/words.ts";
import { confirm, flashStatus, notifyInformation } from "../../editor/notifications.ts";
import type { UndoStep } from "../../engine/edits/undo.ts";
import { shownAccounts } from "../../engine/state.ts";
import type { AppContext } from "../app.ts";
import { recoverBySaving, save } from "./save.ts";
import { nameOf, notifyUnsaved } from "./saveOutcome.ts";

/** The context of undo. Its queue runs one step at a time. */
export interface UndoContext extends AppContext {
  readonly undoing: SerialQueue;
}

/** Undoes the newest change. Called again, it undoes the one before. */
export function undo(app: UndoContext): Promise<void> {
  // Pressed twice in a row, undo takes back two steps and not the last one twice.
  return inTurn(app, () => undoNewest(app));
}

function inTurn(app: UndoContext, task: () => Promise<void>): Promise<void> {
  return app.undoing.run(async () => {
    try {
      await task();
    } catch (error) {
      void app.reporter.reportFailure(vscode.l10n.t("The last change wasn't undone."), error, () =>
        inTurn(app, task),
      );
    }
  });
}

async function undoNewest(app: UndoContext): Promise<void> {
  const step = await newest(app);
  if (step === undefined) {
    void notifyInformation(vscode.l10n.t("There is nothing to undo."));
    return;
  }
  if (step.isOwn || (await confirmUndo(app, step))) {
    await undoStep(app, step);
  }
}

async function undoStep(app: UndoContext, step: UndoStep): Promise<void> {
  const undone = await save(app, step.writes, (session, write) => session.undoHistory.undo(write));
  if (undone.length === 0) {
    return;
  }
  notifyUnsaved(app, undone, {
    ...recoverBySaving(app, "undo"),
    retry: (open) => inTurn(app, () => undoStep(app, leftOf(step, open))),
  });
  if (undone.every(({ result }) => isSaved(result))) {
    flashStatus(vscode.l10n.t("Undone: {0}", inWords(app, step)));
  }
}

/** The writes of a step that weren't undone. They are still in the journal. */
function leftOf(step: UndoStep, open: readonly SaveOutcome[]): UndoStep {
  const ids = new Set(open.map(({ ref }) => refId(ref)));
  return { ...step, writes: step.writes.filter(({ ref }) => ids.has(refId(ref))) };
}

async function newest(app: UndoContext): Promise<UndoStep | undefined> {
  const steps = await Promise.all(
    shownAccounts(app.store.state).map(
      async ({ account }) => (await app.sessions.get(account.id)?.undoHistory.last()) ?? [],
    ),
  );
  const byAge = steps.flat().sort((one, other) => other.at - one.at);
  return byAge.find(({ isOwn }) => isOwn) ?? byAge[0];
}

/** The person may not be thinking of a change from another or an earlier window. */
async function confirmUndo(app: UndoContext, step: UndoStep): Promise<boolean> {
  const chosen = await confirm(
    vscode.l10n.t(
      "Undo the change of {0}, made in another window or before this one was opened?",
      timeInWords(step.at, vscode.env.language),
    ),
    inWords(app, step),
    vscode.l10n.t("Undo"),
  );
  return chosen !== undefined;
}

function inWords(app: UndoContext, { writes }: UndoStep): string {
  return writes
    .map(({ ref, changes }) => vscode.l10n.t("{0}: {1}", nameOf(app, ref), fieldsInWords(changes)))
    .join("\n");
}
