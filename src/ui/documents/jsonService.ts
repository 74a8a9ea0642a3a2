import * as vscode from "vscode";
import { LANGUAGE } from "../../contributions.ts";
import { onDocument } from "./openDocuments.ts";

const SERVICE = "vscode.json-language-features";

/** It wakes for JSON files alone, and would leave our documents without completion and hover. */
export function wakeJsonService(): vscode.Disposable {
  let awake = false;
  return onDocument(() => {
    if (awake) return;
    awake = true;
    vscode.extensions
      .getExtension(SERVICE)
      ?.activate()
      .then(undefined, () => undefined);
  });
}

/** Whether VS Code itself marks in a document what isn't JSON. */
export function marksSyntax({ languageId }: vscode.TextDocument): boolean {
  return (
    languageId === LANGUAGE &&
    vscode.extensions.getExtension(SERVICE)?.isActive === true &&
    vscode.workspace.getConfiguration("json").get("validate.enable") !== false
  );
}
