import * as vscode from "vscode";
import type { ServerAddress } from "../../contributions.ts";
import { serverDocument } from "../../model/document/document.ts";
import type { Server } from "../../model/server/server.ts";
import { findServer, isReadOnly, type State } from "../../store/state.ts";
import type { ReadonlyStore } from "../../store/store.ts";
import { isDirty, onDocument } from "./openDocuments.ts";
import { Snapshots } from "./snapshots.ts";
import { parseServerUri } from "./uri.ts";

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
    if (known !== undefined) return known;
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
    if (isDirty(uri)) return;
    const known = documents.latest;
    if (documents.take(serverDocument(found.server)) === known) return;
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }
}

function shownServer(state: State, { accountId, serverId }: ServerAddress): Server | undefined {
  return findServer(state, accountId, serverId)?.server;
}
