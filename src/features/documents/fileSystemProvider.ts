import * as vscode from "vscode";
import type { Ref } from "../../domain/changes/change.ts";
import type { ResourceDocument } from "../../domain/documents/resourceDocument.ts";
import { PORTAL } from "../../domain/portals/portal.ts";
import { isReadOnly, type State } from "../../engine/state.ts";
import type { ReadonlyStore } from "../../engine/store.ts";
import { onDocument, openDocument } from "./openDocuments.ts";
import { findDocument, parseDocumentUri } from "./resourceDocuments.ts";

/** A document to be saved. `base` is the text that the person started from, where it is known. */
export interface Draft {
  readonly ref: Ref;
  readonly uri: vscode.Uri;
  readonly base: string | undefined;
  readonly text: string;
}

/**
 * Shows the resources of the state as documents. While an editor has unsaved changes, its document
 * keeps its text and time, because VS Code refuses to save over a file whose time has changed.
 * Newer values are merged when it is saved.
 */
export class ResourceFiles implements vscode.FileSystemProvider {
  readonly #store: ReadonlyStore;
  readonly #ready: Promise<unknown>;
  readonly #save: (draft: Draft) => Promise<void>;
  readonly #read: ReadDocuments;

  readonly onDidChangeFile: vscode.Event<vscode.FileChangeEvent[]>;

  /**
   * @param ready settles when the accounts of an earlier window are open
   * @param save rejects with the reason why the document can't be saved
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
    const { document, readOnly } = await this.#find(uri);
    const documents = this.#read.of(uri);
    const { bytes, mtime } = this.#read.isDirty(uri)
      ? (documents.shown ?? UNKNOWN)
      : documents.latestFor(document.text);
    const stat = { type: vscode.FileType.File, ctime: 0, mtime, size: bytes.byteLength };
    return readOnly ? { ...stat, permissions: vscode.FilePermission.Readonly } : stat;
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const { document } = await this.#find(uri);
    return this.#read.of(uri).latestFor(document.text).bytes;
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const { ref, readOnly } = await this.#find(uri);
    if (readOnly) {
      throw vscode.FileSystemError.NoPermissions(uri);
    }
    const documents = this.#read.of(uri);
    const text = new TextDecoder().decode(content);
    // Without an editor, the writer has seen the latest text.
    const base = openDocument(uri) === undefined ? documents.latest : documents.shown;
    await this.#save({ ref, uri, base: base?.text, text });
    // VS Code takes this text for the content of its editor. The real content follows when the
    // editor is clean.
    documents.save(text);
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
    return findOrReject(this.#store, this.#ready, uri);
  }
}

/**
 * Stands for the unknown origin of an editor that was restored with unsaved changes. Older than any
 * other.
 */
const UNKNOWN: DocumentVersion = { text: "", bytes: new Uint8Array(), mtime: 1 };

interface FoundDocument {
  readonly document: ResourceDocument;
  readonly ref: Ref;
  readonly readOnly: boolean;
}

/**
 * Rejects where there is no such resource. A document that was restored with the window waits until
 * its account has data.
 * @param ready settles when the accounts of an earlier window are open
 */
async function findOrReject(
  store: ReadonlyStore,
  ready: Promise<unknown>,
  uri: vscode.Uri,
): Promise<FoundDocument> {
  const ref = parseDocumentUri(uri);
  if (ref === undefined) {
    throw vscode.FileSystemError.FileNotFound(uri);
  }
  await ready;
  const state = await whenLoaded(store, ref);
  const document = findDocument(state, ref);
  if (document === undefined) {
    throw vscode.FileSystemError.FileNotFound(uri);
  }
  return { document, ref, readOnly: isReadOnly(state, ref.accountId) };
}

/** A portal's document lists what its servers have, so it waits for both. */
function whenLoaded(store: ReadonlyStore, { accountId, kind }: Ref): Promise<State> {
  const isSettled = ({ accounts }: State): boolean => {
    const collections = accounts.get(accountId)?.collections;
    const needed =
      kind === PORTAL ? [collections?.server, collections?.portal] : [collections?.server];
    return needed.every((each) => each?.load.kind !== "loading" || each.items.size > 0);
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

/** All documents that were read, and which of them have changed since. */
export class ReadDocuments {
  readonly #store: ReadonlyStore;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #documents = new Map<string, DocumentVersions>();
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

  of(uri: vscode.Uri): DocumentVersions {
    const key = uri.toString();
    const known = this.#documents.get(key);
    if (known !== undefined) {
      return known;
    }
    const made = new DocumentVersions();
    this.#documents.set(key, made);
    return made;
  }

  /** The text that an editor's own text is based on, where it is known. */
  baseOf(uri: vscode.Uri): string | undefined {
    return this.#documents.get(uri.toString())?.shown?.text;
  }

  /** Whether an editor has changes that aren't saved. */
  isDirty(uri: vscode.Uri): boolean {
    const document = openDocument(uri);
    return document !== undefined && this.#hasChanges(document);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  /** VS Code reports a saved editor as clean, even where somebody typed on during the save. */
  #hasChanges(document: vscode.TextDocument): boolean {
    const documents = this.#documents.get(document.uri.toString());
    return document.isDirty || documents?.isTypedOn(document.getText()) === true;
  }

  /** Records the text of a clean editor, and updates the document when the editor becomes clean. */
  #see(document: vscode.TextDocument): void {
    if (this.#hasChanges(document)) {
      return;
    }
    const documents = this.#documents.get(document.uri.toString());
    documents?.show(document.getText());
    if (documents !== undefined) {
      this.#catchUp(document.uri, documents, this.#store.state);
    }
  }

  /** Only documents that were read can be on screen. */
  #follow(before: State, after: State): void {
    for (const [key, documents] of this.#documents) {
      const uri = vscode.Uri.parse(key);
      const ref = parseDocumentUri(uri);
      if (ref === undefined) {
        continue;
      }
      if (isReadOnly(before, ref.accountId) !== isReadOnly(after, ref.accountId)) {
        this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
      }
      if (findDocument(before, ref) !== findDocument(after, ref)) {
        this.#catchUp(uri, documents, after);
      }
    }
  }

  #catchUp(uri: vscode.Uri, documents: DocumentVersions, state: State): void {
    const ref = parseDocumentUri(uri);
    const document = ref && findDocument(state, ref);
    if (document === undefined) {
      this.#documents.delete(uri.toString());
      this.#changed.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
      return;
    }
    if (this.isDirty(uri)) {
      return;
    }
    const known = documents.latest;
    if (documents.latestFor(document.text) === known) {
      return;
    }
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }
}

