import * as vscode from "vscode";
import { filesBelow, isLeftOut } from "./filesBelow.ts";

/** More files of one name than any workspace of ours has. */
const MOST_FILES = 50;

/**
 * Where more were made at once, only those without a dot in their names are taken for folders and
 * read.
 */
const MOST_CREATED = 100;

/** As `filesBelow` leaves them out. */
const LEFT_OUT = "{**/node_modules/**,**/.*/**}";

/**
 * The files of one name in the workspace, wherever they lie. VS Code tells of a folder that came or
 * went, as with a checkout or an unpacked archive, and not of the files in it.
 */
export class NamedFiles implements vscode.Disposable {
  readonly #name: string;
  readonly #changed: () => void;
  /** By URI, also of files that may be gone. */
  readonly #uris = new Map<string, vscode.Uri>();
  readonly #subscriptions: vscode.Disposable;
  /** What was made since the last look into it. */
  #created: vscode.Uri[] = [];

  /** @param changed called when one was made, changed or deleted, or may have been */
  constructor(name: string, changed: () => void) {
    this.#name = name;
    this.#changed = changed;
    const files = vscode.workspace.createFileSystemWatcher(`**/${name}`);
    const all = vscode.workspace.createFileSystemWatcher("**", false, true, false);
    const see = (uri: vscode.Uri): void => this.#add([uri]);
    const find = (): void => void this.#findAll();
    this.#subscriptions = vscode.Disposable.from(
      files,
      files.onDidCreate(see),
      files.onDidChange(see),
      files.onDidDelete(see),
      all,
      all.onDidCreate((uri) => this.#collect(uri)),
      all.onDidDelete((uri) => this.#noteDeleted(uri)),
      vscode.workspace.onDidGrantWorkspaceTrust(find),
      vscode.workspace.onDidChangeWorkspaceFolders(find),
    );
    find();
  }

  /** One of them may be gone. */
  get uris(): readonly vscode.Uri[] {
    return [...this.#uris.values()];
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #add(uris: readonly vscode.Uri[]): void {
    for (const uri of uris) {
      this.#uris.set(uri.toString(), uri);
    }
    this.#changed();
  }

  async #findAll(): Promise<void> {
    const roots = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
    // A file in the folder itself needs no search, which not every file system has.
    const near = roots.map((uri) => vscode.Uri.joinPath(uri, this.#name));
    const found = await vscode.workspace.findFiles(`**/${this.#name}`, LEFT_OUT, MOST_FILES).then(
      (uris) => uris,
      () => [],
    );
    this.#add([...near, ...found]);
  }

  /** VS Code tells of all that happened at once in one turn, one by one. */
  #collect(uri: vscode.Uri): void {
    if (vscode.workspace.asRelativePath(uri, false).split("/").some(isLeftOut)) {
      return;
    }
    if (this.#created.length === 0) {
      queueMicrotask(() => {
        const created = this.#created;
        this.#created = [];
        void this.#lookInto(created);
      });
    }
    this.#created.push(uri);
  }

  async #lookInto(created: readonly vscode.Uri[]): Promise<void> {
    const paths = new Set(created.map(({ path }) => path));
    const tops = created.filter(({ path }) => !paths.has(path.slice(0, path.lastIndexOf("/"))));
    const likely =
      tops.length > MOST_CREATED
        ? tops.filter(({ path }) => !path.slice(path.lastIndexOf("/")).includes("."))
        : tops;
    const areFolders = await Promise.all(likely.map(isFolder));
    const files = await filesBelow(likely.filter((_, index) => areFolders[index]));
    const found = files.filter(({ path }) => path.endsWith(`/${this.#name}`));
    if (found.length > 0) {
      this.#add(found);
    }
  }

  #noteDeleted({ path }: vscode.Uri): void {
    if (this.uris.some((uri) => uri.path.startsWith(`${path}/`))) {
      this.#changed();
    }
  }
}

async function isFolder(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    ({ type }) => type === vscode.FileType.Directory,
    () => false,
  );
}
