import type * as vscode from "vscode";

/**
 * Adds a stranger's text as text. VS Code makes each space unbreakable on the way, so that lines
 * would break in the middle of words: single ones become spaces again, runs of them stay.
 */
export function appendPlain(markdown: vscode.MarkdownString, text: string): vscode.MarkdownString {
  const before = markdown.value.length;
  markdown.appendText(text);
  const added = markdown.value.slice(before).replace(SINGLE_SPACE, " ");
  markdown.value = markdown.value.slice(0, before) + added;
  return markdown;
}

const SINGLE_SPACE = /(?<!&nbsp;)&nbsp;(?!&nbsp;)/gu;
