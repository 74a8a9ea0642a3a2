import { hasSameItems } from "../../base/memo.ts";
import type { MappedCapability, MappedCatalogue } from "../../domain/portals/exposure.ts";
import type { Portal } from "../../domain/portals/portal.ts";
import type { ChangedNodes } from "../../editor/tree/treeModel.ts";
import {
  type AccountState,
  findMappedCatalogue,
  findMapping,
  findSync,
  healthOf,
  type State,
  shownAccounts,
} from "../../engine/state.ts";
import type { MappingTarget, PortalTarget } from "../../target.ts";

const NONE: ChangedNodes<PortalTarget> = { now: [], whenQuiet: [] };

/** Compares two states with the same roots. */
export function changedPortalRows(before: State, after: State): ChangedNodes<PortalTarget> {
  const known = new Map(shownAccounts(before).map((account) => [account.account.id, account]));
  const changed = shownAccounts(after).map((account) => {
    const one = known.get(account.account.id);
    return one === undefined || !hasSamePortals(one, account)
      ? // Only an account with a row of its own comes here: the roots are the same.
        { now: [{ kind: "account" as const, accountId: account.account.id }], whenQuiet: [] }
      : changedInAccount({ before, after }, one, account);
  });
  return {
    now: changed.flatMap(({ now }) => now),
    whenQuiet: changed.flatMap(({ whenQuiet }) => whenQuiet),
  };
}

function hasSamePortals(one: AccountState, other: AccountState): boolean {
  return hasSameItems(
    [...one.collections.portal.items.keys()],
    [...other.collections.portal.items.keys()],
  );
}

interface Step {
  readonly before: State;
  readonly after: State;
}

function changedInAccount(
  step: Step,
  one: AccountState,
  other: AccountState,
): ChangedNodes<PortalTarget> {
  const isUntouched =
    one.collections === other.collections &&
    one.syncs === other.syncs &&
    one.access === other.access;
  if (isUntouched) {
    return NONE;
  }
  const accountId = other.account.id;
  // In a read-only account no row has a checkbox.
  const isSameAccess = one.access === other.access;
  const changed = [...other.collections.portal.items].map(([portalId, { optimistic }]) => {
    const known = one.collections.portal.items.get(portalId)?.optimistic;
    const isSameRow =
      isSameAccess &&
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
  const was = healthOf(before, accountId, one);
  const is = healthOf(after, accountId, other);
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
  if (known?.name !== server?.name) {
    // The rows of a portal are sorted by name.
    const { accountId, portalId } = node;
    return { now: [{ kind: "portal", accountId, portalId }], whenQuiet: [] };
  }
  const isSameRow =
    one?.phase === other?.phase &&
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
  const all = ({ tools, prompts }: MappedCatalogue) => [...tools, ...prompts];
  const one = findMappedCatalogue(before, node);
  const other = findMappedCatalogue(after, node);
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
