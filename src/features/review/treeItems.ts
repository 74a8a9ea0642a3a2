import * as vscode from "vscode";
import { listed } from "../../base/text.ts";
import { catalogueOf } from "../../domain/catalogue/serverCatalogue.ts";
import type { DefinitionChange } from "../../domain/review/changes.ts";
import { isHeldOff } from "../../domain/review/held.ts";
import { changeInWords, evidenceInWords, impactInWords } from "../../domain/review/words.ts";
import { timeInWords } from "../../domain/servers/words.ts";
import { appendPlainText } from "../../editor/notifications.ts";
import { findServer } from "../../engine/state.ts";
import { COMMANDS } from "../../manifest.ts";
import type { CapabilityTarget } from "../../target.ts";
import { capabilityIcon, problemIcon, readOnlyItem } from "../display/index.ts";
import { nodeId, type TreeContext } from "../targets/index.ts";
import { changeRowUri } from "./decorations.ts";
import { changeOf, type ReviewTarget } from "./nodes.ts";

/** The item of a node. A node whose changes are gone is an empty row until the next redraw. */
export function toReviewItem(context: TreeContext, node: ReviewTarget): vscode.TreeItem {
  const item = itemOf(context, node);
  item.id = nodeId(node);
  return context.state.accounts.get(node.accountId)?.access.readOnly ? readOnlyItem(item) : item;
}

function itemOf(context: TreeContext, node: ReviewTarget): vscode.TreeItem {
  switch (node.kind) {
    case "account": {
      const name = context.state.accounts.get(node.accountId)?.account.name ?? node.accountId;
      const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Expanded);
      item.iconPath = new vscode.ThemeIcon("organization");
      item.contextValue = "account;changed";
      return item;
    }
    case "server": {
      const words = context.review.inWords(node);
      const name = nameOf(context, node);
      const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Expanded);
      item.description = words;
      item.iconPath = new vscode.ThemeIcon("server");
      item.contextValue = "server;changed";
      item.accessibilityInformation = { label: listed([name, words]) };
      return item;
    }
    case "tool":
    case "prompt": {
      const change = changeOf(context, node);
      return change === undefined
        ? new vscode.TreeItem(node.name)
        : changeItem(context, node, change);
    }
  }
}

function changeItem(
  context: TreeContext,
  node: CapabilityTarget,
  change: DefinitionChange,
): vscode.TreeItem {
  const item = new vscode.TreeItem(node.name);
  const shown = shownOf(context, node);
  const isOff = shown?.enabled === false;
  const words = [changeInWords(change), ...(isOff ? [offInWords(context, node)] : [])];
  item.description = words.join(" · ");
  item.resourceUri = changeRowUri(node, change.how);
  item.iconPath = iconOf(change);
  // Only what is still there can be turned off.
  const state = shown === undefined ? [] : [shown.enabled ? "enabled" : "disabled"];
  item.contextValue = [node.kind, ...state, "changed"].join(";");
  const kind = node.kind === "tool" ? vscode.l10n.t("tool") : vscode.l10n.t("prompt");
  item.accessibilityInformation = {
    label: listed([node.name, kind, ...words, impactInWords(change)]),
  };
  item.command = {
    command: COMMANDS.reviewChanges,
    title: vscode.l10n.t("Review Changes"),
    arguments: [node],
  };
  return item;
}

function offInWords({ review }: TreeContext, node: CapabilityTarget): string {
  const baseline = review.baselineOf(node);
  return baseline !== undefined && isHeldOff(baseline, node)
    ? vscode.l10n.t("off until accepted")
    : vscode.l10n.t("disabled");
}

function iconOf({ kind, impact, findings }: DefinitionChange): vscode.ThemeIcon {
  if (findings.some(({ severity }) => severity === "error")) {
    return problemIcon("error");
  }
  const isWarned = impact === "widening" || findings.length > 0;
  return isWarned ? problemIcon("warning") : capabilityIcon(kind);
}

function nameOf(
  { state }: TreeContext,
  { accountId, serverId }: { readonly accountId: string; readonly serverId: string },
): string {
  return findServer(state, accountId, serverId)?.optimistic.name ?? serverId;
}

function shownOf({ state }: TreeContext, { kind, accountId, serverId, name }: CapabilityTarget) {
  const server = findServer(state, accountId, serverId)?.optimistic;
  return server && catalogueOf(server).find(kind, name);
}

/** Everything that the row leaves out, as text: upstreams wrote the names. */
export function reviewTooltip(
  context: TreeContext,
  node: ReviewTarget,
): vscode.MarkdownString | undefined {
  const tooltip = new vscode.MarkdownString();
  const lines = linesOf(context, node);
  for (const line of lines) {
    appendPlainText(tooltip, line).appendMarkdown("  \n");
  }
  return lines.length === 0 ? undefined : tooltip;
}

function linesOf(context: TreeContext, node: ReviewTarget): readonly string[] {
  if (node.kind === "account") {
    return [];
  }
  if (node.kind === "server") {
    const baseline = context.review.baselineOf(node);
    if (baseline === undefined) {
      return [];
    }
    const at = timeInWords(baseline.at, vscode.env.language);
    if (baseline.file !== undefined) {
      return [
        baseline.reviewed
          ? vscode.l10n.t("Compared with what {0} has, last accepted on {1}.", baseline.file, at)
          : vscode.l10n.t(
              "Compared with the first look on {1} in {0}, which nobody has reviewed.",
              baseline.file,
              at,
            ),
      ];
    }
    return [
      baseline.reviewed
        ? vscode.l10n.t("Compared with what was last accepted on {0}.", at)
        : vscode.l10n.t("Compared with the first look on {0}, which nobody has reviewed.", at),
    ];
  }
  const change = changeOf(context, node);
  if (change === undefined) {
    return [];
  }
  return [
    listed([node.name, changeInWords(change)]),
    impactInWords(change),
    ...change.findings.map(({ message, rule }) => `${message} (${rule})`),
    ...(change.how === "renamed" ? [evidenceInWords(change.alike)] : []),
  ];
}
