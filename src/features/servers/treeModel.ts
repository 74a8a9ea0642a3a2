import { hasSameItems } from "../../base/memo.ts";
import type { ChangedNodes, TreeModel } from "../../editor/tree/treeModel.ts";
import { shownAccounts } from "../../engine/state.ts";
import type { ServerTarget, Target } from "../../target.ts";
import { explainProblems, markProblems, type RowDetails } from "../display/index.ts";
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
export function serversTree(details: RowDetails): TreeModel<Target, TreeContext> {
  return {
    ...TREE,
    async tooltip(context, node) {
      // Nobody sees one before they point at a row.
      const { serverNodeTooltip } = await import("./tooltips.ts");
      const tooltip = await serverNodeTooltip(context, node, details);
      if (tooltip !== undefined) {
        explainProblems(context.findings, tooltip, node);
      }
      return tooltip;
    },
  };
}

const TREE: Omit<TreeModel<Target, TreeContext>, "tooltip"> = {
  roots: rootsOf,
  children: childrenOf,
  parent: ({ state }, node) => parentOf(state, node),
  id: nodeId,
  item: (context, node) => markProblems(context.findings, toTreeItem(context, node), node),
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
  const marked =
    before.findings === after.findings && before.review === after.review
      ? []
      : serversWithOtherMarks(before, after);
  // With a filter, rows appear and disappear with their problems.
  return after.state.filter.size > 0
    ? { now: [...now, ...marked], whenQuiet: changed.counts }
    : { now, whenQuiet: [...changed.counts, ...marked] };
}

function hasSameRoots(before: TreeContext, roots: readonly Target[]): boolean {
  return hasSameItems(rootsOf(before).map(nodeId), roots.map(nodeId));
}

/** Identifies the servers that a filter shows; "" without a filter. */
function visibleServers(context: TreeContext): string {
  return context.state.filter.size === 0
    ? ""
    : JSON.stringify(visibleAccounts(context).map(({ serverIds }) => serverIds));
}

function serversWithOtherMarks(
  before: TreeContext,
  { state, findings, review }: TreeContext,
): readonly ServerTarget[] {
  return shownAccounts(state).flatMap(({ account, collections }) =>
    [...collections.server.items.keys()]
      .map((serverId) => ({ kind: "server" as const, accountId: account.id, serverId }))
      .filter(
        (address) =>
          hasOther(before.findings.of(address), findings.of(address)) ||
          hasOther(before.review.of(address), review.of(address)),
      ),
  );
}

/** Nothing is the same as nothing, also before it was known that there is nothing. */
function hasOther(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one !== other && one.length + other.length > 0;
}