/** A text that an editor may have read. */
interface DocumentVersion {
  readonly text: string;
  readonly bytes: Uint8Array;
  /** Milliseconds since 1970; different for each text. */
  readonly mtime: number;
}

/** Earlier texts that are kept for an editor that hasn't taken the latest change yet. */
const KEPT = 8;

/** The texts of one document, the newest last. */
class DocumentVersions {
  #all: readonly DocumentVersion[] = [];
  /** The text in the editor, or the one that was there before the person typed. */
  shown: DocumentVersion | undefined;
  /** Whether a text was saved, and no clean editor has been seen since. */
  #isSaved = false;

  get latest(): DocumentVersion | undefined {
    return this.#all.at(-1);
  }

  /** Changes the time only with the text, because an editor compares times to see what is newer. */
  latestFor(text: string): DocumentVersion {
    const { latest } = this;
    return latest?.text === text ? latest : this.add(text);
  }

  /** Changes the time even where the text stays the same. */
  add(text: string): DocumentVersion {
    const mtime = Math.max(Date.now(), (this.latest?.mtime ?? 0) + 1);
    const made = { text, bytes: new TextEncoder().encode(text), mtime };
    this.#all = [...this.#all.slice(1 - KEPT), made];
    return made;
  }

  /**
   * Records that a clean editor shows this text. Never goes back to an older text: VS Code reports
   * the first keystroke before it marks the editor as changed, and that keystroke may restore an
   * old text.
   */
  show(text: string): void {
    const least = this.shown?.mtime ?? 0;
    this.shown =
      this.#all.findLast((known) => known.text === text && known.mtime >= least) ?? this.shown;
    this.#isSaved = false;
  }

  /** Records that the text of an editor was saved. */
  save(text: string): void {
    this.shown = this.add(text);
    this.#isSaved = true;
  }

  /** Whether an editor's text was changed after the last save: it is none that was read or saved. */
  isTypedOn(text: string): boolean {
    return this.#isSaved && this.#all.every((known) => known.text !== text);
  }
}
