import type { AccountId } from "../model/account.ts";
import type { CallOptions, Client, Listed } from "../model/client.ts";
import { isCancelled } from "../model/failure.ts";
import { sameJson } from "../model/sameJson.ts";
import type { Server } from "../model/server.ts";
import {
  type AccountState,
  type Load,
  newServerState,
  type ServerState,
  withTruth,
} from "./state.ts";
import type { Store } from "./store.ts";

/**
 * Fetches an account's servers into the store. A failure becomes part of the state and keeps the
 * last good data; only cancellation rejects.
 */
export async function refreshAccount(
  store: Store,
  accountId: AccountId,
  client: Client,
  options: CallOptions & { readonly now: () => number },
): Promise<void> {
  const began = revisions(store.state.accounts.get(accountId));
  try {
    const listed = await client.listServers(options);
    store.updateAccount(accountId, (account) => accept(account, listed, began, options.now()));
  } catch (error) {
    if (isCancelled(error)) throw error;
    store.updateAccount(accountId, (account) => ({ ...account, load: failed(account, error) }));
  }
}

function revisions(account: AccountState | undefined): ReadonlyMap<string, number> {
  return new Map([...(account?.servers ?? [])].map(([id, { revision }]) => [id, revision]));
}

function failed(account: AccountState, error: unknown): Load {
  const { load } = account;
  if (load.kind === "loading") return { kind: "failed", error, lastGood: undefined };
  return { kind: "failed", error, lastGood: load.kind === "loaded" ? load.at : load.lastGood };
}

function accept(
  account: AccountState,
  listed: Listed<Server>,
  began: ReadonlyMap<string, number>,
  at: number,
): AccountState {
  const [rejected] = listed.rejected;
  const load: Load =
    rejected === undefined
      ? { kind: "loaded", at }
      : { kind: "failed", error: rejected, lastGood: at };
  const servers = reconcile(account.servers, listed.items, began);
  return { ...account, load, servers };
}

/**
 * The servers of a list, with everything kept that the list can't know: a server that didn't change
 * keeps its object, and one that was written or read since the list began keeps its newer truth.
 */
export function reconcile(
  before: ReadonlyMap<string, ServerState>,
  listed: readonly Server[],
  began: ReadonlyMap<string, number>,
): ReadonlyMap<string, ServerState> {
  const next = new Map<string, ServerState>();
  for (const server of [...listed].sort(byName)) {
    const known = before.get(server.id);
    next.set(server.id, known === undefined ? newServerState(server) : merge(known, server, began));
  }
  return sameMap(before, next) ? before : next;
}

function merge(
  known: ServerState,
  listed: Server,
  began: ReadonlyMap<string, number>,
): ServerState {
  const newer = known.revision !== began.get(listed.id) || known.pending.length > 0;
  if (newer || sameJson(known.truth.received, listed.received)) return known;
  return withTruth(known, listed);
}

function sameMap<T>(one: ReadonlyMap<string, T>, other: ReadonlyMap<string, T>): boolean {
  const others = [...other];
  return (
    one.size === other.size &&
    [...one].every(([key, value], index) => {
      const counterpart = others[index];
      return counterpart?.[0] === key && counterpart[1] === value;
    })
  );
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

function byName(one: Server, other: Server): number {
  return collator.compare(one.name, other.name) || (one.id < other.id ? -1 : 1);
}
