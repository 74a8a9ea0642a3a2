import * as vscode from "vscode";
import { linesOf } from "../../base/lines.ts";
import type { Ref } from "../../domain/changes/change.ts";
import { locate } from "../../domain/documents/places.ts";
import { partPath } from "../../domain/documents/shape.ts";
import { mappingRef } from "../../domain/portals/fields.ts";
import { portalRef } from "../../domain/portals/portalKind.ts";
import { serverRef } from "../../domain/servers/serverKind.ts";
import { SCHEME } from "../../manifest.ts";
import type { LayeredTarget } from "../../target.ts";
import { completeStep } from "../walkthrough.ts";
import { documentUri } from "./resourceDocuments.ts";

/** The open documents of this extension, by their URI. */
export function openDocuments(): ReadonlyMap<string, vscode.TextDocument> {
  return new Map(
    vscode.workspace.textDocuments
      .filter(({ uri, isClosed }) => uri.scheme === SCHEME && !isClosed)
      .map((document) => [document.uri.toString(), document]),
  );
}

/**
 * What VS Code was last given for each document, so that it is asked to look again only where that
 * differs.
 */
export class GivenAnswers {
  readonly #open: () => ReadonlyMap<string, vscode.TextDocument>;
  readonly #given = new Map<string, string>();

  /** @param open the documents that may be asked about, by their URI */
  constructor(open: () => ReadonlyMap<string, vscode.TextDocument> = openDocuments) {
    this.#open = open;
  }

  note({ uri }: vscode.TextDocument, answer: string): void {
    this.#given.set(uri.toString(), answer);
  }

  /** True when an open document would be given something else now. Forgets closed documents. */
  differ(answerFor: (document: vscode.TextDocument) => string): boolean {
    const open = this.#open();
    for (const uri of [...this.#given.keys()].filter((each) => !open.has(each))) {
      this.#given.delete(uri);
    }
    return [...open].some(([uri, document]) => {
      const given = this.#given.get(uri);
      return given !== undefined && answerFor(document) !== given;
    });
  }
}

export function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return openDocuments().get(uri.toString());
}

/** Calls back for each of our documents when it is opened, changed or saved, or becomes clean. */
export function onDocument(seen: (document: vscode.TextDocument) => void): vscode.Disposable {
  const see = (document: vscode.TextDocument): void => {
    if (document.uri.scheme === SCHEME) {
      seen(document);
    }
  };
  for (const document of openDocuments().values()) {
    see(document);
  }
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(see),
    vscode.workspace.onDidChangeTextDocument(({ document }) => see(document)),
    vscode.workspace.onDidSaveTextDocument(see),
  );
}

/** Loads something with the first document that is opened, so that activation needn't. */
export function withFirstDocument(load: () => Promise<vscode.Disposable>): vscode.Disposable {
  let loading: Promise<vscode.Disposable> | undefined;
  const subscription = onDocument(() => {
    loading ??= load();
  });
  return new vscode.Disposable(() => {
    subscription.dispose();
    void loading?.then((loaded) => loaded.dispose());
  });
}

/**
 * Milliseconds without a keystroke. Costly work waits for this pause: checking a server of 1,000
 * tools takes 54 ms.
 */
const REST_MS = 200;

/** Like `onDocument`, but while the person types it waits for a pause. */
export function onDocumentAtRest(seen: (document: vscode.TextDocument) => void): vscode.Disposable {
  const waiting = new Map<string, NodeJS.Timeout>();
  const forget = (key: string): void => {
    clearTimeout(waiting.get(key));
    waiting.delete(key);
  };
  const see = (document: vscode.TextDocument): void => {
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
    onDocument(see),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => forget(uri.toString())),
    { dispose: () => [...waiting.keys()].forEach(forget) },
  );
}

/** Opens a resource's document. Its file extension gives it the language. */
export async function openResourceDocument(
  ref: Ref,
  options: vscode.TextDocumentShowOptions = {},
): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(documentUri(ref));
  const editor = await vscode.window.showTextDocument(document, { preview: true, ...options });
  completeStep("explored");
  return editor;
}

/** Opens the document in which a tool or prompt is edited. */
export function openLayerDocument(
  { accountId, serverId, portalId }: Layer,
  options: vscode.TextDocumentShowOptions = {},
): Promise<vscode.TextEditor> {
  return openResourceDocument(
    portalId === undefined ? serverRef(accountId, serverId) : portalRef(accountId, portalId),
    options,
  );
}

/** The same with the cursor on a property, or on the nearest above it that is there. */
export async function openLayerDocumentAt(
  layer: Layer,
  path: readonly string[],
  options: vscode.TextDocumentShowOptions = {},
): Promise<void> {
  const editor = await openLayerDocument(layer, options);
  const span = locate(editor.document.getText(), path);
  if (span === undefined) {
    return;
  }
  const at = editor.document.positionAt(span.offset);
  editor.selection = new vscode.Selection(at, at);
  editor.revealRange(
    new vscode.Range(at, at),
    vscode.TextEditorRevealType.InCenterIfOutsideViewport,
  );
}

type Layer = Pick<LayeredTarget, "accountId" | "serverId" | "portalId">;

/** The path of a tool or prompt in the document in which it is edited. */
export function layerPath({ kind, name, serverId, portalId }: LayeredTarget): readonly string[] {
  const within = portalId === undefined ? undefined : mappingRef(serverId);
  return partPath({ kind, name, within });
}

/** Converts offsets of a text into positions. The text needn't be open. */
export function positionsIn(text: string): (offset: number) => vscode.Position {
  const at = linesOf(text);
  return (offset) => {
    const { line, column } = at(offset);
    return new vscode.Position(line, column);
  };
}
