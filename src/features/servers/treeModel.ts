import type * as vscode from "vscode";
import { catalogueOf } from "../../domain/catalogue/layers.ts";
import type { ChangedNodes, TreeModel } from "../../editor/tree/treeModel.ts";
import { findServer, shownAccounts } from "../../engine/state.ts";
import type { ServerTarget, Target } from "../../target.ts";
import {
  capabilityTooltip,
  explainProblems,
  markProblems,
  serverTooltip,
} from "../display/index.ts";
import {
  childrenOf,
  nodeId,
  parentOf,
  rootsOf,
  type TreeContext,
  visibleAccounts,
} from "../targets/index.ts";
import { changedRows } from "./changedRows.ts";
import { toTreeItem } from "./treeItems.ts";

/** The tree of the "Servers" view. */
export const SERVERS_TREE: TreeModel<Target, TreeContext> = {
  roots: rootsOf,
  children: childrenOf,
  parent: ({ state }, node) => parentOf(state, node),
  id: nodeId,
  item: (context, node) => markProblems(context.findings, toTreeItem(context, node), node),
  tooltip: async (context, node) => {
    const tooltip = tooltipOf(context, node);
    if (tooltip !== undefined) {
      explainProblems(context.findings, tooltip, node);
    }
    return tooltip;
  },
  changed: changedNodes,
};

function changedNodes(before: TreeContext, after: TreeContext): ChangedNodes<Target> | "all" {
  if (before === after) {
    return { now: [], whenQuiet: [] };
  }
  const changed = changedRows(before.state, after.state);
  if (changed === "all" || visibleServers(before) !== visibleServers(after)) {
    // Drawing each root, with all rows below, keeps the rows known to VS Code.
    const roots = rootsOf(after);
    return hasSameRoots(before, roots) ? { now: roots, whenQuiet: [] } : "all";
  }
  const now = [...changed.servers, ...changed.capabilities];
  // A finding can be about any row of a server, so all of them are redrawn.
  const marked = before.findings === after.findings ? [] : serversWithOtherProblems(before, after);
  // With a filter, rows appear and disappear with their problems.
  return after.state.filter.size > 0
    ? { now: [...now, ...marked], whenQuiet: changed.counts }
    : { now, whenQuiet: [...changed.counts, ...marked] };
}

function hasSameRoots(before: TreeContext, roots: readonly Target[]): boolean {
  const known = rootsOf(before).map(nodeId);
  return (
    known.length === roots.length && roots.every((root, index) => nodeId(root) === known[index])
  );
}

/** Identifies the servers that a filter shows; "" without a filter. */
function visibleServers(context: TreeContext): string {
  return context.state.filter.size === 0
    ? ""
    : JSON.stringify(visibleAccounts(context).map(({ serverIds }) => serverIds));
}

function serversWithOtherProblems(
  before: TreeContext,
  { state, findings }: TreeContext,
): readonly ServerTarget[] {
  return shownAccounts(state).flatMap(({ account, collections }) =>
    [...collections.server.items.keys()]
      .map((serverId) => ({ kind: "server" as const, accountId: account.id, serverId }))
      .filter((address) => {
        const [one, other] = [before.findings.of(address), findings.of(address)];
        return one !== other && one.length + other.length > 0;
      }),
  );
}

function tooltipOf({ state }: TreeContext, node: Target): vscode.MarkdownString | undefined {
  if (node.kind === "account" || node.kind === "group") {
    return undefined;
  }
  const found = findServer(state, node.accountId, node.serverId);
  if (found === undefined) {
    return undefined;
  }
  if (node.kind === "server") {
    return serverTooltip(found.optimistic);
  }
  const shown = catalogueOf(found.optimistic).find(node.kind, node.name);
  return shown && capabilityTooltip(shown);
}
