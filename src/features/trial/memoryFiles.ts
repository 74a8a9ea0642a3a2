import * as vscode from "vscode";

interface MemoryFile {
  readonly bytes: Uint8Array;
  readonly mtime: number;
  readonly isReadOnly: boolean;
}

/** Files of one window that are never on a disk. Gone with the window. */
export class MemoryFiles implements vscode.FileSystemProvider {
  readonly #files = new Map<string, MemoryFile>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;

  /** Replaces a file. Editors that show it follow. */
  put(uri: vscode.Uri, bytes: Uint8Array, isReadOnly: boolean): void {
    const mtime = Math.max(Date.now(), (this.#files.get(uri.path)?.mtime ?? 0) + 1);
    this.#files.set(uri.path, { bytes, mtime, isReadOnly });
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  watch(): vscode.Disposable {
    return { dispose: () => undefined };
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const { bytes, mtime, isReadOnly } = this.#file(uri);
    return {
      type: vscode.FileType.File,
      ctime: 0,
      mtime,
      size: bytes.length,
      ...(isReadOnly ? { permissions: vscode.FilePermission.Readonly } : {}),
    };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    return this.#file(uri).bytes;
  }

  writeFile(uri: vscode.Uri, bytes: Uint8Array): void {
    if (this.#file(uri).isReadOnly) {
      throw vscode.FileSystemError.NoPermissions(uri);
    }
    this.put(uri, bytes, false);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  #file(uri: vscode.Uri): MemoryFile {
    const file = this.#files.get(uri.path);
    if (file === undefined) {
      throw vscode.FileSystemError.FileNotFound(uri);
    }
    return file;
  }
}
