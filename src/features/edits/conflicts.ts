import * as vscode from "vscode";
import type { Conflict } from "../../domain/changes/change.ts";
import { fieldInWords, valueInWords } from "../../domain/changes/fieldWords.ts";
import { escapeItem } from "../../editor/escape.ts";

interface Choice extends vscode.QuickPickItem {
  readonly choice: "mine" | "theirs" | "each";
}

/**
 * Asks which conflicting fields get the person's value; the others keep the value that is there.
 * Undefined when the list was dismissed.
 */
export async function pickConflicts(
  server: string,
  conflicts: readonly Conflict[],
): Promise<readonly Conflict[] | undefined> {
  const picked = await vscode.window.showQuickPick(choices(conflicts).map(escapeItem), {
    title: vscode.l10n.t("{0}: changed by somebody else too", server),
    placeHolder: conflicts.map((conflict) => bothInWords(conflict)).join(" · "),
    ignoreFocusOut: true,
  });
  switch (picked?.choice) {
    case undefined:
      return undefined;
    case "mine":
      return conflicts;
    case "theirs":
      return [];
    case "each":
      return pickEach(server, conflicts);
  }
}

function choices(conflicts: readonly Conflict[]): readonly Choice[] {
  const [only, second] = conflicts;
  const mine = vscode.l10n.t("Use Mine");
  const theirs = vscode.l10n.t("Keep Theirs");
  if (only === undefined || second !== undefined) {
    return [
      { choice: "each", label: vscode.l10n.t("Choose for Each of {0}…", conflicts.length) },
      { choice: "mine", label: mine },
      { choice: "theirs", label: theirs },
    ];
  }
  const { field, to } = only.change;
  return [
    { choice: "mine", label: mine, description: valueInWords(field, to) },
    { choice: "theirs", label: theirs, description: valueInWords(field, only.theirs) },
  ];
}

async function pickEach(
  server: string,
  conflicts: readonly Conflict[],
): Promise<readonly Conflict[] | undefined> {
  const items = conflicts.map((conflict) => ({
    label: fieldInWords(conflict.change.field),
    description: valuesInWords(conflict),
    conflict,
  }));
  const picked = await vscode.window.showQuickPick(items.map(escapeItem), {
    title: vscode.l10n.t("{0}: changed by somebody else too", server),
    placeHolder: vscode.l10n.t("Check the fields that get your values; the others keep theirs"),
    canPickMany: true,
    ignoreFocusOut: true,
    matchOnDescription: true,
  });
  return picked?.map(({ conflict }) => conflict);
}

function bothInWords(conflict: Conflict): string {
  return vscode.l10n.t("{0}: {1}", fieldInWords(conflict.change.field), valuesInWords(conflict));
}

function valuesInWords({ change: { field, to }, theirs }: Conflict): string {
  return vscode.l10n.t(
    "theirs {0}, yours {1}",
    valueInWords(field, theirs),
    valueInWords(field, to),
  );
}
