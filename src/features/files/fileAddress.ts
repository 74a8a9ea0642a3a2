import * as vscode from "vscode";
import { FILE_KINDS, FILE_PLACES, type FileKind, idOfPath } from "../../domain/files/filePaths.ts";
import { SCHEME } from "../../manifest.ts";

/** Where the file of a server or portal lies. */
export interface FileAddress {
  readonly uri: vscode.Uri;
  /** The folder in which the lock file and the folders of both kinds lie. */
  readonly root: vscode.Uri;
  readonly kind: FileKind;
  readonly id: string;
  /** Relative to the root, with slashes. */
  readonly path: string;
}

/** Undefined for any other file, and for a document of ours of the same name. */
export function fileAddress(uri: vscode.Uri): FileAddress | undefined {
  if (uri.scheme.startsWith(SCHEME) || !isWritable(uri)) {
    return undefined;
  }
  for (const kind of FILE_KINDS) {
    const id = idOfPath(kind, uri.path);
    const root = id === undefined ? undefined : rootAbove(uri, kind);
    if (id !== undefined && root !== undefined) {
      return { uri, root, kind, id, path: relativePath(root, uri) };
    }
  }
  return undefined;
}

/** An older version that a source control shows can't be applied. */
function isWritable({ scheme }: vscode.Uri): boolean {
  return vscode.workspace.fs.isWritableFileSystem(scheme) === true;
}

/** Undefined where the file doesn't lie in the folder of its kind, in which no command looks for it. */
function rootAbove(uri: vscode.Uri, kind: FileKind): vscode.Uri | undefined {
  const folders = uri.path.split("/").slice(0, -1);
  const at = folders.lastIndexOf(FILE_PLACES[kind].folder);
  return at < 0 ? undefined : uri.with({ path: folders.slice(0, at).join("/") || "/" });
}

export function relativePath(root: vscode.Uri, { path }: vscode.Uri): string {
  return path.slice(root.path.endsWith("/") ? root.path.length : root.path.length + 1);
}

/** The place of a path that is relative to a folder. */
export function uriIn(root: vscode.Uri, path: string): vscode.Uri {
  return vscode.Uri.joinPath(root, ...path.split("/"));
}
