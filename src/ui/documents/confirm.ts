import * as vscode from "vscode";
import type { Server } from "../../model/server.ts";
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
  await showNewer(uri, server.name);
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
      title: vscode.l10n.t("Save {0} changes to {1}?", count, server.name),
      placeHolder: vscode.l10n.t("The editor shows what is at Cloudflare, and yours beside it"),
      ignoreFocusOut: true,
    },
  );
  return picked?.label === save;
}
