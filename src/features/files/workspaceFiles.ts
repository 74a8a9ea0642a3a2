import * as vscode from "vscode";
import { LOCK_FILE } from "../../domain/files/filePaths.ts";
import { placed, type ResourceFile, readResourceFile } from "../../domain/files/resourceFile.ts";
import { type LockFile, type ReadLock, readLock } from "../../domain/review/lockFile.ts";
import { FileError, textOf } from "../../editor/textFiles.ts";
import { type FileAddress, uriIn } from "./fileAddress.ts";

/** Undefined where there is no file any more. */
export async function readFile(address: FileAddress): Promise<ResourceFile | undefined> {
  const text = await textOf(address.uri);
  return text === undefined ? undefined : fileOf(address, text);
}

export function fileOf({ kind, id, path }: FileAddress, text: string): ResourceFile {
  return readResourceFile({ kind, id, path, text });
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
