import * as vscode from "vscode";
import type { Portal } from "../../domain/portals/portal.ts";
import { statusInWords } from "../../domain/servers/words.ts";
import type { State } from "../../engine/state.ts";
import { problemIcon } from "../display/index.ts";
import { findMapping } from "./nodes.ts";

/** How a portal is: as well as the worst of its servers. */
export interface PortalHealth {
  readonly worst: "error" | "warning" | undefined;
  /** What is wrong, in words; undefined where nothing is. */
  readonly words: string | undefined;
}

const WELL: PortalHealth = { worst: undefined, words: undefined };

export function portalHealth(state: State, accountId: string, portal: Portal): PortalHealth {
  const { id: portalId, mappings } = portal;
  if (mappings.size === 0) {
    return { worst: "warning", words: vscode.l10n.t("no servers") };
  }
  const failing = [...mappings.keys()].flatMap((serverId) => {
    const server = findMapping(state, { accountId, portalId, serverId })?.server;
    // Cloudflare shows users no server that is in one of these states.
    return server?.status === "error" || server?.status === "stale" ? [server] : [];
  });
  const [first, second] = failing;
  if (first === undefined) {
    return WELL;
  }
  const worst = failing.some(({ status }) => status === "error") ? "error" : "warning";
  const words =
    second === undefined
      ? vscode.l10n.t("{0}: {1}", first.name, statusInWords(first))
      : vscode.l10n.t("{0} of {1} servers don't work", failing.length, mappings.size);
  return { worst, words };
}

export function portalIcon({ worst }: PortalHealth): vscode.ThemeIcon {
  return worst === undefined ? new vscode.ThemeIcon("globe") : problemIcon(worst);
}
