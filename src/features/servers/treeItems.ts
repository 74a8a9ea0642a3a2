import * as vscode from "vscode";
import { listed } from "../../base/text.ts";
import { sectionOf } from "../../domain/catalogue/capability.ts";
import {
  catalogueOf,
  contentsOf,
  type ExposedCapability,
} from "../../domain/catalogue/serverCatalogue.ts";
import {
  activityInWords,
  contentsInWords,
  groupInWords,
  syncInWords,
} from "../../domain/servers/words.ts";
import { type AccountState, findServer, findSync, type State } from "../../engine/state.ts";
import { COMMANDS } from "../../manifest.ts";
import type { CapabilityTarget, Target } from "../../target.ts";
import {
  capabilityContext,
  capabilityIcon,
  checkboxOf,
  problemIcon,
  readOnlyItem,
  statusIcon,
} from "../display/index.ts";
import { filteredOf, nodeId, type TreeContext } from "../targets/index.ts";

/** The item of a node. A node whose server is gone is an empty row until the next refresh. */
export function toTreeItem(context: TreeContext, node: Target): vscode.TreeItem {
  const item = itemOf(context, node);
  return context.state.accounts.get(node.accountId)?.access.readOnly ? readOnlyItem(item) : item;
}

function itemOf(context: TreeContext, node: Target): vscode.TreeItem {
  const { state } = context;
  switch (node.kind) {
    case "account":
      return accountItem(state, node);
    case "server":
      return serverItem(context, node);
    case "group":
      return groupItem(context, node);
    case "tool":
    case "prompt": {
      const found = findServer(state, node.accountId, node.serverId);
      const shown = found && catalogueOf(found.optimistic).find(node.kind, node.name);
      return shown === undefined ? newItem(node, node.name) : capabilityItem(node, shown);
    }
  }
}

function accountItem(state: State, node: Target & { kind: "account" }): vscode.TreeItem {
  const account = state.accounts.get(node.accountId);
  const name = account?.account.name ?? node.accountId;
  const item = newItem(node, name, vscode.TreeItemCollapsibleState.Expanded);
  item.iconPath = new vscode.ThemeIcon("organization");
  item.contextValue = account?.access.refused ? "account;refused" : "account";
  const words = account && accountInWords(account);
  if (words !== undefined) {
    item.description = words;
    item.accessibilityInformation = { label: listed([name, words]) };
  }
  return item;
}

function serverItem(context: TreeContext, node: Target & { kind: "server" }): vscode.TreeItem {
  const found = findServer(context.state, node.accountId, node.serverId);
  if (found === undefined) {
    return newItem(node, node.serverId);
  }
  const { optimistic } = found;
  const { phase, last } = findSync(context.state, node.accountId, node.serverId);
  const contents = contentsOf(optimistic);
  const isFiltered = context.state.filter.size > 0;
  const left = isFiltered ? filteredOf(context, node.accountId, optimistic).count : contents.count;
  const activity = activityInWords(optimistic, phase);
  // What waits for a review tells more than the last sync, and stays until it is accepted.
  const changed = context.review.inWords(node);
  const quiet = optimistic.status === "ready" && phase === undefined;
  const parts = [
    ...(quiet ? [] : [activity]),
    ...[changed === "" ? syncInWords(last, optimistic) : changed].filter(
      (words) => words !== undefined,
    ),
    // For a server that isn't ready the status tells why it has no tools.
    ...(contents.count === 0 && !quiet ? [] : [contentsInWords(contents)]),
    ...shownInWords(context, left),
  ];
  const item = newItem(
    node,
    optimistic.name,
    left === 0 ? vscode.TreeItemCollapsibleState.None : vscode.TreeItemCollapsibleState.Collapsed,
  );
  item.description = parts.join(" · ");
  const isStalled = quiet && last?.kind === "stalled";
  item.iconPath = isStalled ? problemIcon("warning") : statusIcon(optimistic, phase);
  item.contextValue = [
    "server",
    optimistic.status,
    ...(phase === undefined ? [] : ["syncing"]),
    ...(changed === "" ? [] : ["changed"]),
  ].join(";");
  item.accessibilityInformation = {
    label: listed([optimistic.name, ...(quiet ? [activity] : []), ...parts]),
  };
  return item;
}

/** The counts include hidden rows, so a filter adds the number of rows shown. */
function shownInWords({ state }: TreeContext, left: number): readonly string[] {
  return state.filter.size === 0 || left === 0 ? [] : [vscode.l10n.t("{0} shown", left)];
}

function groupItem(context: TreeContext, node: Target & { kind: "group" }): vscode.TreeItem {
  const isTools = node.of === "tool";
  const label = isTools ? vscode.l10n.t("Tools") : vscode.l10n.t("Prompts");
  const item = newItem(node, label, vscode.TreeItemCollapsibleState.Expanded);
  const found = findServer(context.state, node.accountId, node.serverId);
  const of = sectionOf(node.of);
  const all = found === undefined ? [] : catalogueOf(found.optimistic)[of];
  const left = found === undefined ? [] : filteredOf(context, node.accountId, found.optimistic)[of];
  const parts = [groupInWords(all), ...shownInWords(context, left.length)];
  item.description = parts.join(" · ");
  item.accessibilityInformation = { label: listed([label, ...parts]) };
  item.iconPath = new vscode.ThemeIcon(isTools ? "tools" : "comment-discussion");
  item.contextValue = "group";
  return item;
}

/** The item of a tool or prompt. */
function capabilityItem(node: CapabilityTarget, shown: ExposedCapability): vscode.TreeItem {
  const item = newItem(node, shown.label);
  if (shown.alias !== undefined) {
    item.description = shown.name;
  }
  item.iconPath = capabilityIcon(shown.kind);
  item.contextValue = capabilityContext(shown);
  const words = capabilityInWords(shown);
  item.checkboxState = checkboxOf(shown);
  item.accessibilityInformation = { label: words };
  item.command = {
    command: COMMANDS.openAtCapability,
    title: vscode.l10n.t("Open Server Document"),
    arguments: [node],
  };
  return item;
}

function capabilityInWords(shown: ExposedCapability): string {
  const kind = shown.kind === "tool" ? vscode.l10n.t("tool") : vscode.l10n.t("prompt");
  const enabled = shown.enabled ? vscode.l10n.t("enabled") : vscode.l10n.t("disabled");
  const alias = shown.alias === undefined ? [] : [vscode.l10n.t("alias of {0}", shown.name)];
  const description =
    shown.resolved.description.from === "upstream" ? [] : [vscode.l10n.t("description overridden")];
  return listed([shown.label, kind, enabled, ...alias, ...description]);
}

/** An item with only its id and label. */
function newItem(
  node: Target,
  label: string,
  collapsible = vscode.TreeItemCollapsibleState.None,
): vscode.TreeItem {
  const item = new vscode.TreeItem(label, collapsible);
  item.id = nodeId(node);
  return item;
}

/** The state of an account in words; undefined when all is well. */
function accountInWords({ access, collections }: AccountState): string | undefined {
  const { load } = collections.server;
  if (access.refused) {
    return vscode.l10n.t("Sign in again");
  }
  if (load.kind === "loading") {
    return vscode.l10n.t("Loading…");
  }
  if (load.kind === "failed") {
    return vscode.l10n.t("Couldn't refresh");
  }
  return access.readOnly ? vscode.l10n.t("Read-only") : undefined;
}
