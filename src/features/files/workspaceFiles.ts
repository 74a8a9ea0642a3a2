import * as vscode from "vscode";
import type { AccountId } from "../../domain/account.ts";
import { LOCK_FILE } from "../../domain/files/filePaths.ts";
import { placed, type ResourceFile, readResourceFile } from "../../domain/files/resourceFile.ts";
import {
  type LockFile,
  MOST_LOCK_BYTES,
  type ReadLock,
  readLock,
  readLockOf,
  tooLargeLock,
} from "../../domain/review/lockFile.ts";
import { NamedFiles } from "../../editor/namedFiles.ts";
import { FileCache, FileError, textOf } from "../../editor/textFiles.ts";
import { type FileAddress, uriIn } from "./fileAddress.ts";

/** Undefined where there is no file any more. */
export async function readFile(address: FileAddress): Promise<ResourceFile | undefined> {
  const text = await textOf(address.uri);
  return text === undefined ? undefined : fileOf(address, text);
}

export function fileOf({ kind, id, path }: FileAddress, text: string): ResourceFile {
  return readResourceFile({ kind, id, path, text });
}

/**
 * The lock of a folder; undefined where it has none. Throws a FileError where it can't be used.
 * @param accountId whose lock it has to be; left out where any account's will do
 */
export async function readFolderLock(
  root: vscode.Uri,
  accountId?: AccountId,
): Promise<LockFile | undefined> {
  const text = await textOf(uriIn(root, LOCK_FILE));
  if (text === undefined) {
    return undefined;
  }
  return usable(accountId === undefined ? readLock(text) : readLockOf(accountId, text));
}

function usable(read: ReadLock): LockFile {
  if ("lock" in read) {
    return read.lock;
  }
  throw new FileError(placed(LOCK_FILE, read.line, read.problem));
}

/** Locks of folders. One of a large account has 20 MB, so it isn't read again while it stays as it is. */
export class FolderLocks implements vscode.Disposable {
  readonly #files = new FileCache(readLockAt);
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #named = new NamedFiles(LOCK_FILE, () => this.#changed.fire());

  /** A lock was made, changed or deleted, or may have been. */
  readonly onDidChange = this.#changed.event;

  /** As `readFolderLock` does. */
  async of(root: vscode.Uri): Promise<LockFile | undefined> {
    const read = await this.#files.of(uriIn(root, LOCK_FILE));
    return read && usable(read);
  }

  dispose(): void {
    this.#named.dispose();
    this.#changed.dispose();
  }
}

async function readLockAt(uri: vscode.Uri, size: number): Promise<ReadLock> {
  return size >= MOST_LOCK_BYTES
    ? tooLargeLock()
    : readLock(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
}
