import * as vscode from "vscode";
import { LANGUAGES } from "../../manifest.ts";
import { onDocument } from "./openDocuments.ts";

const SERVICE = "vscode.json-language-features";

/**
 * VS Code's JSON service starts only for JSON files. Without this our documents would have no
 * completion and hover.
 */
export function wakeJsonService(): vscode.Disposable {
  let awake = false;
  return onDocument(() => {
    if (awake) {
      return;
    }
    awake = true;
    vscode.extensions
      .getExtension(SERVICE)
      ?.activate()
      .then(undefined, () => undefined);
  });
}

/** True when VS Code itself marks JSON syntax errors in the document. */
export function marksSyntax({ languageId }: vscode.TextDocument): boolean {
  return (
    LANGUAGES.some((language) => language === languageId) &&
    vscode.extensions.getExtension(SERVICE)?.isActive === true &&
    vscode.workspace.getConfiguration("json").get("validate.enable") !== false
  );
}
