import * as vscode from "vscode";
import { about, shorten } from "../../base/text.ts";
import { confirm } from "../../editor/notifications.ts";
import { findServer, findSync } from "../../engine/state.ts";
import type { CommandArguments } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { serverRows } from "../display/index.ts";
import { serverTargets } from "../targets/index.ts";

/** A dialog of more can be larger than the screen. What is copied isn't cut. */
const LONGEST_SHOWN = 200;

/**
 * Shows what Cloudflare tells of a server beside its catalogue, of which a failing one's tooltip has the
 * most important part.
 */
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
  const text = (longest: number): string => {
    const lines = rows.flatMap(([label, value]) =>
      value ? [about(label, shorten(value, longest))] : [],
    );
    return [...(description ? [shorten(description, longest), ""] : []), ...lines].join("\n");
  };
  const copy = vscode.l10n.t("Copy");
  if ((await confirm(name, text(LONGEST_SHOWN), copy)) === copy) {
    await vscode.env.clipboard.writeText(`${name}\n${text(Number.POSITIVE_INFINITY)}`);
  }
}
