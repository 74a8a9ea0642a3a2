import type { ChangedNodes, TreeModel } from "../../editor/tree/treeModel.ts";
import type { PortalTarget } from "../../target.ts";
import {
  portalChildrenOf,
  portalNodeId,
  portalParentOf,
  portalRootsOf,
  type TreeContext,
} from "../targets/index.ts";
import { changedPortalRows } from "./changedRows.ts";
import { portalNodeTooltip } from "./tooltips.ts";
import { toPortalItem } from "./treeItems.ts";

/** The tree of the "Portals" view. */
export const PORTALS_TREE: TreeModel<PortalTarget, TreeContext> = {
  roots: portalRootsOf,
  children: portalChildrenOf,
  parent: ({ state }, node) => portalParentOf(state, node),
  id: portalNodeId,
  item: toPortalItem,
  tooltip: async ({ state }, node) => portalNodeTooltip(state, node),
  changed: changedNodes,
};

const NONE: ChangedNodes<PortalTarget> = { now: [], whenQuiet: [] };

function changedNodes(before: TreeContext, after: TreeContext): ChangedNodes<PortalTarget> | "all" {
  const isFiltered = before.state.filter.size > 0 || after.state.filter.size > 0;
  // Without a filter no row here depends on the findings.
  if (before === after || (before.state === after.state && !isFiltered)) {
    return NONE;
  }
  const roots = portalRootsOf(after);
  if (!hasSameIds(portalRootsOf(before), roots)) {
    return "all";
  }
  // Under a filter every change may add or remove rows.
  return isFiltered ? { now: roots, whenQuiet: [] } : changedPortalRows(before.state, after.state);
}

function hasSameIds(one: readonly PortalTarget[], other: readonly PortalTarget[]): boolean {
  const ids = one.map(portalNodeId);
  return ids.length === other.length && other.every((node, at) => portalNodeId(node) === ids[at]);
}
