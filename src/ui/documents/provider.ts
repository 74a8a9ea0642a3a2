import * as vscode from "vscode";
import type { ServerAddress } from "../../contributions.ts";
import { serverDocument } from "../../model/document/document.ts";
import type { ReadonlyStore } from "../../store/store.ts";
import { type FoundDocument, findDocument } from "./findDocument.ts";
import { isDirty, openDocument } from "./openDocuments.ts";
import type { ReadDocuments } from "./readDocuments.ts";
import type { Snapshot } from "./snapshots.ts";

/** What is to be saved: the text that the person saw, where it is known, and the one they wrote. */
export interface Save {
  readonly address: ServerAddress;
  readonly uri: vscode.Uri;
  readonly base: string | undefined;
  readonly text: string;
}

/**
 * The servers of the state as documents. While an editor has changes of its own, its document stands
 * still: VS Code would refuse to save over a file whose time has moved. What is newer is merged when
 * it is saved.
 */
export class ServerDocuments implements vscode.FileSystemProvider {
  readonly #store: ReadonlyStore;
  readonly #ready: Promise<unknown>;
  readonly #save: (save: Save) => Promise<void>;
  readonly #read: ReadDocuments;

  readonly onDidChangeFile: vscode.Event<vscode.FileChangeEvent[]>;

  /**
   * @param ready settles when the accounts of an earlier window are back
   * @param save rejects with what keeps the document from being saved
   */
  constructor(
    store: ReadonlyStore,
    read: ReadDocuments,
    ready: Promise<unknown>,
    save: (save: Save) => Promise<void>,
  ) {
    this.#store = store;
    this.#read = read;
    this.#ready = ready;
    this.#save = save;
    this.onDidChangeFile = read.onDidChange;
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { server, readOnly } = await this.#find(uri);
    const documents = this.#read.of(uri);
    const { bytes, mtime } = isDirty(uri)
      ? (documents.shown ?? UNKNOWN)
      : documents.take(serverDocument(server));
    const stat = { type: vscode.FileType.File, ctime: 0, mtime, size: bytes.byteLength };
    return readOnly ? { ...stat, permissions: vscode.FilePermission.Readonly } : stat;
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const { server } = await this.#find(uri);
    return this.#read.of(uri).take(serverDocument(server)).bytes;
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const { address, readOnly } = await this.#find(uri);
    if (readOnly) throw vscode.FileSystemError.NoPermissions(uri);
    const documents = this.#read.of(uri);
    const text = new TextDecoder().decode(content);
    // Without an editor, whoever writes has seen what is there.
    const base = openDocument(uri) === undefined ? documents.latest : documents.shown;
    await this.#save({ address, uri, base: base?.text, text });
    // What VS Code takes its editor to have; the truth follows when it has become clean.
    documents.shown = documents.add(text);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  #find(uri: vscode.Uri): Promise<FoundDocument> {
    return findDocument(this.#store, this.#ready, uri);
  }
}

/** Of an editor that was restored with changes nobody knows what it was read from: older than all. */
const UNKNOWN: Snapshot = { text: "", bytes: new Uint8Array(), mtime: 1 };
