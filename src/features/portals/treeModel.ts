import type { MappedCapability } from "../../domain/portals/exposure.ts";
import type { Portal } from "../../domain/portals/portal.ts";
import type { ChangedNodes, TreeModel } from "../../editor/tree/treeModel.ts";
import { type AccountState, findSync, type State, shownAccounts } from "../../engine/state.ts";
import type { MappingTarget, PortalTarget } from "../../manifest.ts";
import { portalHealth } from "./health.ts";
import {
  catalogueIn,
  findMapping,
  portalChildrenOf,
  portalNodeId,
  portalParentOf,
  portalRootsOf,
} from "./nodes.ts";
import { portalNodeTooltip } from "./tooltips.ts";
import { toPortalItem } from "./treeItems.ts";

/** The tree of the "Portals" view. */
export const PORTALS_TREE: TreeModel<PortalTarget, State> = {
  roots: portalRootsOf,
  children: portalChildrenOf,
  parent: portalParentOf,
  id: portalNodeId,
  item: toPortalItem,
  tooltip: async (state, node) => portalNodeTooltip(state, node),
  changed: changedPortalRows,
};

/** Compares two states. "all" means that roots were added, removed or moved. */
function changedPortalRows(before: State, after: State): ChangedNodes<PortalTarget> | "all" {
  const one = shownAccounts(before);
  const other = shownAccounts(after);
  if (one.length !== other.length) {
    return "all";
  }
  const changed = other.map((account, index): ChangedNodes<PortalTarget> | "all" => {
    const known = one[index];
    return known === undefined || !hasSameRoots(known, account)
      ? "all"
      : changedInAccount({ before, after }, known, account);
  });
  const rows = changed.flatMap((each) => (each === "all" ? [] : [each]));
  return rows.length < changed.length
    ? "all"
    : {
        now: rows.flatMap(({ now }) => now),
        whenQuiet: rows.flatMap(({ whenQuiet }) => whenQuiet),
      };
}

function hasSameRoots(one: AccountState, other: AccountState): boolean {
  const ids = [...other.collections.portal.items.keys()];
  const known = one.collections.portal.items;
  return (
    one.account.id === other.account.id &&
    known.size === ids.length &&
    [...known.keys()].every((id, index) => id === ids[index])
  );
}

interface Step {
  readonly before: State;
  readonly after: State;
}

const NONE: ChangedNodes<PortalTarget> = { now: [], whenQuiet: [] };

function changedInAccount(
  step: Step,
  one: AccountState,
  other: AccountState,
): ChangedNodes<PortalTarget> {
  if (one.collections === other.collections && one.syncs === other.syncs) {
    return NONE;
  }
  const accountId = other.account.id;
  const changed = [...other.collections.portal.items].map(([portalId, { optimistic }]) => {
    const known = one.collections.portal.items.get(portalId)?.optimistic;
    const isSameRow =
      known !== undefined &&
      looksSame(known, optimistic) &&
      hasSameHealth(step, accountId, known, optimistic);
    return isSameRow
      ? changedInPortal(step, accountId, optimistic)
      : { now: [{ kind: "portal" as const, accountId, portalId }], whenQuiet: [] };
  });
  return {
    now: changed.flatMap(({ now }) => now),
    whenQuiet: changed.flatMap(({ whenQuiet }) => whenQuiet),
  };
}

/** True when the portal's own row is the same and has the same rows below it. */
function looksSame(one: Portal, other: Portal): boolean {
  return (
    one.name === other.name &&
    one.hostname === other.hostname &&
    one.mappings.size === other.mappings.size &&
    [...one.mappings.keys()].every((id) => other.mappings.has(id))
  );
}

function hasSameHealth(
  { before, after }: Step,
  accountId: string,
  one: Portal,
  other: Portal,
): boolean {
  const was = portalHealth(before, accountId, one);
  const is = portalHealth(after, accountId, other);
  return was.worst === is.worst && was.words === is.words;
}

function changedInPortal(
  step: Step,
  accountId: string,
  { id: portalId, mappings }: Portal,
): ChangedNodes<PortalTarget> {
  const changed = [...mappings.keys()].map((serverId) =>
    changedInMapping(step, { kind: "mapping", accountId, portalId, serverId }),
  );
  return {
    now: changed.flatMap(({ now }) => now),
    whenQuiet: changed.flatMap(({ whenQuiet }) => whenQuiet),
  };
}

function changedInMapping(step: Step, node: MappingTarget): ChangedNodes<PortalTarget> {
  const [one, other] = [step.before, step.after].map((state) => ({
    found: findMapping(state, node),
    phase: findSync(state, node.accountId, node.serverId).phase,
  }));
  const isUntouched =
    one?.found?.mapping === other?.found?.mapping &&
    one?.found?.server === other?.found?.server &&
    one?.phase === other?.phase;
  if (isUntouched) {
    return NONE;
  }
  const server = other?.found?.server;
  const known = one?.found?.server;
  const isSameRow =
    one?.phase === other?.phase &&
    known?.name === server?.name &&
    known?.status === server?.status &&
    known?.authType === server?.authType &&
    one?.found?.mapping.defaultDisabled === other?.found?.mapping.defaultDisabled;
  const capabilities = isSameRow ? changedCapabilities(step, node) : "rows";
  return capabilities === "rows"
    ? { now: [node], whenQuiet: [] }
    : { now: capabilities, whenQuiet: capabilities.length === 0 ? [] : [node] };
}

/** The rows that look different; "rows" when some were added, removed or moved. */
function changedCapabilities(
  { before, after }: Step,
  node: MappingTarget,
): readonly PortalTarget[] | "rows" {
  const all = ({ tools, prompts }: NonNullable<ReturnType<typeof catalogueIn>>) => [
    ...tools,
    ...prompts,
  ];
  const one = catalogueIn(before, node);
  const other = catalogueIn(after, node);
  if (one === undefined || other === undefined) {
    return "rows";
  }
  const known = all(one);
  const now = all(other);
  const isSameList =
    known.length === now.length &&
    now.every(({ kind, name }, index) => {
      const counterpart = known[index];
      return counterpart?.kind === kind && counterpart.name === name;
    });
  return isSameList
    ? now
        .filter((shown, index) => !capabilityLooksSame(known[index], shown))
        .map(({ kind, name }) => ({ ...node, kind, name }))
    : "rows";
}

function capabilityLooksSame(one: MappedCapability | undefined, other: MappedCapability): boolean {
  return (
    one?.label === other.label &&
    one.enabled === other.enabled &&
    one.resolved.enabled.from === other.resolved.enabled.from &&
    one.overridden === other.overridden &&
    one.description === other.description
  );
}
