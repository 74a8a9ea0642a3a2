import * as l10n from "@vscode/l10n";
import { about, listed } from "../../base/text.ts";
import { unsavedInWords } from "../changes/words.ts";
import { NOTHING_DONE } from "../changes/writeResult.ts";
import type { Action } from "./plan.ts";

/** What has to be known of an action beside its difference. */
export function notesOf(action: Action): readonly string[] {
  if (action.action !== "update") {
    return [];
  }
  const { path, unlisted } = action;
  return [
    ...(unlisted.length === 0
      ? []
      : [about(path, l10n.t("Not listed, so their overrides go: {0}.", listed(unlisted)))]),
    ...conflictWords(action),
  ];
}

/** What is left as it is, because somebody has changed it since the last pull. */
export function conflictWords(action: Action): readonly string[] {
  return action.action === "update"
    ? action.conflicts.flatMap((conflict) =>
        unsavedInWords(action.path, { ...NOTHING_DONE, conflicts: [conflict] }),
      )
    : [];
}
