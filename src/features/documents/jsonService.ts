import * as vscode from "vscode";
import type { ProblemCode } from "../../domain/documents/problem.ts";
import { LANGUAGES, SCHEME } from "../../manifest.ts";
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

const NONE: ReadonlySet<ProblemCode> = new Set();
const SYNTAX: ReadonlySet<ProblemCode> = new Set(["document/syntax"]);

/** The schema of a file has types, which that of a document hasn't. */
const SYNTAX_AND_TYPES: ReadonlySet<ProblemCode> = new Set([
  "document/syntax",
  "document/type",
  "document/unknown-key",
]);

/** The problems that VS Code itself marks in the document. */
export function markedByVsCode({ languageId, uri }: vscode.TextDocument): ReadonlySet<ProblemCode> {
  if (
    vscode.extensions.getExtension(SERVICE)?.isActive !== true ||
    vscode.workspace.getConfiguration("json").get("validate.enable") === false
  ) {
    return NONE;
  }
  if (uri.scheme !== SCHEME) {
    return SYNTAX_AND_TYPES;
  }
  return LANGUAGES.some((language) => language === languageId) ? SYNTAX : NONE;
}
