import { parseTree } from "jsonc-parser";
import * as vscode from "vscode";
import { setting } from "../../domain/documents/jsonEdits.ts";
import { locateValue } from "../../domain/documents/serverDocument.ts";
import { type CapabilityTarget, SCHEME, type ServerAddress } from "../../manifest.ts";
import { complete } from "../walkthrough.ts";

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
    if (document.uri.scheme === SCHEME) {
      seen(document);
    }
  };
  for (const document of openDocuments().values()) {
    look(document);
  }
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
        if (!document.isClosed) {
          seen(document);
        }
      }, REST_MS),
    );
  };
  return vscode.Disposable.from(
    onDocument(look),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => forget(uri.toString())),
    { dispose: () => [...waiting.keys()].forEach(forget) },
  );
}

const PATH = /^\/([^/]+)\/servers\/([^/]+)\.mcp-server\.json$/u;

export function serverUri(accountId: string, serverId: string): vscode.Uri {
  return vscode.Uri.from({
    scheme: SCHEME,
    path: `/${accountId}/servers/${encodeURIComponent(serverId)}.mcp-server.json`,
  });
}

/** Undefined for what isn't a server's document. */
export function parseServerUri(uri: vscode.Uri): ServerAddress | undefined {
  return uri.scheme === SCHEME ? addressIn(uri.path) : undefined;
}

/** The server of a path, in whichever scheme; undefined where it is nobody's. */
export function addressIn(path: string): ServerAddress | undefined {
  const [, accountId, segment] = PATH.exec(path) ?? [];
  if (accountId === undefined || segment === undefined) {
    return undefined;
  }
  try {
    return { accountId, serverId: decodeURIComponent(segment) };
  } catch {
    return undefined;
  }
}

/** Opens a server's document; the ending of its name gives it its language. */
export async function openServerDocument(
  accountId: string,
  serverId: string,
  options: vscode.TextDocumentShowOptions = {},
): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(serverUri(accountId, serverId));
  const editor = await vscode.window.showTextDocument(document, { preview: true, ...options });
  complete("explored");
  return editor;
}

/** From offsets to positions in a text that need not be open. */
export function positionsIn(text: string): (offset: number) => vscode.Position {
  const starts = [0, ...[...text.matchAll(/\n/gu)].map(({ index }) => index + 1)];
  return (offset) => {
    const line = lastNotAfter(starts, offset);
    return new vscode.Position(line, offset - (starts[line] ?? 0));
  };
}

/** Halving, because a document of thousands of tools has as many problems as lines. */
function lastNotAfter(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

/**
 * Opens the server's document with the description of a tool or prompt selected. One that isn't
 * overridden is put there first, as the upstream has it: saved like that, it changes nothing.
 */
export async function revealDescription(target: CapabilityTarget, present: string): Promise<void> {
  const editor = await openServerDocument(target.accountId, target.serverId);
  const section = target.kind === "tool" ? "tools" : "prompts";
  const path = [section, target.name, "description"];
  if (locateValue(editor.document.getText(), path) === undefined) {
    await insert(editor, path, present);
  }
  const span = locateValue(editor.document.getText(), path);
  if (span === undefined) {
    return;
  }
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
  if (edit === undefined) {
    return;
  }
  const start = document.positionAt(edit.offset);
  const range = new vscode.Range(start, document.positionAt(edit.offset + edit.length));
  await editor.edit((builder) => builder.replace(range, edit.content));
}
