import * as vscode from "vscode";
import { shownAccounts } from "../../engine/state.ts";
import { COMMANDS, type CommandId } from "../../manifest.ts";
import type { Target } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { areReadOnly } from "./contextKeys.ts";

export function showLog(app: AppContext): void {
  app.log.show();
}

/** The menu of the status bar item. */
export async function showStatusMenu(app: AppContext): Promise<void> {
  const refused = shownAccounts(app.store.state).find(({ access }) => access.refused)?.account;
  const syncing = [...app.store.state.accounts.values()].some(({ syncs }) => syncs.run);
  const entries: Entry[] = [
    ...(syncing
      ? [
          {
            label: vscode.l10n.t("Cancel Sync"),
            iconPath: new vscode.ThemeIcon("stop-circle"),
            command: COMMANDS.cancelSync,
          },
        ]
      : []),
    ...(refused === undefined
      ? []
      : [
          {
            label: vscode.l10n.t("Sign In…"),
            iconPath: new vscode.ThemeIcon("sign-in"),
            command: COMMANDS.signIn,
            row: { kind: "account" as const, accountId: refused.id },
          },
        ]),
    ...(areReadOnly(shownAccounts(app.store.state))
      ? []
      : [
          {
            label: vscode.l10n.t("Sync All Servers"),
            iconPath: new vscode.ThemeIcon("sync"),
            command: COMMANDS.syncAll,
          },
        ]),
    {
      label: vscode.l10n.t("Show Problems"),
      iconPath: new vscode.ThemeIcon("warning"),
      command: PROBLEMS,
    },
    {
      label: vscode.l10n.t("Switch Account…"),
      iconPath: new vscode.ThemeIcon("organization"),
      command: COMMANDS.switchAccount,
    },
    {
      label: vscode.l10n.t("Show Log"),
      iconPath: new vscode.ThemeIcon("output"),
      command: COMMANDS.showLog,
    },
  ];
  const picked = await vscode.window.showQuickPick(entries, {
    title: vscode.l10n.t("MCP Portals"),
  });
  if (picked !== undefined) {
    await vscode.commands.executeCommand(picked.command, picked.row);
  }
}

interface Entry extends vscode.QuickPickItem {
  readonly command: CommandId | typeof PROBLEMS;
  readonly row?: Target;
}

const PROBLEMS = "workbench.actions.view.problems";
