import * as vscode from "vscode";
import type { AccountId } from "../../domain/account.ts";
import { LOCK_FILE } from "../../domain/files/filePaths.ts";
import { notifyInformation } from "../../editor/notifications.ts";
import { type FileAddress, fileAddress } from "./fileAddress.ts";
import { readFolderLock } from "./workspaceFiles.ts";

/** How many folders are looked into, the upper ones first. */
const MOST_FOLDERS = 2000;

/** All files of servers and portals in a folder, or in the whole workspace. */
export async function findFiles(root?: vscode.Uri): Promise<readonly FileAddress[]> {
  const uris = await filesBelow(root === undefined ? workspaceRoots() : [root]);
  return uris
    .flatMap((uri) => fileAddress(uri) ?? [])
    .filter((each) => root === undefined || each.root.toString() === root.toString())
    .toSorted((one, other) => (one.uri.path < other.uri.path ? -1 : 1));
}

/** The folders of the workspace whose lock file is of an account. Those that can't be read are others. */
export async function foldersOf(accountId: AccountId): Promise<readonly vscode.Uri[]> {
  const files = await filesBelow(workspaceRoots());
  const roots = files.flatMap((uri) =>
    uri.path.endsWith(`/${LOCK_FILE}`) ? [vscode.Uri.joinPath(uri, "..")] : [],
  );
  const ofAccount = await Promise.all(
    roots.map(async (root) => {
      const lock = await readFolderLock(root).catch(() => undefined);
      return lock?.account === accountId;
    }),
  );
  return roots.filter((_, index) => ofAccount[index]);
}

function workspaceRoots(): readonly vscode.Uri[] {
  return (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
}

/**
 * The files in these folders and below. `workspace.findFiles` would need VS Code's search, which file
 * systems of other extensions don't have, and which goes by settings for searching.
 */
async function filesBelow(roots: readonly vscode.Uri[]): Promise<readonly vscode.Uri[]> {
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

interface Entries {
  readonly files: readonly vscode.Uri[];
  readonly folders: readonly vscode.Uri[];
}

/** None of a folder that can't be read. A linked folder is left out: it may lead in a circle. */
async function entriesOf(folder: vscode.Uri): Promise<Entries> {
  const entries = await vscode.workspace.fs.readDirectory(folder).then(
    (read) => read,
    () => [],
  );
  const ofType = (type: vscode.FileType) =>
    entries
      .filter(([name, own]) => own === type && !name.startsWith(".") && name !== "node_modules")
      .map(([name]) => vscode.Uri.joinPath(folder, name));
  return { files: ofType(vscode.FileType.File), folders: ofType(vscode.FileType.Directory) };
}

/**
 * The folder for an account's files: that whose lock file names it, else one of the workspace's. Asks
 * where there are several. Undefined where none was chosen.
 */
export async function chooseFolder(accountId: AccountId): Promise<vscode.Uri | undefined> {
  const known = await foldersOf(accountId);
  const [first, second] = known;
  if (first !== undefined && second === undefined) {
    return first;
  }
  if (first !== undefined) {
    const picked = await vscode.window.showQuickPick(
      known.map((uri) => ({ label: vscode.workspace.asRelativePath(uri, true), uri })),
      { title: vscode.l10n.t("Save to which folder?") },
    );
    return picked?.uri;
  }
  const { workspaceFolders = [] } = vscode.workspace;
  const [only, another] = workspaceFolders;
  if (only !== undefined && another === undefined) {
    return only.uri;
  }
  if (only === undefined) {
    await offerFolder();
    return undefined;
  }
  return (await vscode.window.showWorkspaceFolderPick())?.uri;
}

async function offerFolder(): Promise<void> {
  const open = vscode.l10n.t("Open Folder…");
  const chosen = await notifyInformation(
    vscode.l10n.t("Files are saved to a folder, and none is open."),
    open,
  );
  if (chosen === open) {
    await vscode.commands.executeCommand("vscode.openFolder");
  }
}
