import * as vscode from "vscode";
import type { RowArguments } from "../contributions.ts";
import { dashboardUrl } from "../model/dashboard.ts";
import type { App } from "./app.ts";
import { serverTargets } from "./targets.ts";

export async function openDashboard(app: App, args: RowArguments): Promise<void> {
  const [target] = await serverTargets(app, args, {
    title: vscode.l10n.t("Open which server in the dashboard?"),
    many: false,
  });
  if (target === undefined) return;
  const url = dashboardUrl(target.accountId, target.serverId);
  await vscode.env.openExternal(vscode.Uri.parse(url, true));
}
