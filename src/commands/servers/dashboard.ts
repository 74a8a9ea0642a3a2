import * as vscode from "vscode";
import type { CommandArguments } from "../../contributions.ts";
import { dashboardUrl } from "../../model/client/dashboard.ts";
import type { App } from "../app.ts";
import { serverTargets } from "../targets.ts";

export async function openDashboard(app: App, args: CommandArguments): Promise<void> {
  const targets = await serverTargets(app, args, {
    title: vscode.l10n.t("Open which server in the dashboard?"),
    many: false,
  });
  for (const { accountId, serverId } of targets) {
    await vscode.env.openExternal(vscode.Uri.parse(dashboardUrl(accountId, serverId), true));
  }
}
