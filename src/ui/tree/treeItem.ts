import * as vscode from "vscode";
import { type CapabilityTarget, COMMANDS, type Target } from "../../contributions.ts";
import { catalogueOf, type ExposedCapability } from "../../model/catalogue.ts";
import { listed } from "../../model/sentence.ts";
import { findServer, type ServerState, type State } from "../../store/state.ts";
import { capabilityIcon, statusIcon } from "../icons.ts";
import { accountInWords, activityInWords, syncInWords } from "../words.ts";
import { nodeId } from "./nodes.ts";

/** How a node looks. A node whose server has gone meanwhile is an empty row until the next refresh. */
export function toTreeItem(state: State, node: Target): vscode.TreeItem {
  const item = itemOf(state, node);
  return state.accounts.get(node.accountId)?.access.readOnly ? readOnly(item) : item;
}

/** A row that can't be changed has no checkbox, and its menus hide what writes. */
function readOnly(item: vscode.TreeItem): vscode.TreeItem {
  if (item.contextValue !== undefined) item.contextValue += ";readOnly";
  const box = item.checkboxState;
  delete item.checkboxState;
  if (typeof box !== "object" || box.state === vscode.TreeItemCheckboxState.Checked) return item;
  const disabled = vscode.l10n.t("Disabled");
  item.description = item.description ? `${item.description} · ${disabled}` : disabled;
  return item;
}

function itemOf(state: State, node: Target): vscode.TreeItem {
  switch (node.kind) {
    case "account":
      return accountItem(state, node);
    case "server":
      return serverItem(node, findServer(state, node.accountId, node.serverId));
    case "group":
      return groupItem(node, findServer(state, node.accountId, node.serverId));
    case "tool":
    case "prompt": {
      const found = findServer(state, node.accountId, node.serverId);
      const shown = found && catalogueOf(found.server).find(node.kind, node.name);
      return shown === undefined ? bareItem(node, node.name) : capabilityItem(node, shown);
    }
  }
}

function bareItem(
  node: Target,
  label: string,
  collapsible = vscode.TreeItemCollapsibleState.None,
): vscode.TreeItem {
  const item = new vscode.TreeItem(label, collapsible);
  item.id = nodeId(node);
  return item;
}

function accountItem(state: State, node: Target & { kind: "account" }): vscode.TreeItem {
  const account = state.accounts.get(node.accountId);
  const name = account?.account.name ?? node.accountId;
  const item = bareItem(node, name, vscode.TreeItemCollapsibleState.Expanded);
  item.iconPath = new vscode.ThemeIcon("organization");
  item.contextValue = account?.access.refused ? "account;refused" : "account";
  const words = account && accountInWords(account);
  if (words !== undefined) {
    item.description = words;
    item.accessibilityInformation = { label: listed([name, words]) };
  }
  return item;
}

function serverItem(
  node: Target & { kind: "server" },
  found: ServerState | undefined,
): vscode.TreeItem {
  if (found === undefined) return bareItem(node, node.serverId);
  const { server, sync, lastSync } = found;
  const { count, enabledCount } = catalogueOf(server);
  const activity = activityInWords(found);
  const enabled = vscode.l10n.t("{0} of {1} enabled", enabledCount, count);
  const quiet = server.status === "ready" && sync === undefined;
  const parts = [
    ...(quiet ? [] : [activity]),
    ...[syncInWords(lastSync)].filter((words) => words !== undefined),
    ...(count === 0 && !quiet ? [] : [enabled]),
  ];
  const item = bareItem(
    node,
    server.name,
    count === 0 ? vscode.TreeItemCollapsibleState.None : vscode.TreeItemCollapsibleState.Collapsed,
  );
  item.description = parts.join(" · ");
  item.iconPath = statusIcon(found);
  item.contextValue = ["server", server.status, ...(sync === undefined ? [] : ["syncing"])].join(
    ";",
  );
  item.accessibilityInformation = {
    label: listed([server.name, ...(quiet ? [activity] : []), ...parts]),
  };
  return item;
}

function groupItem(
  node: Target & { kind: "group" },
  found: ServerState | undefined,
): vscode.TreeItem {
  const isTools = node.of === "tool";
  const item = bareItem(
    node,
    isTools ? vscode.l10n.t("Tools") : vscode.l10n.t("Prompts"),
    vscode.TreeItemCollapsibleState.Expanded,
  );
  const catalogue = found && catalogueOf(found.server);
  const shown = (isTools ? catalogue?.tools : catalogue?.prompts) ?? [];
  const enabled = shown.filter((capability) => capability.enabled).length;
  item.description = vscode.l10n.t("{0} of {1} enabled", enabled, shown.length);
  item.iconPath = new vscode.ThemeIcon(isTools ? "tools" : "comment-discussion");
  item.contextValue = "group";
  return item;
}

function capabilityItem(node: CapabilityTarget, shown: ExposedCapability): vscode.TreeItem {
  const item = bareItem(node, shown.label);
  if (shown.alias !== undefined) item.description = shown.name;
  item.iconPath = capabilityIcon(shown.kind);
  item.contextValue = [
    shown.kind,
    shown.enabled ? "enabled" : "disabled",
    ...(shown.overridden ? ["overridden"] : []),
  ].join(";");
  const words = capabilityInWords(shown);
  item.checkboxState = {
    state: shown.enabled
      ? vscode.TreeItemCheckboxState.Checked
      : vscode.TreeItemCheckboxState.Unchecked,
    tooltip: shown.enabled ? vscode.l10n.t("Enabled") : vscode.l10n.t("Disabled"),
    accessibilityInformation: { label: words, role: "checkbox" },
  };
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
  return listed([shown.label, kind, enabled, ...alias]);
}
