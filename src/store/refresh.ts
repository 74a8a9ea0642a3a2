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

/** Fetches an account's servers into the store. */
export class Refresher {
  readonly #store: Store;
  readonly #accountId: AccountId;
  readonly #client: Client;
  readonly #now: () => number;
  /** Not in the state: a poll that changes nothing must change nothing there. */
  #lastGood: number | undefined;

  /** `now` is in milliseconds since 1970. */
  constructor(store: Store, accountId: AccountId, client: Client, now: () => number) {
    this.#store = store;
    this.#accountId = accountId;
    this.#client = client;
    this.#now = now;
  }

  /**
   * A failure becomes part of the state and keeps the last good data on screen; only cancellation
   * rejects.
   */
  async run(options: CallOptions): Promise<void> {
    const began = revisions(this.#store.state.accounts.get(this.#accountId));
    try {
      const listed = await this.#client.listServers(options);
      this.#lastGood = this.#now();
      this.#update((account) => accept(account, listed, began, this.#lastGood));
    } catch (error) {
      if (isCancelled(error)) throw error;
      const load: Load = { kind: "failed", error, lastGood: this.#lastGood };
      this.#update((account) => ({ ...account, load }));
    }
  }

  #update(change: (account: AccountState) => AccountState): void {
    this.#store.updateAccount(this.#accountId, change);
  }
}

function revisions(account: AccountState | undefined): ReadonlyMap<string, number> {
  return new Map([...(account?.servers ?? [])].map(([id, { revision }]) => [id, revision]));
}

function accept(
  account: AccountState,
  listed: Listed<Server>,
  began: ReadonlyMap<string, number>,
  lastGood: number | undefined,
): AccountState {
  const [rejected] = listed.rejected;
  const load: Load =
    rejected === undefined ? { kind: "loaded" } : { kind: "failed", error: rejected, lastGood };
  const servers = reconcile(account.servers, listed.items, began);
  const same =
    servers === account.servers && load.kind === "loaded" && account.load.kind === "loaded";
  return same ? account : { ...account, load, servers };
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
