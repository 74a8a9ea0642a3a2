import * as vscode from "vscode";
import { listed } from "../../base/text.ts";
import { isOffOnServer, type MappedCapability } from "../../domain/portals/exposure.ts";
import type { PortalHealth } from "../../domain/portals/health.ts";
import { activityInWords, contentsInWords, groupInWords } from "../../domain/servers/words.ts";
import {
  findMappedCatalogue,
  findMapping,
  findPortal,
  findSync,
  healthOf,
  isReadOnly,
  type State,
} from "../../engine/state.ts";
import { COMMANDS } from "../../manifest.ts";
import type { MappedCapabilityTarget, MappingTarget, PortalTarget } from "../../target.ts";
import {
  capabilityContext,
  capabilityIcon,
  checkboxOf,
  problemIcon,
  readOnlyItem,
  statusIcon,
  tokensInWords,
} from "../display/index.ts";
import {
  filteredMapping,
  mappingName,
  mappingNodes,
  portalNodeId,
  type TreeContext,
} from "../targets/index.ts";

/** How a node looks. A node that has gone meanwhile is an empty row until the next redraw. */
export function toPortalItem(context: TreeContext, node: PortalTarget): vscode.TreeItem {
  const item = itemOf(context, node);
  return isReadOnly(context.state, node.accountId) ? readOnlyItem(item) : item;
}

function itemOf(context: TreeContext, node: PortalTarget): vscode.TreeItem {
  const { state } = context;
  switch (node.kind) {
    case "account":
      return accountItem(state, node);
    case "portal":
      return portalItem(context, node);
    case "mapping":
      return mappingItem(context, node);
    case "group":
      return groupItem(context, node);
    case "tool":
    case "prompt": {
      const shown = findMappedCatalogue(state, node)?.find(node.kind, node.name);
      return shown === undefined ? newItem(node, node.name) : capabilityItem(node, shown);
    }
  }
}

function accountItem(state: State, node: PortalTarget & { kind: "account" }): vscode.TreeItem {
  const name = state.accounts.get(node.accountId)?.account.name ?? node.accountId;
  const item = newItem(node, name, vscode.TreeItemCollapsibleState.Expanded);
  item.iconPath = new vscode.ThemeIcon("organization");
  item.contextValue = "account";
  return item;
}

function portalItem(
  context: TreeContext,
  node: PortalTarget & { kind: "portal" },
): vscode.TreeItem {
  const { state } = context;
  const portal = findPortal(state, node)?.optimistic;
  if (portal === undefined) {
    return newItem(node, node.portalId);
  }
  const health = healthOf(state, node.accountId, portal);
  const problems = [health.words ?? [], ...costOverBudget(context, node)].flat();
  const words = [
    ...(health.words === undefined ? [portal.hostname] : []),
    ...problems,
    // What is wrong matters more, and a row has room for little.
    ...(problems.length === 0 ? reconnectInWords(context, node) : []),
  ].join(" · ");
  const item = newItem(
    node,
    portal.name,
    mappingNodes(context, node).length === 0
      ? vscode.TreeItemCollapsibleState.None
      : vscode.TreeItemCollapsibleState.Collapsed,
  );
  item.description = words;
  item.iconPath = portalIcon(health);
  item.contextValue = "portal";
  item.accessibilityInformation = {
    label: listed([portal.name, vscode.l10n.t("portal"), words]),
  };
  return item;
}

function reconnectInWords(
  { review }: TreeContext,
  node: PortalTarget & { kind: "portal" },
): readonly string[] {
  const reconnect = review.reconnectOf?.(node);
  return reconnect?.isRecent
    ? [
        vscode.l10n.t({
          message: "reconnect since {0}",
          args: [
            new Date(reconnect.at).toLocaleTimeString(vscode.env.language, { timeStyle: "short" }),
          ],
          comment: "In a portal's row, with a time: its users have to connect again.",
        }),
      ]
    : [];
}

/** The cost in words, where it is a problem. */
function costOverBudget(
  { findings, costs }: TreeContext,
  node: PortalTarget & { kind: "portal" },
): readonly string[] {
  const isOver = findings.ofPortal(node).some(({ rule }) => rule === "budget/portal");
  const tokens = isOver ? costs.ofPortal(node)?.total.tokens : undefined;
  return tokens === undefined ? [] : [tokensInWords(tokens)];
}

