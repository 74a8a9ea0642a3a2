import * as vscode from "vscode";
import { serverDocument } from "../../model/document.ts";
import type { Server } from "../../model/server.ts";
import { findServer, isReadOnly, type State } from "../../store/state.ts";
import type { ReadonlyStore } from "../../store/store.ts";
import { type FoundDocument, findDocument } from "./findDocument.ts";
import { onDocument, openDocument } from "./openDocuments.ts";
import { type Snapshot, Snapshots } from "./snapshots.ts";
import { parseServerUri, type ServerAddress } from "./uri.ts";

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
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #documents = new Map<string, Snapshots>();
  readonly #subscription: vscode.Disposable;

  readonly onDidChangeFile = this.#changed.event;

  /**
   * @param ready settles when the accounts of an earlier window are back
   * @param save rejects with what keeps the document from being saved
   */
  constructor(store: ReadonlyStore, ready: Promise<unknown>, save: (save: Save) => Promise<void>) {
    this.#store = store;
    this.#ready = ready;
    this.#save = save;
    let before = store.state;
    this.#subscription = vscode.Disposable.from(
      store.onDidChange((after) => {
        this.#follow(before, after);
        before = after;
      }),
      onDocument((document) => this.#see(document)),
    );
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { server, readOnly } = await this.#find(uri);
    const documents = this.#of(uri);
    const { bytes, mtime } = this.#isDirty(uri)
      ? (documents.shown ?? UNKNOWN)
      : documents.take(serverDocument(server));
    const stat = { type: vscode.FileType.File, ctime: 0, mtime, size: bytes.byteLength };
    return readOnly ? { ...stat, permissions: vscode.FilePermission.Readonly } : stat;
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const { server } = await this.#find(uri);
    return this.#of(uri).take(serverDocument(server)).bytes;
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const { address, readOnly } = await this.#find(uri);
    if (readOnly) throw vscode.FileSystemError.NoPermissions(uri);
    const documents = this.#of(uri);
    const text = new TextDecoder().decode(content);
    // Without an editor, whoever writes has seen what is there.
    const base = openDocument(uri) === undefined ? documents.latest : documents.shown;
    await this.#save({ address, uri, base: base?.text, text });
    // What VS Code takes its editor to have; the truth follows when it has become clean.
    documents.shown = documents.add(text);
  }

  /** The text that an editor's own was made from, where it is known. */
  baseOf(uri: vscode.Uri): string | undefined {
    return this.#documents.get(uri.toString())?.shown?.text;
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

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  #find(uri: vscode.Uri): Promise<FoundDocument> {
    return findDocument(this.#store, this.#ready, uri);
  }

  #of(uri: vscode.Uri): Snapshots {
    const key = uri.toString();
    const known = this.#documents.get(key);
    if (known !== undefined) return known;
    const made = new Snapshots();
    this.#documents.set(key, made);
    return made;
  }

  #isDirty(uri: vscode.Uri): boolean {
    return openDocument(uri)?.isDirty === true;
  }

  /** Remembers what the editor shows while it is clean, and lets it catch up once it is. */
  #see(document: vscode.TextDocument): void {
    if (document.isDirty) return;
    const documents = this.#documents.get(document.uri.toString());
    documents?.show(document.getText());
    if (documents !== undefined) this.#catchUp(document.uri, documents, this.#store.state);
  }

  /** Only what somebody has read can be on screen. */
  #follow(before: State, after: State): void {
    for (const [key, documents] of this.#documents) {
      const uri = vscode.Uri.parse(key);
      const address = parseServerUri(uri);
      if (address === undefined) continue;
      if (isReadOnly(before, address.accountId) !== isReadOnly(after, address.accountId)) {
        this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
      }
      if (shownServer(before, address) !== shownServer(after, address)) {
        this.#catchUp(uri, documents, after);
      }
    }
  }

  #catchUp(uri: vscode.Uri, documents: Snapshots, state: State): void {
    const address = parseServerUri(uri);
    const found = address && findServer(state, address.accountId, address.serverId);
    if (found === undefined) {
      this.#documents.delete(uri.toString());
      this.#changed.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
      return;
    }
    if (this.#isDirty(uri)) return;
    const known = documents.latest;
    if (documents.take(serverDocument(found.server)) === known) return;
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }
}

function shownServer(state: State, { accountId, serverId }: ServerAddress): Server | undefined {
  return findServer(state, accountId, serverId)?.server;
}

/** Of an editor that was restored with changes nobody knows what it was read from: older than all. */
const UNKNOWN: Snapshot = { text: "", bytes: new Uint8Array(), mtime: 1 };
