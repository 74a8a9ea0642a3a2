import type { Account } from "../domain/account.ts";
import type { Ref } from "../domain/changes/change.ts";
import {
  deviationsOf,
  type OverwrittenValue,
  type WrittenValue,
} from "../domain/changes/writtenValues.ts";
import type {
  Collection,
  Identified,
  Resource,
  ResourceKind,
  ResourceTable,
} from "../domain/resources/resource.ts";
import type { AccountState, State } from "./state.ts";

/** A fact to report that shows only when two states are compared. */
export type Difference =
  /** Cloudflare accepted the credential before and no longer does. */
  | { readonly kind: "credentialRefused"; readonly account: Account }
  /** A credential that was refused has been replaced, or its account is gone. */
  | { readonly kind: "credentialReplaced"; readonly account: Account }
  /** The credential turned out to lack the permission to write. */
  | { readonly kind: "readOnly"; readonly account: Account }
  /** Resources of one kind that worked before and no longer do. This window didn't cause it. */
  | {
      readonly kind: "stoppedWorking";
      readonly account: Account;
      readonly resources: readonly Ref[];
    }
  /** Values that this window saved. Another program has replaced them. */
  | {
      readonly kind: "overwritten";
      readonly ref: Ref;
      readonly values: readonly OverwrittenValue[];
    }
  /** Values whose answers were lost. They were saved all the same. */
  | { readonly kind: "arrived"; readonly ref: Ref; readonly values: readonly WrittenValue[] };

export function differencesOf<Types extends { readonly [K in keyof Types]: Identified }>(
  table: ResourceTable<Types>,
  before: State<Types>,
  after: State<Types>,
): readonly Difference[] {
  if (before.accounts === after.accounts) {
    return [];
  }
  const gone = [...before.accounts.values()].filter(
    ({ account, access }) => access.refused && !after.accounts.has(account.id),
  );
  const known = [...after.accounts.values()].flatMap((now) => {
    const old = before.accounts.get(now.account.id);
    return old === undefined || old === now
      ? []
      : [...accessDifferences(old, now), ...resourceDifferences(table, old, now)];
  });
  return [
    ...gone.map(({ account }) => ({ kind: "credentialReplaced", account }) as const),
    ...known,
  ];
}

function accessDifferences<Types>(
  { access: old }: AccountState<Types>,
  { account, access: now }: AccountState<Types>,
): readonly Difference[] {
  const refused = now.refused ? "credentialRefused" : "credentialReplaced";
  return [
    ...(old.refused === now.refused ? [] : [{ kind: refused, account } as const]),
    ...(now.readOnly && !old.readOnly ? [{ kind: "readOnly", account } as const] : []),
  ];
}

function resourceDifferences<Types extends { readonly [K in keyof Types]: Identified }>(
  table: ResourceTable<Types>,
  before: AccountState<Types>,
  after: AccountState<Types>,
): readonly Difference[] {
  const { account } = after;
  return table
    .each((kind): readonly Difference[] => {
      const successors = successorsIn(
        before.collections[kind.name],
        after.collections[kind.name],
      ).map((each) => ({ ...each, ref: { accountId: account.id, kind: kind.name, id: each.id } }));
      const resources = before.collections[kind.name].isConfirmed
        ? successors.filter((each) => hasStoppedWorking(kind, each)).map(({ ref }) => ref)
        : [];
      return [
        ...(resources.length > 0 ? [{ kind: "stoppedWorking", account, resources } as const] : []),
        ...successors.flatMap((each) => writeDifferences(kind, each.ref, each)),
      ];
    })
    .flat();
}

/** A resource that changed, before and after. */
interface Successor<T> {
  readonly old: Resource<T>;
  readonly now: Resource<T>;
}

/** The changed resources, without those that were added or deleted. */
function successorsIn<T>(
  before: Collection<T>,
  after: Collection<T>,
): readonly (Successor<T> & { readonly id: string })[] {
  if (before.items === after.items) {
    return [];
  }
  return [...after.items].flatMap(([id, now]) => {
    const old = before.items.get(id);
    return old === undefined || old === now || old.identity !== now.identity
      ? []
      : [{ id, old, now }];
  });
}

/**
 * A resource that this window wrote or read by itself has been reported there; its revision has
 * grown. One that was already broken when this window first read it was never seen to work.
 */
function hasStoppedWorking<Name extends string, T extends Identified, Patch, New>(
  kind: ResourceKind<Name, T, Patch, New>,
  { old, now }: Successor<T>,
): boolean {
  return (
    old.revision === now.revision &&
    old.remote !== now.remote &&
    kind.hasStoppedWorking(old.remote, now.remote)
  );
}

function writeDifferences<Name extends string, T extends Identified, Patch, New>(
  { fields }: ResourceKind<Name, T, Patch, New>,
  ref: Ref,
  { old, now }: Successor<T>,
): readonly Difference[] {
  if (now.written.size === 0 || (old.written === now.written && old.remote === now.remote)) {
    return [];
  }
  const before = deviationsOf(fields, old.written, old.remote);
  const after = deviationsOf(fields, now.written, now.remote);
  const overwritten = notIn(before.overwritten, after.overwritten);
  const arrived = notIn(before.arrived, after.arrived);
  return [
    ...(arrived.length > 0 ? [{ kind: "arrived", ref, values: arrived } as const] : []),
    ...(overwritten.length > 0 ? [{ kind: "overwritten", ref, values: overwritten } as const] : []),
  ];
}

/** A change keeps its object, so it is found by identity. */
function notIn<V extends WrittenValue>(
  known: readonly WrittenValue[],
  values: readonly V[],
): readonly V[] {
  const changes = new Set(known.map(({ change }) => change));
  return values.filter(({ change }) => !changes.has(change));
}
