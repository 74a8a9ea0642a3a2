import * as vscode from "vscode";
import { dashboardUrl } from "../../domain/account.ts";
import { portalRef } from "../../domain/portals/portalKind.ts";
import { serverRef } from "../../domain/servers/serverKind.ts";
import { findServer } from "../../engine/state.ts";
import type { CommandArguments } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { diffWithRemote, documentUri, openResourceDocument } from "../documents/index.ts";
import { nameOf } from "../edits/index.ts";
import { portalTargets, serverTargets } from "../targets/index.ts";

export async function openServer(app: AppContext, args: CommandArguments): Promise<void> {
  const targets = await serverTargets(app, args, {
    title: vscode.l10n.t("Open the document of which server?"),
    many: false,
  });
  for (const { accountId, serverId } of targets) {
    await openResourceDocument(serverRef(accountId, serverId), { preview: targets.length === 1 });
  }
}

/** Copies the URL as registered, including the secrets that the tooltip hides. */
export async function copyUrl(app: AppContext, args: CommandArguments): Promise<void> {
  const targets = await serverTargets(app, args, {
    title: vscode.l10n.t("Copy the URL of which server?"),
    many: false,
  });
  const urls = targets.flatMap(
    ({ accountId, serverId }) =>
      findServer(app.store.state, accountId, serverId)?.optimistic.hostname ?? [],
  );
  if (urls.length > 0) {
    await vscode.env.clipboard.writeText(urls.join("\n"));
  }
}

/**
 * Opens a diff between the values at Cloudflare and the person's text. A document's lens runs it.
 */
export async function showNewer(app: AppContext, args: CommandArguments): Promise<void> {
  const portals = args.rows?.some(({ kind }) => kind === "portal")
    ? await portalTargets(app, args, {
        title: vscode.l10n.t("Show the differences of which portal?"),
        many: false,
      })
    : [];
  const servers = await serverTargets(app, args, {
    title: vscode.l10n.t("Show the differences of which server?"),
    many: false,
  });
  const refs = [
    ...portals.map(({ accountId, portalId }) => portalRef(accountId, portalId)),
    ...servers.map(({ accountId, serverId }) => serverRef(accountId, serverId)),
  ];
  for (const ref of refs) {
    await diffWithRemote(documentUri(ref), nameOf(app, ref));
  }
}

export async function openDashboard(app: AppContext, args: CommandArguments): Promise<void> {
  const targets = await serverTargets(app, args, {
    title: vscode.l10n.t("Open which server in the dashboard?"),
    many: false,
  });
  for (const { accountId, serverId } of targets) {
    await vscode.env.openExternal(vscode.Uri.parse(dashboardUrl(accountId, serverId), true));
  }
}
