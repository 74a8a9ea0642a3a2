import { hasSameItems } from "../../base/memo.ts";
import type { ChangedNodes, TreeModel } from "../../editor/tree/treeModel.ts";
import { shownAccounts } from "../../engine/state.ts";
import type { PortalAddress, PortalTarget } from "../../target.ts";
import { explainProblems, markProblems, type RowDetails } from "../display/index.ts";
import {
  portalChildrenOf,
  portalNodeId,
  portalParentOf,
  portalRootsOf,
  type TreeContext,
} from "../targets/index.ts";
import { changedPortalRows } from "./changedRows.ts";
import { toPortalItem } from "./treeItems.ts";

/** The tree of the "Portals" view. */
export function portalsTree(details: RowDetails): TreeModel<PortalTarget, TreeContext> {
  return {
    ...TREE,
    async tooltip(context, node) {
      // Nobody sees one before they point at a row.
      const { portalNodeTooltip } = await import("./tooltips.ts");
      const tooltip = await portalNodeTooltip(context, node, details);
      if (tooltip !== undefined) {
        explainProblems(context.findings, tooltip, node);
      }
      return tooltip;
    },
  };
}

const TREE: Omit<TreeModel<PortalTarget, TreeContext>, "tooltip"> = {
  roots: portalRootsOf,
  children: portalChildrenOf,
  parent: ({ state }, node) => portalParentOf(state, node),
  id: portalNodeId,
  item: (context, node) => markProblems(context.findings, toPortalItem(context, node), node),
  changed: changedNodes,
};

const NONE: ChangedNodes<PortalTarget> = { now: [], whenQuiet: [] };

function changedNodes(before: TreeContext, after: TreeContext): ChangedNodes<PortalTarget> | "all" {
  if (before === after) {
    return NONE;
  }
  const roots = portalRootsOf(after);
  if (!hasSameIds(portalRootsOf(before), roots)) {
    return "all";
  }
  // Under a filter every change may add or remove rows.
  if (before.state.filter.size > 0 || after.state.filter.size > 0) {
    return { now: roots, whenQuiet: [] };
  }
  const { now, whenQuiet } =
    before.state === after.state ? NONE : changedPortalRows(before.state, after.state);
  return { now, whenQuiet: [...whenQuiet, ...portalsWithOtherProblems(before, after)] };
}

/** A finding can be about any row of a portal, so all of them are redrawn. */
function portalsWithOtherProblems(
  before: TreeContext,
  { state, findings, review }: TreeContext,
): readonly PortalTarget[] {
  if (before.findings === findings && before.review === review) {
    return [];
  }
  const hasOther = (address: PortalAddress): boolean => {
    const [one, other] = [before.findings.ofPortal(address), findings.ofPortal(address)];
    return before.findings !== findings && one !== other && one.length + other.length > 0;
  };
  return shownAccounts(state).flatMap(({ account, collections }) =>
    [...collections.portal.items.keys()]
      .map((portalId) => ({ kind: "portal" as const, accountId: account.id, portalId }))
      .filter(
        (address) =>
          hasOther(address) ||
          before.review.reconnectOf?.(address) !== review.reconnectOf?.(address),
      ),
  );
}

function hasSameIds(one: readonly PortalTarget[], other: readonly PortalTarget[]): boolean {
  return hasSameItems(one.map(portalNodeId), other.map(portalNodeId));
}
