import * as vscode from "vscode";
import type { AccountId } from "../../domain/account.ts";
import { LOCK_FILE } from "../../domain/files/filePaths.ts";
import { filesBelow } from "../../editor/filesBelow.ts";
import { notifyInformation } from "../../editor/notifications.ts";
import { type FileAddress, fileAddress } from "./fileAddress.ts";
import { readFolderLock } from "./workspaceFiles.ts";

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
