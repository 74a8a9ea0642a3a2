import * as vscode from "vscode";
import { portalsDashboardUrl, serverDashboardUrl } from "../../domain/account.ts";
import { SERVER } from "../../domain/servers/server.ts";
import type { CommandArguments } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { resourceTargets } from "./resourceTargets.ts";

export async function openDashboard(app: AppContext, args: CommandArguments): Promise<void> {
  const title = vscode.l10n.t("Open which server or portal in the dashboard?");
  const refs = await resourceTargets(app, args, title);
  const urls = refs.map(({ kind, accountId, id }) =>
    kind === SERVER ? serverDashboardUrl(accountId, id) : portalsDashboardUrl(accountId),
  );
  // Portals share one page.
  for (const url of new Set(urls)) {
    await vscode.env.openExternal(vscode.Uri.parse(url, true));
  }
}
