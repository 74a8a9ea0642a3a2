import * as vscode from "vscode";
import { PROBLEMS_SOURCE } from "../../contributions.ts";
import { checkDocument } from "../../model/documentCheck.ts";
import { type DocumentProblem, isShownElsewhere } from "../../model/documentProblem.ts";
import { findServer } from "../../store/state.ts";
import type { ReadonlyStore } from "../../store/store.ts";
import { MOST_PER_DOCUMENT } from "../problems/located.ts";
import { onDocumentAtRest } from "./openDocuments.ts";
import { parseServerUri } from "./uri.ts";

/** Our own checks as somebody types. A document without changes has the server's problems instead. */
export function checkWhileTyping(store: ReadonlyStore): readonly vscode.Disposable[] {
  const collection = vscode.languages.createDiagnosticCollection("mcpPortals.document");
  return [
    collection,
    onDocumentAtRest((document) => {
      const problems = document.isDirty ? problemsOf(store, document) : [];
      const shown = problems.filter((problem) => !isShownElsewhere(problem));
      collection.set(
        document.uri,
        shown.slice(0, MOST_PER_DOCUMENT).map((problem) => diagnosticOf(document, problem)),
      );
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => collection.delete(uri)),
  ];
}

function problemsOf(
  store: ReadonlyStore,
  document: vscode.TextDocument,
): readonly DocumentProblem[] {
  const address = parseServerUri(document.uri);
  const found = address && findServer(store.state, address.accountId, address.serverId);
  return found === undefined ? [] : checkDocument(document.getText(), found.server);
}

function diagnosticOf(
  document: vscode.TextDocument,
  { code, message, span: { offset, length } }: DocumentProblem,
): vscode.Diagnostic {
  const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
  const diagnostic = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Error);
  diagnostic.source = PROBLEMS_SOURCE;
  diagnostic.code = code;
  return diagnostic;
}
