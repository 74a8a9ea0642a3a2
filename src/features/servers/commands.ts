import * as vscode from "vscode";
import { serverRef } from "../../domain/servers/serverKind.ts";
import { findServer } from "../../engine/state.ts";
import type { CommandArguments } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { openResourceDocument } from "../documents/index.ts";
import { serverTargets } from "../targets/index.ts";

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
