import * as vscode from "vscode";

/** How many folders are looked into, the upper ones first. */
const MOST_FOLDERS = 2000;

/**
 * The files in these folders and below. `workspace.findFiles` would need VS Code's search, which file
 * systems of other extensions don't have, and which goes by settings for searching.
 */
export async function filesBelow(roots: readonly vscode.Uri[]): Promise<readonly vscode.Uri[]> {
  const files: vscode.Uri[] = [];
  let folders = roots;
  for (let left = MOST_FOLDERS; folders.length > 0 && left > 0; ) {
    const entries = await Promise.all(folders.slice(0, left).map(entriesOf));
    left -= entries.length;
    files.push(...entries.flatMap((each) => each.files));
    folders = entries.flatMap((each) => each.folders);
  }
  return files;
}

/** Folders of tools, by their names. */
export function isLeftOut(name: string): boolean {
  return name.startsWith(".") || name === "node_modules";
}

interface Entries {
  readonly files: readonly vscode.Uri[];
  readonly folders: readonly vscode.Uri[];
}

/** None of a folder that can't be read. What is linked is left out: it may lead in a circle. */
async function entriesOf(folder: vscode.Uri): Promise<Entries> {
  const entries = await vscode.workspace.fs.readDirectory(folder).then(
    (read) => read,
    () => [],
  );
  const ofType = (type: vscode.FileType) =>
    entries
      .filter(([name, own]) => own === type && !isLeftOut(name))
      .map(([name]) => vscode.Uri.joinPath(folder, name));
  return { files: ofType(vscode.FileType.File), folders: ofType(vscode.FileType.Directory) };
}
