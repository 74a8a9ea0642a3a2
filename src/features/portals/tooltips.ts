import * as vscode from "vscode";
import { numberText } from "../../base/numbers.ts";
import { about, listed, shorten } from "../../base/text.ts";
import { type RepeatedText, repeatedTexts } from "../../domain/cost/repeatedTexts.ts";
import type { Portal } from "../../domain/portals/portal.ts";
import { codeModeInWords } from "../../domain/portals/words.ts";
import { timeInWords } from "../../domain/servers/words.ts";
import type { ToolCalls } from "../../domain/usage/toolCalls.ts";
import type { ReadonlyCosts } from "../../engine/cost/costs.ts";
import type { Reconnect } from "../../engine/reconnects.ts";
import { findMappedCatalogue, findMapping, findPortal } from "../../engine/state.ts";
import type { PortalAddress, PortalTarget } from "../../target.ts";
import {
  callsRow,
  connectionInWords,
  costRows,
  mappedCapabilityTooltip,
  mappingTooltip,
  onOff,
  type RowDetails,
  tokensInWords,
  toolTokens,
  tooltipOf,
  whenAndWho,
} from "../display/index.ts";
import type { TreeContext } from "../targets/index.ts";

export async function portalNodeTooltip(
  { state, costs, review }: TreeContext,
  node: PortalTarget,
  details: RowDetails,
): Promise<vscode.MarkdownString | undefined> {
  switch (node.kind) {
    case "account":
    case "group":
      return undefined;
    case "portal": {
      const found = findPortal(state, node);
      if (found === undefined) {
        return undefined;
      }
      const scope = { kind: "portal", id: node.portalId } as const;
      const calls = await details.toolCalls(node.accountId, scope);
      const reconnect = review.reconnectOf?.(node);
      return portalTooltip({ portal: found.optimistic, address: node, costs, calls, reconnect });
    }
    case "mapping": {
      const found = findMapping(state, node);
      if (found === undefined) {
        return undefined;
      }
      const cost = costs.ofPortal(node)?.byServer.get(node.serverId);
      const redirect =
        found.server?.authType === "oauth" ? await details.redirectUri(node) : undefined;
      return mappingTooltip(found, cost, redirect);
    }
    case "tool":
    case "prompt": {
      const shown = findMappedCatalogue(state, node)?.find(node.kind, node.name);
      return shown && mappedCapabilityTooltip(shown, toolTokens(costs, node.accountId, shown));
    }
  }
}

interface PortalFacts {
  readonly portal: Portal;
  readonly address: PortalAddress;
  readonly costs: ReadonlyCosts;
  /** Left out where they aren't known. */
  readonly calls: ToolCalls | undefined;
  readonly reconnect: Reconnect | undefined;
}

function portalTooltip({
  portal,
  address,
  costs,
  calls,
  reconnect,
}: PortalFacts): vscode.MarkdownString {
  const { ofText } = costs.counts(address.accountId);
  const [repeated] = repeatedTexts(costs.exposed(address), ofText);
  return tooltipOf(portal.name, portal.description, [
    [vscode.l10n.t("Id"), portal.id],
    [vscode.l10n.t("Host"), portal.hostname],
    [vscode.l10n.t("Servers"), String(portal.mappings.size)],
    [
      vscode.l10n.t("Reconnect"),
      reconnect &&
        vscode.l10n.t(
          "Names or descriptions have changed, seen on {0}. Users see them after they reconnect.",
          timeInWords(reconnect.at, vscode.env.language),
        ),
    ],
    [vscode.l10n.t("Code Mode"), portal.codeMode && codeModeInWords(portal.codeMode)],
    [vscode.l10n.t("Routed through Gateway"), onOff(portal.secureWebGateway)],
    ...costRows(costs.ofPortal(address)?.total),
    [vscode.l10n.t("Other ways to connect"), otherWays(costs, address)],
    [vscode.l10n.t("Repeated text"), repeated && repeatedInWords(repeated)],
    callsRow(calls),
    [vscode.l10n.t("Created"), whenAndWho(portal.createdAt, portal.createdBy)],
    [vscode.l10n.t("Modified"), whenAndWho(portal.modifiedAt, portal.modifiedBy)],
  ]);
}

/** What the portal costs a client that asks it for less than all tools. */
function otherWays(costs: ReadonlyCosts, address: PortalAddress): string | undefined {
  const all = costs.ofPortal(address)?.total;
  if (all === undefined || all.tokens + all.pending === 0) {
    return undefined;
  }
  return listed(
    [...costs.byConnection(address)]
      .filter(([connection, { pending }]) => connection !== "allTools" && pending === 0)
      .map(([connection, { tokens }]) =>
        about(connectionInWords(connection), tokensInWords(tokens)),
      ),
  );
}

const LONGEST_EXCERPT = 80;

/** A text that several tools have, and what its repetitions cost. */
function repeatedInWords({ text, tools, wasted }: RepeatedText): string {
  const excerpt = shorten(text, LONGEST_EXCERPT);
  const count = numberText(tools.length);
  return wasted === undefined
    ? vscode.l10n.t('{0} tools say "{1}"', count, excerpt)
    : vscode.l10n.t(
        '{0} tools say "{1}", which costs {2} tokens more than to say it once',
        count,
        excerpt,
        numberText(wasted),
      );
}
