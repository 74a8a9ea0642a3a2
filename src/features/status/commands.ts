import * as vscode from "vscode";
import { shownAccounts } from "../../engine/state.ts";
import {
  COMMANDS,
  type CommandId,
  GUIDED,
  type Target,
  VIEWS,
  WALKTHROUGH,
} from "../../manifest.ts";
import type { AppContext } from "../app.ts";
import { areReadOnly } from "./contextKeys.ts";

export async function refresh(app: AppContext): Promise<void> {
  await vscode.window.withProgress({ location: { viewId: VIEWS.servers } }, () =>
    Promise.allSettled(app.sessions.all.map((session) => session.refresh())),
  );
  for (const { account, access, collections } of app.store.state.accounts.values()) {
    const { load } = collections.server;
    if (load.kind !== "failed") {
      continue;
    }
    if (access.refused) {
      void app.access.offerSignIn(account);
      continue;
    }
    const what = vscode.l10n.t("{0} couldn't be refreshed.", account.name);
    void app.reporter.reportFailure(what, load.error, () => refresh(app));
  }
}

/** Keeps the editor open, because a preview would be replaced by the first server's document. */
export async function openWalkthrough(): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.openWalkthrough", WALKTHROUGH);
  await vscode.commands.executeCommand("workbench.action.keepEditor");
  await vscode.commands.executeCommand("setContext", GUIDED, true);
}

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
