import * as vscode from "vscode";
import { withProperty } from "../../model/document/set.ts";
import type { Edit } from "../../model/edits/edit.ts";
import { fieldPath } from "../../model/edits/field.ts";

/** The same change in the text of a document that somebody is writing in; saving stays theirs. */
export function textFix(document: vscode.TextDocument, edit: Edit): vscode.WorkspaceEdit {
  const before = document.getText();
  const after = changedText(before, edit);
  const workspaceEdit = new vscode.WorkspaceEdit();
  const whole = new vscode.Range(document.positionAt(0), document.positionAt(before.length));
  workspaceEdit.replace(document.uri, whole, after);
  return workspaceEdit;
}

/** An override of which nothing is left is taken out whole: that is how a document says so. */
function changedText(text: string, edit: Edit): string {
  const cleared = edit.filter(({ field, to }) => field.key === "enabled" && to === null);
  const gone = new Set(cleared.map(({ field }) => JSON.stringify(field.of)));
  const kept = edit.filter(({ field }) => !gone.has(JSON.stringify(field.of)));
  const changes = [
    ...cleared.map(({ field }) => ({ path: fieldPath(field).slice(0, 2), value: undefined })),
    ...kept.map(({ field, to }) => ({
      path: fieldPath(field),
      value: to === null && field.of !== undefined ? undefined : to,
    })),
  ];
  return changes.reduce((current, { path, value }) => withProperty(current, path, value), text);
}
