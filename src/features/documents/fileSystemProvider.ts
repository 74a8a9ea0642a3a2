import * as vscode from "vscode";
import { serverDocument } from "../../domain/documents/serverDocument.ts";
import type { Server } from "../../domain/servers/server.ts";
import { findServer, isReadOnly, type ServerResource, type State } from "../../engine/state.ts";
import type { ReadonlyStore } from "../../engine/store.ts";
import type { ServerAddress } from "../../manifest.ts";
import { isDirty, onDocument, openDocument, parseServerUri } from "./openDocuments.ts";

/** What is to be saved: the text that the person saw, where it is known, and the one they wrote. */
export interface Draft {
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
  readonly #save: (draft: Draft) => Promise<void>;
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
    save: (draft: Draft) => Promise<void>,
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
    const { optimistic, readOnly } = await this.#find(uri);
    const documents = this.#read.of(uri);
    const { bytes, mtime } = isDirty(uri)
      ? (documents.shown ?? UNKNOWN)
      : documents.take(serverDocument(optimistic));
    const stat = { type: vscode.FileType.File, ctime: 0, mtime, size: bytes.byteLength };
    return readOnly ? { ...stat, permissions: vscode.FilePermission.Readonly } : stat;
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const { optimistic } = await this.#find(uri);
    return this.#read.of(uri).take(serverDocument(optimistic)).bytes;
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const { address, readOnly } = await this.#find(uri);
    if (readOnly) {
      throw vscode.FileSystemError.NoPermissions(uri);
    }
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

/** The server that a document is of. */
interface FoundDocument extends ServerResource {
  readonly address: ServerAddress;
  readonly readOnly: boolean;
}

/**
 * Rejects where there is no such server. A document that was restored with the window waits until
 * there is something to show.
 * @param ready settles when the accounts of an earlier window are back
 */
async function findDocument(
  store: ReadonlyStore,
  ready: Promise<unknown>,
  uri: vscode.Uri,
): Promise<FoundDocument> {
  const address = parseServerUri(uri);
  if (address === undefined) {
    throw vscode.FileSystemError.FileNotFound(uri);
  }
  await ready;
  const state = await whenLoaded(store, address.accountId);
  const found = findServer(state, address.accountId, address.serverId);
  if (found === undefined) {
    throw vscode.FileSystemError.FileNotFound(uri);
  }
  return { ...found, address, readOnly: isReadOnly(state, address.accountId) };
}

function whenLoaded(store: ReadonlyStore, accountId: string): Promise<State> {
  const isSettled = ({ accounts }: State): boolean => {
    const account = accounts.get(accountId);
    const servers = account?.collections.server;
    return servers?.load.kind !== "loading" || servers.items.size > 0;
  };
  if (isSettled(store.state)) {
    return Promise.resolve(store.state);
  }
  return new Promise((resolve) => {
    const subscription = store.onDidChange((state) => {
      if (!isSettled(state)) {
        return;
      }
      subscription.dispose();
      resolve(state);
    });
  });
}

/** Every document that somebody has read, and which of them have changed since. */
export class ReadDocuments {
  readonly #store: ReadonlyStore;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #documents = new Map<string, Snapshots>();
  readonly #subscription: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  constructor(store: ReadonlyStore) {
    this.#store = store;
    let before = store.state;
    this.#subscription = vscode.Disposable.from(
      store.onDidChange((after) => {
        this.#follow(before, after);
        before = after;
      }),
      onDocument((document) => this.#see(document)),
    );
  }

  of(uri: vscode.Uri): Snapshots {
    const key = uri.toString();
    const known = this.#documents.get(key);
    if (known !== undefined) {
      return known;
    }
    const made = new Snapshots();
    this.#documents.set(key, made);
    return made;
  }

  /** The text that an editor's own was made from, where it is known. */
  baseOf(uri: vscode.Uri): string | undefined {
    return this.#documents.get(uri.toString())?.shown?.text;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  /** Remembers what the editor shows while it is clean, and lets it catch up once it is. */
  #see(document: vscode.TextDocument): void {
    if (document.isDirty) {
      return;
    }
    const documents = this.#documents.get(document.uri.toString());
    documents?.show(document.getText());
    if (documents !== undefined) {
      this.#catchUp(document.uri, documents, this.#store.state);
    }
  }

  /** Only what somebody has read can be on screen. */
  #follow(before: State, after: State): void {
    for (const [key, documents] of this.#documents) {
      const uri = vscode.Uri.parse(key);
      const address = parseServerUri(uri);
      if (address === undefined) {
        continue;
      }
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
    if (isDirty(uri)) {
      return;
    }
    const known = documents.latest;
    if (documents.take(serverDocument(found.optimistic)) === known) {
      return;
    }
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }
}

function shownServer(state: State, { accountId, serverId }: ServerAddress): Server | undefined {
  return findServer(state, accountId, serverId)?.optimistic;
}

/** A document's text as an editor may have read it. */
interface Snapshot {
  readonly text: string;
  readonly bytes: Uint8Array;
  /** Milliseconds since 1970, and never the same for two texts. */
  readonly mtime: number;
}

/** So many back an editor can be that hasn't taken the latest change yet. */
const KEPT = 8;

/** The texts of one document, the newest last. */
class Snapshots {
  #all: readonly Snapshot[] = [];
  /** What the editor shows, or showed before the person typed. */
  shown: Snapshot | undefined;

  get latest(): Snapshot | undefined {
    return this.#all.at(-1);
  }

  /** The time moves with the text and only with it: an editor compares it to know what is newer. */
  take(text: string): Snapshot {
    const { latest } = this;
    return latest?.text === text ? latest : this.add(text);
  }

  /** A new time even where the text is the same. */
  add(text: string): Snapshot {
    const mtime = Math.max(Date.now(), (this.latest?.mtime ?? 0) + 1);
    const made = { text, bytes: new TextEncoder().encode(text), mtime };
    this.#all = [...this.#all.slice(1 - KEPT), made];
    return made;
  }

  /**
   * The editor has this text without changes of its own. Never an older one than before: a first
   * keystroke is told before the editor counts as changed, and may make an old text again.
   */
  show(text: string): void {
    const least = this.shown?.mtime ?? 0;
    this.shown =
      this.#all.findLast((known) => known.text === text && known.mtime >= least) ?? this.shown;
  }
}
