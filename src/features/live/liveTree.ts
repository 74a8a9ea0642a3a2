import * as vscode from "vscode";
import { listed } from "../../base/text.ts";
import {
  LIVE_STATES,
  type LiveComparison,
  type LiveItem,
  type LiveReason,
  type LiveState,
  reasonsOf,
} from "../../domain/live/compareLive.ts";
import { comparisonInWords, liveStateInWords } from "../../domain/live/words.ts";
import { appendPlainText } from "../../editor/notifications.ts";
import type { TreeModel } from "../../editor/tree/treeModel.ts";
import { COMMANDS } from "../../manifest.ts";
import type { MappedCapabilityTarget, PortalAddress } from "../../target.ts";
import { capabilityIcon, problemIcon } from "../display/index.ts";
import type { ShownComparison } from "./liveView.ts";

interface InState extends PortalAddress {
  readonly state: LiveState;
}

/** A row of the comparison. A tool of a server is the same row as in the portal. */
export type LiveNode =
  | (PortalAddress & { readonly kind: "portal" })
  | (InState & { readonly kind: "state" })
  | (InState & { readonly kind: "reason"; readonly why: string })
  | (MappedCapabilityTarget & InState & { readonly liveName: string })
  | (InState & { readonly kind: "liveTool"; readonly liveName: string });

type Shown = readonly ShownComparison[];

export const LIVE_TREE: TreeModel<LiveNode, Shown> = {
  roots: (shown) =>
    shown.map(({ accountId, portalId }) => ({ kind: "portal", accountId, portalId })),
  children,
  parent,
  id: (node) => JSON.stringify(node),
  item,
  tooltip: async (shown, node) => {
    const words = node.kind === "reason" ? node.why : itemInWords(itemAt(shown, node));
    return words === undefined ? undefined : appendPlainText(new vscode.MarkdownString(), words);
  },
  changed: () => "all",
};

function comparisonAt(shown: Shown, { accountId, portalId }: PortalAddress) {
  return shown.find((each) => each.accountId === accountId && each.portalId === portalId);
}

function itemsIn(comparison: LiveComparison | undefined, state: LiveState): readonly LiveItem[] {
  return comparison?.items.filter((each) => each.state === state) ?? [];
}

function reasonsAt(shown: Shown, node: InState): readonly LiveReason[] {
  const { comparison } = comparisonAt(shown, node) ?? {};
  return comparison === undefined ? [] : reasonsOf(comparison, node.state);
}

function itemInWords(item: LiveItem | undefined): string | undefined {
  return item && listed(item.why === "" ? [item.name] : [item.name, item.why]);
}

function itemAt(shown: Shown, node: LiveNode): LiveItem | undefined {
  if (!("liveName" in node)) {
    return undefined;
  }
  const { comparison } = comparisonAt(shown, node) ?? {};
  return itemsIn(comparison, node.state).find(
    ({ name, subject }) =>
      name === node.liveName && subject?.name === ("name" in node ? node.name : undefined),
  );
}

function children(shown: Shown, node: LiveNode): readonly LiveNode[] {
  const { accountId, portalId } = node;
  const { comparison } = comparisonAt(shown, node) ?? {};
  switch (node.kind) {
    case "portal":
      return LIVE_STATES.filter((state) => itemsIn(comparison, state).length > 0).map((state) => ({
        kind: "state",
        accountId,
        portalId,
        state,
      }));
    case "state":
      return reasonsAt(shown, node).flatMap((reason) =>
        reason.why === ""
          ? toolNodes(node, reason)
          : [{ kind: "reason", accountId, portalId, state: node.state, why: reason.why } as const],
      );
    case "reason":
      return reasonsAt(shown, node)
        .filter(({ why }) => why === node.why)
        .flatMap((reason) => toolNodes(node, reason));
    default:
      return [];
  }
}

function toolNodes(
  { accountId, portalId, state }: InState,
  { items }: LiveReason,
): readonly LiveNode[] {
  return items.map(({ name: liveName, subject }) =>
    subject === undefined
      ? { kind: "liveTool", accountId, portalId, state, liveName }
      : { kind: "tool", accountId, portalId, ...subject, state, liveName },
  );
}

function parent(shown: Shown, node: LiveNode): LiveNode | undefined {
  const { accountId, portalId } = node;
  switch (node.kind) {
    case "portal":
      return undefined;
    case "state":
      return { kind: "portal", accountId, portalId };
    case "reason":
      return { kind: "state", accountId, portalId, state: node.state };
    default: {
      const { state } = node;
      const why = itemAt(shown, node)?.why ?? "";
      return why === ""
        ? { kind: "state", accountId, portalId, state }
        : { kind: "reason", accountId, portalId, state, why };
    }
  }
}

function item(shown: Shown, node: LiveNode): vscode.TreeItem {
  const found = newItem(shown, node);
  found.id = LIVE_TREE.id(node);
  return found;
}

function newItem(shown: Shown, node: LiveNode): vscode.TreeItem {
  const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
  switch (node.kind) {
    case "portal": {
      const { name, comparison } = comparisonAt(shown, node) ?? {};
      const row = new vscode.TreeItem(name ?? node.portalId, Expanded);
      row.description = comparison === undefined ? "" : comparisonInWords(comparison);
      row.iconPath = new vscode.ThemeIcon("globe");
      row.contextValue = "portal";
      row.accessibilityInformation = { label: listed([name ?? "", String(row.description)]) };
      return row;
    }
    case "state": {
      const { state } = node;
      const count = itemsIn(comparisonAt(shown, node)?.comparison, state).length;
      const label = liveStateInWords(state);
      const row = new vscode.TreeItem(label, state === "expected" ? Collapsed : Expanded);
      row.description = String(count);
      row.iconPath = state === "expected" ? new vscode.ThemeIcon("pass") : problemIcon("warning");
      row.contextValue = "state";
      return row;
    }
    case "reason": {
      const items = reasonsAt(shown, node).find(({ why }) => why === node.why)?.items ?? [];
      const row = new vscode.TreeItem(node.why, Expanded);
      // Without one, its tools would stand no further in.
      row.iconPath = new vscode.ThemeIcon("info");
      row.description = String(items.length);
      row.contextValue = "reason";
      return row;
    }
    default:
      return toolItem(node);
  }
}

function toolItem(node: Extract<LiveNode, { readonly liveName: string }>): vscode.TreeItem {
  const { state, liveName } = node;
  const row = new vscode.TreeItem(liveName);
  row.iconPath = capabilityIcon("tool");
  row.contextValue = [node.kind, state].join(";");
  row.accessibilityInformation = { label: listed([liveName, liveStateInWords(state)]) };
  if (node.kind === "tool") {
    row.command = {
      command: COMMANDS.openAtCapability,
      title: vscode.l10n.t("Open Portal Document"),
      arguments: [node],
    };
  }
  return row;
}
