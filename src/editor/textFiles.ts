import * as vscode from "vscode";

/** Files that can't be used. Its message is a sentence with the file and the line. */
export class FileError extends Error {
  override readonly name = "FileError";
}

/** Compares the name, because a bundle may have its own copy of the class. */
export function isFileError(error: unknown): error is FileError {
  return error instanceof Error && error.name === "FileError";
}

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

interface Known<T> {
  readonly stamp: string;
  readonly value: T;
}

/** What was made of files. A file isn't read again while its time and size stay as they are. */
export class FileCache<T> {
  readonly #read: (uri: vscode.Uri, size: number) => Promise<T | undefined>;
  readonly #known = new Map<string, Known<T>>();

  /** @param read gets the size in bytes; undefined for a file that is gone, which isn't kept */
  constructor(read: (uri: vscode.Uri, size: number) => Promise<T | undefined>) {
    this.#read = read;
  }

  /** Undefined where there is no such file. */
  async of(uri: vscode.Uri): Promise<T | undefined> {
    const key = uri.toString();
    const stats = await vscode.workspace.fs.stat(uri).then(
      (found) => found,
      () => undefined,
    );
    if (stats === undefined) {
      this.#known.delete(key);
      return undefined;
    }
    const stamp = `${stats.mtime}:${stats.size}`;
    const known = this.#known.get(key);
    if (known?.stamp === stamp) {
      return known.value;
    }
    const value = await this.#read(uri, stats.size);
    if (value !== undefined) {
      this.#known.set(key, { stamp, value });
    }
    return value;
  }
}
