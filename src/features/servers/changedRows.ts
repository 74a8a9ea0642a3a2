import { hasSameItems } from "../../base/memo.ts";
import { catalogueOf, type ExposedCapability } from "../../domain/catalogue/serverCatalogue.ts";
import {
  type AccountState,
  type ServerResource,
  type ServerSync,
  type State,
  shownAccounts,
  syncOf,
} from "../../engine/state.ts";
import type { CapabilityTarget, ServerTarget } from "../../target.ts";

/** The rows that look different from before. */
export interface ChangedRows {
  /** Servers whose row and the rows below it changed. */
  readonly servers: readonly ServerTarget[];
  /** Servers whose row only has other counts. Their changed children are in `capabilities`. */
  readonly counts: readonly ServerTarget[];
  readonly capabilities: readonly CapabilityTarget[];
}

/**
 * Compares two states. "all" means that rows were added, removed or moved. Drawing only the changed
 * rows keeps scroll and focus.
 */
export function changedRows(before: State, after: State): ChangedRows | "all" {
  const one = shownAccounts(before);
  const other = shownAccounts(after);
  // VS Code ignores clicks while it redraws all rows, and an account that just arrived has none.
  if (!hasRows(one) && !hasRows(other)) {
    return { servers: [], counts: [], capabilities: [] };
  }
  if (before.filter !== after.filter) {
    return "all";
  }
  if (one.length !== other.length) {
    return "all";
  }
  const changed: ChangedServer[] = [];
  for (const [index, account] of other.entries()) {
    const known = one[index];
    if (known === undefined || hasMoved(known, account, other.length > 1)) {
      return "all";
    }
    changed.push(...changedServers(known, account));
  }
  // With a filter every change may add or remove rows.
  const isWhole = (each: ChangedServer) => after.filter.size > 0 || !hasSameRows(each);
  const counted = changed.filter((each) => !isWhole(each));
  return {
    servers: changed.filter(isWhole).map(({ row }) => row),
    counts: counted.map(({ row }) => row),
    capabilities: counted.flatMap(changedCapabilities),
  };
}

/** A single account has no row of its own. */
function hasRows(accounts: readonly AccountState[]): boolean {
  return (
    accounts.length > 1 || accounts.some(({ collections }) => collections.server.items.size > 0)
  );
}

function hasMoved(before: AccountState, after: AccountState, hasRow: boolean): boolean {
  return (
    before.account.id !== after.account.id ||
    before.access !== after.access ||
    (hasRow && before.collections.server.load.kind !== after.collections.server.load.kind) ||
    !sameKeys(before, after)
  );
}

function sameKeys(one: AccountState, other: AccountState): boolean {
  return hasSameItems(
    [...one.collections.server.items.keys()],
    [...other.collections.server.items.keys()],
  );
}

interface ChangedServer {
  readonly row: ServerTarget;
  readonly old: ServerResource;
  readonly now: ServerResource;
  /** True when the words about its sync are the same. */
  readonly hasSameSync: boolean;
}

function changedServers(before: AccountState, after: AccountState): readonly ChangedServer[] {
  const known = before.collections.server.items;
  const { items } = after.collections.server;
  if (known === items && before.syncs === after.syncs) {
    return [];
  }
  const accountId = after.account.id;
  return [...items].flatMap(([serverId, now]) => {
    const old = known.get(serverId);
    const hasSameSync = sameSync(syncOf(before, serverId), syncOf(after, serverId));
    if (old === undefined || (old === now && hasSameSync)) {
      return [];
    }
    return [{ row: { kind: "server", accountId, serverId }, old, now, hasSameSync }];
  });
}

/** True when the server's row differs only in its counts and has the same rows below it. */
function hasSameRows({ old, now, hasSameSync }: ChangedServer): boolean {
  const { name, status, authType } = now.optimistic;
  return (
    hasSameSync &&
    old.optimistic.name === name &&
    old.optimistic.status === status &&
    old.optimistic.authType === authType &&
    pairs(old, now).every(([one, other]) => one?.name === other?.name)
  );
}

function changedCapabilities({ row, old, now }: ChangedServer): readonly CapabilityTarget[] {
  return pairs(old, now).flatMap(([one, other]) => {
    if (one === undefined || other === undefined || looksSame(one, other)) {
      return [];
    }
    return [{ ...row, kind: other.kind, name: other.name }];
  });
}

function sameSync(one: ServerSync, other: ServerSync): boolean {
  return one.phase === other.phase && one.last === other.last;
}

type Pair = readonly [ExposedCapability | undefined, ExposedCapability | undefined];

function pairs(old: ServerResource, now: ServerResource): readonly Pair[] {
  const one = catalogueOf(old.optimistic);
  const other = catalogueOf(now.optimistic);
  return (["tools", "prompts"] as const).flatMap((of) => {
    const length = Math.max(one[of].length, other[of].length);
    return Array.from({ length }, (_, index): Pair => [one[of][index], other[of][index]]);
  });
}

function looksSame(one: ExposedCapability, other: ExposedCapability): boolean {
  return (
    one.label === other.label &&
    one.alias === other.alias &&
    one.enabled === other.enabled &&
    one.overridden === other.overridden &&
    one.description === other.description
  );
}
