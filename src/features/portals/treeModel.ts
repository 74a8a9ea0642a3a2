import type { ChangedNodes, TreeModel } from "../../editor/tree/treeModel.ts";
import { shownAccounts } from "../../engine/state.ts";
import type { PortalTarget } from "../../target.ts";
import { explainProblems, markProblems } from "../display/index.ts";
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
  item: (context, node) => markProblems(context.findings, toPortalItem(context, node), node),
  tooltip: async ({ state, findings }, node) => {
    const tooltip = portalNodeTooltip(state, node);
    if (tooltip !== undefined) {
      explainProblems(findings, tooltip, node);
    }
    return tooltip;
  },
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
  { state, findings }: TreeContext,
): readonly PortalTarget[] {
  if (before.findings === findings) {
    return [];
  }
  return shownAccounts(state).flatMap(({ account, collections }) =>
    [...collections.portal.items.keys()]
      .map((portalId) => ({ kind: "portal" as const, accountId: account.id, portalId }))
      .filter((address) => {
        const [one, other] = [before.findings.ofPortal(address), findings.ofPortal(address)];
        return one !== other && one.length + other.length > 0;
      }),
  );
}

function hasSameIds(one: readonly PortalTarget[], other: readonly PortalTarget[]): boolean {
  const ids = one.map(portalNodeId);
  return ids.length === other.length && other.every((node, at) => portalNodeId(node) === ids[at]);
}
