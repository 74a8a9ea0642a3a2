import { parseTree } from "jsonc-parser";
import * as vscode from "vscode";
import { setting } from "../../domain/documents/jsonEdits.ts";
import { locateValue } from "../../domain/documents/places.ts";
import type { LayeredTarget } from "../../target.ts";
import { layerPath, openLayerDocument } from "./openDocuments.ts";

/** See `revealDescription`. */
export async function selectDescription(target: LayeredTarget, present: string): Promise<void> {
  const editor = await openLayerDocument(target);
  const path = [...layerPath(target), "description"];
  if (locateValue(editor.document.getText(), path) === undefined) {
    await insert(editor, path, present);
  }
  const span = locateValue(editor.document.getText(), path);
  if (span === undefined) {
    return;
  }
  const { document } = editor;
  // Inside the quotes, so that typing replaces only the text.
  const start = document.positionAt(span.offset + 1);
  const end = document.positionAt(span.offset + span.length - 1);
  editor.selection = new vscode.Selection(start, end);
  editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

async function insert(
  editor: vscode.TextEditor,
  path: readonly string[],
  text: string,
): Promise<void> {
  const { document } = editor;
  const root = parseTree(document.getText());
  const edit = root && setting(root, path, text);
  if (edit === undefined) {
    return;
  }
  const start = document.positionAt(edit.offset);
  const range = new vscode.Range(start, document.positionAt(edit.offset + edit.length));
  await editor.edit((builder) => builder.replace(range, edit.content));
}
