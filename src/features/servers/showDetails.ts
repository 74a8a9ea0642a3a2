import * as vscode from "vscode";
import { about } from "../../base/text.ts";
import { confirm } from "../../editor/notifications.ts";
import { findServer, findSync } from "../../engine/state.ts";
import type { CommandArguments } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { serverRows } from "../display/index.ts";
import { serverTargets } from "../targets/index.ts";

/** Shows all that Cloudflare tells of a server, of which its tooltip has the most important part. */
export async function showDetails(app: AppContext, args: CommandArguments): Promise<void> {
  const [target] = await serverTargets(app, args, {
    title: vscode.l10n.t("Show the details of which server?"),
    many: false,
  });
  const server = target && findServer(app.store.state, target.accountId, target.serverId);
  if (target === undefined || server === undefined) {
    return;
  }
  const { last } = findSync(app.store.state, target.accountId, target.serverId);
  const { name, description } = server.optimistic;
  const rows = serverRows(server.optimistic, { cost: app.costs.ofServer(target), last });
  const lines = rows.flatMap(([label, value]) => (value ? [about(label, value)] : []));
  const detail = [...(description ? [description, ""] : []), ...lines].join("\n");
  const copy = vscode.l10n.t("Copy");
  if ((await confirm(name, detail, copy)) === copy) {
    await vscode.env.clipboard.writeText(`${name}\n${detail}`);
  }
}
