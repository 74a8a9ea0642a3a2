import * as vscode from "vscode";
import { LOCK_FILE } from "../../domain/files/filePaths.ts";
import { placed, type ResourceFile, readResourceFile } from "../../domain/files/resourceFile.ts";
import { type LockFile, type ReadLock, readLock } from "../../domain/review/lockFile.ts";
import { type FileAddress, uriIn } from "./fileAddress.ts";
import { FileError } from "./fileErrors.ts";

/**
 * The text of a file, as its editor has it where that has unsaved changes. Undefined where there is no
 * file, of which VS Code may keep the document for a while.
 */
export async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  const open = openFile(uri);
  if (open?.isDirty === true) {
    return open.getText();
  }
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === "FileNotFound") {
      return undefined;
    }
    throw error;
  }
}

export function openFile(uri: vscode.Uri): vscode.TextDocument | undefined {
  const key = uri.toString();
  return vscode.workspace.textDocuments.find(
    (document) => !document.isClosed && document.uri.toString() === key,
  );
}

/** Undefined where there is no file any more. */
export async function readFile(address: FileAddress): Promise<ResourceFile | undefined> {
  const text = await textOf(address.uri);
  return text === undefined ? undefined : fileOf(address, text);
}

export function fileOf({ kind, id, path }: FileAddress, text: string): ResourceFile {
  return readResourceFile({ kind, id, path, text });
}

/**
 * Replaces a file. Where an editor has unsaved changes, the text goes through it, so that both agree.
 * Throws a FileError where VS Code refuses to save that editor.
 */
export async function writeFile(uri: vscode.Uri, text: string): Promise<void> {
  const open = openFile(uri);
  if (open?.isDirty !== true) {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    return;
  }
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, new vscode.Range(0, 0, open.lineCount, 0), text);
  await vscode.workspace.applyEdit(edit);
  await saveOpen(open);
}

/** Throws a FileError where VS Code refuses, as it does where somebody else wrote the file meanwhile. */
export async function saveOpen(open: vscode.TextDocument): Promise<void> {
  if (!(await open.save())) {
    const path = vscode.workspace.asRelativePath(open.uri, false);
    throw new FileError(vscode.l10n.t("{0} couldn't be saved.", path));
  }
}

/** Writes a file whose text differs. */
export async function writeChanged(uri: vscode.Uri, text: string): Promise<void> {
  if ((await textOf(uri)) !== text) {
    await writeFile(uri, text);
  }
}

/** The lock of a folder; undefined where it has none. Throws a FileError where it can't be used. */
export async function readFolderLock(root: vscode.Uri): Promise<LockFile | undefined> {
  const text = await textOf(uriIn(root, LOCK_FILE));
  return text === undefined ? undefined : usable(readLock(text));
}

function usable(read: ReadLock): LockFile {
  if ("lock" in read) {
    return read.lock;
  }
  throw new FileError(placed(LOCK_FILE, read.line, read.problem));
}

interface Read {
  readonly stamp: string;
  readonly lock: ReadLock;
}

/** Locks of folders. One of a large account has 20 MB, so it isn't read again while it stays as it is. */
export class FolderLocks {
  readonly #read = new Map<string, Read>();

  /** As `readFolderLock` does. */
  async of(root: vscode.Uri): Promise<LockFile | undefined> {
    const uri = uriIn(root, LOCK_FILE);
    const key = uri.toString();
    const stats = await vscode.workspace.fs.stat(uri).then(
      (found) => found,
      () => undefined,
    );
    if (stats === undefined) {
      this.#read.delete(key);
      return undefined;
    }
    const stamp = `${stats.mtime}:${stats.size}`;
    const known = this.#read.get(key);
    if (known?.stamp === stamp) {
      return usable(known.lock);
    }
    const bytes = await vscode.workspace.fs.readFile(uri);
    const lock = readLock(new TextDecoder().decode(bytes));
    this.#read.set(key, { stamp, lock });
    return usable(lock);
  }
}
