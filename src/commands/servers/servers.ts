import * as vscode from "vscode";
import type { CommandArguments } from "../../contributions.ts";
import { findServer } from "../../store/state.ts";
import { showNewer } from "../../ui/documents/newer.ts";
import { openServerDocument } from "../../ui/documents/open.ts";
import { serverUri } from "../../ui/documents/uri.ts";
import type { App } from "../app.ts";
import { serverName, serverTargets } from "../targets.ts";

export async function openServer(app: App, args: CommandArguments): Promise<void> {
  const targets = await serverTargets(app, args, {
    title: vscode.l10n.t("Open the document of which server?"),
    many: false,
  });
  for (const { accountId, serverId } of targets) {
    await openServerDocument(accountId, serverId, { preview: targets.length === 1 });
  }
}

/** The URL as it is registered, for pasting: what the tooltip hides of it is in it. */
export async function copyUrl(app: App, args: CommandArguments): Promise<void> {
  const targets = await serverTargets(app, args, {
    title: vscode.l10n.t("Copy the URL of which server?"),
    many: false,
  });
  const urls = targets.flatMap(
    ({ accountId, serverId }) =>
      findServer(app.store.state, accountId, serverId)?.server.hostname ?? [],
  );
  if (urls.length > 0) await vscode.env.clipboard.writeText(urls.join("\n"));
}

/** What a document's lens opens: what is at Cloudflare, beside what the person wrote. */
export async function showNewerVersion(app: App, args: CommandArguments): Promise<void> {
  const targets = await serverTargets(app, args, {
    title: vscode.l10n.t("Show the differences of which server?"),
    many: false,
  });
  for (const { accountId, serverId } of targets) {
    await showNewer(serverUri(accountId, serverId), serverName(app, accountId, serverId));
  }
}
