import * as vscode from "vscode";
import { isSaved } from "../model/editResult.ts";
import { shownAccounts } from "../store/state.ts";
import type { UndoStep } from "../store/undo.ts";
import { fieldsInWords } from "../ui/editReport.ts";
import { sayInformation, sayInPassing } from "../ui/say.ts";
import { timeInWords } from "../ui/words.ts";
import type { App } from "./app.ts";
import { report } from "./saveEdits.ts";
import { changeable, serverName } from "./targets.ts";

interface AccountStep extends UndoStep {
  readonly accountId: string;
}

/** One at a time: who presses the keys twice means the step before the last, not the last twice. */
let underWay: Promise<void> = Promise.resolve();

/** Takes the newest change back; again, the one before it. */
export function undo(app: App): Promise<void> {
  underWay = underWay.then(() => undoOne(app));
  return underWay;
}

async function undoOne(app: App): Promise<void> {
  const step = await newest(app);
  if (step === undefined) {
    void sayInformation(vscode.l10n.t("There is nothing to undo."));
    return;
  }
  const { accountId } = step;
  if (changeable(app, [{ kind: "account", accountId }]).length === 0) return;
  if (!step.isOwn && !(await confirm(app, step))) return;
  const undone = (await app.sessions.get(accountId)?.undoer.undo(step)) ?? [];
  report(
    app,
    undone.map((each) => ({ ...each, accountId, isUndo: true })),
  );
  if (undone.every(({ result }) => isSaved(result))) {
    sayInPassing(vscode.l10n.t("Undone: {0}", inWords(app, step)));
  }
}

async function newest(app: App): Promise<AccountStep | undefined> {
  const steps = await Promise.all(
    shownAccounts(app.store.state).map(async ({ account }) => {
      const step = await app.sessions.get(account.id)?.undoer.last();
      return step === undefined ? [] : [{ ...step, accountId: account.id }];
    }),
  );
  const byAge = steps.flat().sort((one, other) => other.at - one.at);
  return byAge.find(({ isOwn }) => isOwn) ?? byAge[0];
}

/** What another window did, or an earlier one, may not be what the person has in mind. */
async function confirm(app: App, step: AccountStep): Promise<boolean> {
  const yes = vscode.l10n.t("Undo");
  const chosen = await sayInformation(
    vscode.l10n.t(
      "Undo the change of {0}, made in another window or before this one was opened: {1}?",
      timeInWords(step.at),
      inWords(app, step),
    ),
    yes,
  );
  return chosen === yes;
}

function inWords(app: App, { accountId, writes }: AccountStep): string {
  return writes
    .map(({ serverId, changes }) =>
      vscode.l10n.t("{0}: {1}", serverName(app, accountId, serverId), fieldsInWords(changes)),
    )
    .join("; ");
}
