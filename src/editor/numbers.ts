import * as vscode from "vscode";

/** A number as the language of VS Code writes it, such as "11,604". */
export function numberText(value: number): string {
  return value.toLocaleString(vscode.env.language);
}
