import * as vscode from "vscode";
import { NEWEST_SCHEME } from "../../contributions.ts";
import type { Server } from "../../model/server/server.ts";
import { showNewer } from "./newer.ts";

/**
 * Shows what would change, and asks. A list at the top and not a dialog: the difference can be
 * scrolled while it is open.
 */
export async function confirmChanges(
  uri: vscode.Uri,
  server: Server,
  { count, why }: { readonly count: number; readonly why: string },
): Promise<boolean> {
  const wasOpen = differenceTab(uri) !== undefined;
  await showNewer(uri, server.name);
  const isConfirmed = await ask(server, count, why);
  if (!wasOpen) await leaveDifference(uri);
  return isConfirmed;
}

async function ask({ name }: Server, count: number, why: string): Promise<boolean> {
  const save = vscode.l10n.t("Save");
  const picked = await vscode.window.showQuickPick(
    [
      {
        label: save,
        iconPath: new vscode.ThemeIcon("check"),
        description: why,
      },
      {
        label: vscode.l10n.t("Don't Save"),
        iconPath: new vscode.ThemeIcon("x"),
        description: vscode.l10n.t("Back to the document, with its text as it is"),
      },
    ],
    {
      title: vscode.l10n.t("Save {0} changes to {1}?", count, name),
      placeHolder: vscode.l10n.t("The editor shows what is at Cloudflare, and yours beside it"),
      ignoreFocusOut: true,
    },
  );
  return picked?.label === save;
}

function differenceTab(uri: vscode.Uri): vscode.Tab | undefined {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .find(
      ({ input }) =>
        input instanceof vscode.TabInputTextDiff &&
        input.original.scheme === NEWEST_SCHEME &&
        input.modified.toString() === uri.toString(),
    );
}

/** The document first: VS Code would ask what to do with a text that is nowhere else on screen. */
async function leaveDifference(uri: vscode.Uri): Promise<void> {
  const tab = differenceTab(uri);
  if (tab === undefined) return;
  const viewColumn = columnOf(uri) ?? tab.group.viewColumn;
  await vscode.window.showTextDocument(uri, { viewColumn, preview: false });
  // Looked for again, because VS Code knows tabs by other objects when others have come.
  const shown = differenceTab(uri);
  if (shown !== undefined) await vscode.window.tabGroups.close(shown);
}

function columnOf(uri: vscode.Uri): vscode.ViewColumn | undefined {
  return vscode.window.tabGroups.all.find(({ tabs }) =>
    tabs.some(
      ({ input }) =>
        input instanceof vscode.TabInputText && input.uri.toString() === uri.toString(),
    ),
  )?.viewColumn;
}