function portalIcon({ worst }: PortalHealth): vscode.ThemeIcon {
  return worst === undefined ? new vscode.ThemeIcon("globe") : problemIcon(worst);
}

function mappingItem(context: TreeContext, node: MappingTarget): vscode.TreeItem {
  const { state } = context;
  const found = findMapping(state, node);
  const name = mappingName(state, node);
  const catalogue = findMappedCatalogue(state, node);
  const left = filteredMapping(context, node)?.count ?? 0;
  if (found?.server === undefined || catalogue === undefined) {
    return newItem(node, name);
  }
  const { server, mapping } = found;
  const { phase } = findSync(state, node.accountId, node.serverId);
  const isQuiet = server.status === "ready" && phase === undefined;
  const activity = activityInWords(server, phase);
  const parts = [
    ...(isQuiet ? [] : [activity]),
    ...(catalogue.count === 0 ? [] : [contentsInWords(catalogue)]),
    ...(mapping.defaultDisabled ? [vscode.l10n.t("new tools off")] : []),
    ...shownInWords(context, left),
  ];
  const item = newItem(
    node,
    name,
    left === 0 ? vscode.TreeItemCollapsibleState.None : vscode.TreeItemCollapsibleState.Collapsed,
  );
  item.description = parts.join(" · ");
  item.iconPath = statusIcon(server, phase);
  item.contextValue = [
    "mapping",
    server.status,
    ...(phase === undefined ? [] : ["syncing"]),
    ...(mapping.defaultDisabled ? ["newToolsOff"] : []),
    ...(mapping.onBehalf ? ["userAuth"] : []),
  ].join(";");
  item.accessibilityInformation = {
    label: listed([name, ...(isQuiet ? [activity] : []), ...parts]),
  };
  return item;
}

/** The counts include hidden rows, so a filter adds the number of rows shown. */
function shownInWords({ state }: TreeContext, left: number): readonly string[] {
  return state.filter.size === 0 || left === 0 ? [] : [vscode.l10n.t("{0} shown", left)];
}

function groupItem(context: TreeContext, node: PortalTarget & { kind: "group" }): vscode.TreeItem {
  const { state } = context;
  const isTools = node.of === "tool";
  const label = isTools ? vscode.l10n.t("Tools") : vscode.l10n.t("Prompts");
  const item = newItem(node, label, vscode.TreeItemCollapsibleState.Expanded);
  const catalogue = findMappedCatalogue(state, node);
  const all = (isTools ? catalogue?.tools : catalogue?.prompts) ?? [];
  const left = filteredMapping(context, node)?.[isTools ? "tools" : "prompts"].length ?? 0;
  const parts = [groupInWords(all), ...shownInWords(context, left)];
  item.description = parts.join(" · ");
  item.accessibilityInformation = { label: listed([label, ...parts]) };
  item.iconPath = new vscode.ThemeIcon(isTools ? "tools" : "comment-discussion");
  item.contextValue = "group";
  return item;
}

function capabilityItem(node: MappedCapabilityTarget, shown: MappedCapability): vscode.TreeItem {
  const item = newItem(node, shown.label);
  const parts = [
    ...(shown.label === shown.name ? [] : [shown.name]),
    ...(isOffOnServer(shown) ? [vscode.l10n.t("Disabled on the server")] : []),
  ];
  if (parts.length > 0) {
    item.description = parts.join(" · ");
  }
  item.iconPath = capabilityIcon(shown.kind);
  item.contextValue = capabilityContext(shown);
  item.checkboxState = checkboxOf(shown);
  item.command = {
    command: COMMANDS.openAtCapability,
    title: vscode.l10n.t("Open Portal Document"),
    arguments: [node],
  };
  item.accessibilityInformation = {
    label: listed([
      shown.label,
      shown.kind === "tool" ? vscode.l10n.t("tool") : vscode.l10n.t("prompt"),
      shown.enabled ? vscode.l10n.t("enabled") : vscode.l10n.t("disabled"),
      ...parts,
    ]),
  };
  return item;
}

/** A row with its id and label. The caller adds the rest. */
function newItem(
  node: PortalTarget,
  label: string,
  collapsible = vscode.TreeItemCollapsibleState.None,
): vscode.TreeItem {
  const item = new vscode.TreeItem(label, collapsible);
  item.id = portalNodeId(node);
  return item;
}
