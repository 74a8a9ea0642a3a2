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

export function isDirty(uri: vscode.Uri): boolean {
  return openDocument(uri)?.isDirty === true;
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

/** Milliseconds without a keystroke: who types faster isn't interrupted by what takes its time. */
const REST_MS = 200;

/** The same, but while somebody types only when they pause. */
export function onDocumentAtRest(seen: (document: vscode.TextDocument) => void): vscode.Disposable {
  const waiting = new Map<string, NodeJS.Timeout>();
  const forget = (key: string): void => {
    clearTimeout(waiting.get(key));
    waiting.delete(key);
  };
  const look = (document: vscode.TextDocument): void => {
    const key = document.uri.toString();
    forget(key);
    if (!document.isDirty) {
      seen(document);
      return;
    }
    waiting.set(
      key,
      setTimeout(() => {
        waiting.delete(key);
        if (!document.isClosed) seen(document);
      }, REST_MS),
    );
  };
  return vscode.Disposable.from(
    onDocument(look),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => forget(uri.toString())),
    { dispose: () => [...waiting.keys()].forEach(forget) },
  );
}
