import * as vscode from "vscode";
import { SCHEME } from "../../contributions.ts";

/** Our documents that are open in this window, by their URI. */
export function openDocuments(): ReadonlyMap<string, vscode.TextDocument> {
  return new Map(
    vscode.workspace.textDocuments
      .filter(({ uri, isClosed }) => uri.scheme === SCHEME && !isClosed)
      .map((document) => [document.uri.toString(), document]),
  );
}

export function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return openDocuments().get(uri.toString());
}

/** Calls with each of our documents as it is opened, changes, becomes clean or is saved. */
export function onDocument(seen: (document: vscode.TextDocument) => void): vscode.Disposable {
  const look = (document: vscode.TextDocument): void => {
    if (document.uri.scheme === SCHEME) seen(document);
  };
  for (const document of openDocuments().values()) look(document);
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.onDidChangeTextDocument(({ document }) => look(document)),
    vscode.workspace.onDidSaveTextDocument(look),
  );
}
