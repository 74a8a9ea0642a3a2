import * as vscode from "vscode";
import { schemaFiles } from "../../domain/files/schemaFiles.ts";
import { conflictsIn, type Plan } from "../../domain/plans/plan.ts";
import { notesOf } from "../../domain/plans/planWords.ts";
import { confirmDifferences } from "../../editor/confirmDifferences.ts";

/** Shows a plan as a diff, with what has to be known beside it, and asks once. */
export function confirmPlan(writes: Plan, all: Plan): Promise<boolean> {
  const created = writes.filter(({ action }) => action === "create").length;
  const what = inWords(writes);
  const differences = writes.map(({ path, before, after, action }) => ({
    path,
    before: action === "create" ? undefined : before,
    after,
  }));
  return confirmDifferences(differences, {
    tab: vscode.l10n.t("Plan for {0}", what),
    title: vscode.l10n.t("Apply {0} to the account?", what),
    apply: vscode.l10n.t("Apply"),
    meaning: meaningOf(writes.length - created, created),
    notes: [
      ...(conflictsIn(all) === 0
        ? []
        : [vscode.l10n.t("What was changed in the account too stays as it is there")]),
      ...all.flatMap(notesOf),
    ],
    beside: schemaFiles(),
  });
}

function inWords([only, ...more]: Plan): string {
  return only !== undefined && more.length === 0
    ? only.path
    : vscode.l10n.t("{0} files", more.length + 1);
}

function meaningOf(updated: number, created: number): string {
  if (created === 0) {
    return vscode.l10n.t("Undo Last Change takes all of it back");
  }
  return updated === 0
    ? vscode.l10n.t("Creating can't be undone, only deleted again")
    : vscode.l10n.t("Undo Last Change takes back the changes. What is created can only be deleted");
}
