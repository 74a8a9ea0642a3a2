import * as vscode from "vscode";
import type { Conflict } from "../model/threeWay.ts";
import { fieldInWords, valueInWords } from "./fieldWords.ts";

/**
 * Asks which fields are to become what the person meant; the others stay as somebody else made
 * them. Undefined when it was dismissed.
 */
export async function pickConflicts(
  server: string,
  conflicts: readonly Conflict[],
): Promise<readonly Conflict[] | undefined> {
  const items = conflicts.map((conflict) => ({
    label: fieldInWords(conflict.change.field),
    description: vscode.l10n.t(
      "theirs: {0} · yours: {1}",
      valueInWords(conflict.change.field, conflict.theirs),
      valueInWords(conflict.change.field, conflict.change.to),
    ),
    conflict,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("{0}: changed by somebody else too", server),
    placeHolder: vscode.l10n.t("Check what is to become yours; the rest stays theirs"),
    canPickMany: true,
    ignoreFocusOut: true,
    matchOnDescription: true,
  });
  return picked?.map(({ conflict }) => conflict);
}
