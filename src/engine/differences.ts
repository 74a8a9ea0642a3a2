import type { Account } from "../domain/account.ts";
import type { Ref } from "../domain/changes/change.ts";
import type {
  Collection,
  Identified,
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
    };

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
    .each((kind) => ({
      kind: kind.name,
      ids: stoppedWorking(kind, before.collections[kind.name], after.collections[kind.name]),
    }))
    .filter(({ ids }) => ids.length > 0)
    .map(({ kind, ids }) => ({
      kind: "stoppedWorking",
      account,
      resources: ids.map((id) => ({ accountId: account.id, kind, id })),
    }));
}

/**
 * Two cases are no news. A resource that was already broken when this window first read it was
 * never seen to work. A resource that this window wrote or read by itself has been reported there;
 * its revision has grown.
 */
function stoppedWorking<Name extends string, T extends Identified, Patch, New>(
  kind: ResourceKind<Name, T, Patch, New>,
  before: Collection<T>,
  after: Collection<T>,
): readonly string[] {
  if (!before.isConfirmed || before.items === after.items) {
    return [];
  }
  return [...after.items].flatMap(([id, { remote, revision }]) => {
    const old = before.items.get(id);
    const isNews =
      old !== undefined &&
      old.revision === revision &&
      old.remote !== remote &&
      kind.hasStoppedWorking(old.remote, remote);
    return isNews ? [id] : [];
  });
}
