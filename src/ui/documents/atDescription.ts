import { parseTree } from "jsonc-parser";
import * as vscode from "vscode";
import type { CapabilityTarget } from "../../contributions.ts";
import { locateValue } from "../../model/document/document.ts";
import { setting } from "../../model/document/set.ts";
import { openServerDocument } from "./open.ts";

/**
 * Opens the server's document with the description of a tool or prompt selected. One that isn't
 * overridden is put there first, as the upstream has it: saved like that, it changes nothing.
 */
export async function openAtDescription(target: CapabilityTarget, present: string): Promise<void> {
  const editor = await openServerDocument(target.accountId, target.serverId);
  const section = target.kind === "tool" ? "tools" : "prompts";
  const path = [section, target.name, "description"];
  if (locateValue(editor.document.getText(), path) === undefined) {
    await insert(editor, path, present);
  }
  const span = locateValue(editor.document.getText(), path);
  if (span === undefined) return;
  const { document } = editor;
  // Inside the quotes, so that typing replaces the text and nothing else.
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
  if (edit === undefined) return;
  const start = document.positionAt(edit.offset);
  const range = new vscode.Range(start, document.positionAt(edit.offset + edit.length));
  await editor.edit((builder) => builder.replace(range, edit.content));
}
