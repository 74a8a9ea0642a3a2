import * as vscode from "vscode";
import { SCHEME } from "../../contributions.ts";
import { serverDocument } from "../../model/document.ts";
import { findServer, type State } from "../../store/state.ts";
import type { ReadonlyStore } from "../../store/store.ts";
import { trackRefusals } from "./refusals.ts";
import { parseServerUri } from "./uri.ts";

interface Snapshot {
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly mtime: number;
}

/** The servers of the state as documents, read-only. */
export class ServerDocuments implements vscode.FileSystemProvider {
  readonly #store: ReadonlyStore;
  readonly #ready: Promise<unknown>;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #snapshots = new Map<string, Snapshot>();
  readonly #subscription: vscode.Disposable;

  readonly onDidChangeFile = this.#changed.event;

  /** `ready` settles when the accounts of an earlier window are back. */
  constructor(store: ReadonlyStore, ready: Promise<unknown>) {
    this.#store = store;
    this.#ready = ready;
    this.#subscription = store.onDidChange(() => this.#refresh());
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { bytes, mtime } = await this.#read(uri);
    return {
      type: vscode.FileType.File,
      ctime: 0,
      mtime,
      size: bytes.byteLength,
      permissions: vscode.FilePermission.Readonly,
    };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return (await this.#read(uri)).bytes;
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): never {
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

  async #read(uri: vscode.Uri): Promise<Snapshot> {
    const address = parseServerUri(uri);
    if (address === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    await this.#ready;
    const state = await this.#loaded(address.accountId);
    const found = findServer(state, address.accountId, address.serverId);
    if (found === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return this.#snapshot(uri, serverDocument(found.server));
  }

  /** A document that was restored with the window waits until there is something to show. */
  #loaded(accountId: string): Promise<State> {
    const settled = ({ accounts }: State): boolean => {
      const account = accounts.get(accountId);
      return account?.load.kind !== "loading" || account.servers.size > 0;
    };
    if (settled(this.#store.state)) return Promise.resolve(this.#store.state);
    return new Promise((resolve) => {
      const subscription = this.#store.onDidChange((state) => {
        if (!settled(state)) return;
        subscription.dispose();
        resolve(state);
      });
    });
  }

  /** The time moves with the text and only with it: an editor compares it to know what is newer. */
  #snapshot(uri: vscode.Uri, text: string): Snapshot {
    const key = uri.toString();
    const known = this.#snapshots.get(key);
    if (known?.text === text) return known;
    const mtime = Math.max(Date.now(), (known?.mtime ?? 0) + 1);
    const made = { text, bytes: new TextEncoder().encode(text), mtime };
    this.#snapshots.set(key, made);
    return made;
  }

  /** Only what somebody has read can be on screen. */
  #refresh(): void {
    const events = [...this.#snapshots].flatMap(([key, known]) => {
      const uri = vscode.Uri.parse(key);
      const address = parseServerUri(uri);
      const found = address && findServer(this.#store.state, address.accountId, address.serverId);
      if (found === undefined) {
        this.#snapshots.delete(key);
        return [{ type: vscode.FileChangeType.Deleted, uri }];
      }
      const snapshot = this.#snapshot(uri, serverDocument(found.server));
      return snapshot === known ? [] : [{ type: vscode.FileChangeType.Changed, uri }];
    });
    if (events.length > 0) this.#changed.fire(events);
  }
}

export function registerDocuments(
  store: ReadonlyStore,
  ready: Promise<unknown>,
): readonly vscode.Disposable[] {
  const documents = new ServerDocuments(store, ready);
  return [
    documents,
    ...trackRefusals(store),
    vscode.workspace.registerFileSystemProvider(SCHEME, documents, {
      isCaseSensitive: true,
      isReadonly: true,
    }),
  ];
}
