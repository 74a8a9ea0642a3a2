import { TimeSlicer } from "../base/async.ts";
import { sameJson } from "../base/json.ts";
import { byName } from "../base/text.ts";
import type { AccountId } from "../domain/account.ts";
import { isApiError, isCancelled } from "../domain/apiError.ts";
import type { CallOptions, CloudflareClient, Listed } from "../domain/cloudflareClient.ts";
import type { Server } from "../domain/servers/server.ts";
import type { SnapshotCache } from "./ports.ts";
import {
  type AccountState,
  type Load,
  NONE,
  newServerState,
  type ServerState,
  withRemote,
} from "./state.ts";
import type { Store } from "./store.ts";

/** Fetches an account's servers into the store. */
export class Refresher {
  readonly #store: Store;
  readonly #accountId: AccountId;
  readonly #api: CloudflareClient;
  readonly #now: () => number;
  readonly #onWorse: (servers: readonly Server[]) => void;
  readonly #kept: SnapshotCache;
  readonly #onLooked: (askedAt: number) => void;
  /** Not in the state: a poll that changes nothing must change nothing there. */
  #lastGood: number | undefined;
  #answered = false;
  #written: AccountState["servers"] | undefined;

  /**
   * `now` is in milliseconds since 1970. `onWorse` is called with the servers that were ready and
   * aren't any more, `onLooked` with when a list was asked for that was understood as a whole.
   */
  constructor(
    store: Store,
    accountId: AccountId,
    api: CloudflareClient,
    now: () => number,
    onWorse: (servers: readonly Server[]) => void,
    kept: SnapshotCache,
    onLooked: (askedAt: number) => void = () => undefined,
  ) {
    this.#store = store;
    this.#accountId = accountId;
    this.#api = api;
    this.#now = now;
    this.#onWorse = onWorse;
    this.#kept = kept;
    this.#onLooked = onLooked;
  }

  /** Shows what an earlier window saw, until there is an answer. */
  async restore(): Promise<void> {
    const snapshot = await this.#kept.read();
    if (snapshot === undefined) {
      return;
    }
    this.#lastGood ??= snapshot.at;
    this.#update((account) => {
      if (account.load.kind === "loaded" || account.servers.size > 0) {
        return account;
      }
      const told = { items: snapshot.servers, unreadable: [] };
      const servers = reconcile(account.servers, told, new Map());
      return { ...account, servers, load: { ...account.load, lastGood: snapshot.at } };
    });
  }

  /**
   * Resolves with whether all went well. A failure becomes part of the state and keeps the last good
   * data on screen; only cancellation rejects.
   */
  async run(options: CallOptions): Promise<boolean> {
    const before = this.#store.state.accounts.get(this.#accountId);
    const began = captureVersions(before);
    const askedAt = this.#now();
    try {
      const answer = await this.#api.listServers(options);
      const items = await reuseUnchanged(before?.servers ?? new Map(), answer.items);
      options.signal?.throwIfAborted();
      const listed = { ...answer, items };
      this.#lastGood = this.#now();
      this.#update((account) => applyList(account, listed, began, this.#lastGood));
      this.#tellOfWorse(before);
      this.#keep(this.#lastGood);
      const isWhole = listed.rejected.length === 0;
      if (isWhole) {
        this.#onLooked(askedAt);
      }
      return isWhole;
    } catch (error) {
      if (isCancelled(error)) {
        throw error;
      }
      const load: Load = { kind: "failed", error, lastGood: this.#lastGood };
      this.#update((account) => ({ ...account, load }));
      return false;
    }
  }

  /** A window that can't write down what it saw has lost nothing but a head start. */
  #keep(at: number): void {
    const servers = this.#store.state.accounts.get(this.#accountId)?.servers;
    if (servers === undefined || servers === this.#written) {
      return;
    }
    this.#written = servers;
    const truths = [...servers.values()].map(({ remote }) => remote);
    void this.#kept.write({ at, servers: truths }).catch(() => undefined);
  }

  /** Not for the first answer: what was broken before is no news. */
  #tellOfWorse(before: AccountState | undefined): void {
    const after = this.#store.state.accounts.get(this.#accountId);
    const isFirst = !this.#answered;
    this.#answered = true;
    if (isFirst || before === undefined || after === undefined) {
      return;
    }
    const worse = newlyFailing(before.servers, after.servers);
    if (worse.length > 0) {
      this.#onWorse(worse);
    }
  }

  #update(change: (account: AccountState) => AccountState): void {
    this.#store.updateAccount(this.#accountId, change);
  }
}

/** What was known when a list was asked for. */
interface ListVersions {
  readonly membership: number;
  readonly revisions: ReadonlyMap<string, number>;
}

function captureVersions(account: AccountState | undefined): ListVersions {
  const revisions = [...(account?.servers ?? [])].map(
    ([id, { revision }]) => [id, revision] as const,
  );
  return { membership: account?.membership ?? 0, revisions: new Map(revisions) };
}

/** The account with what a list has brought; the same object where that is nothing. */
function applyList(
  account: AccountState,
  listed: Listed<Server>,
  began: ListVersions,
  lastGood: number | undefined,
): AccountState {
  const [rejected] = listed.rejected;
  const load: Load =
    rejected === undefined
      ? { kind: "loaded" }
      : { kind: "failed", error: rejected.error, lastGood };
  const { membership, revisions } = began;
  const items =
    membership === account.membership
      ? listed.items
      : withLocalMembership(account.servers, listed.items);
  const unreadable = listed.rejected.flatMap(({ id }) => id ?? []);
  const servers = reconcile(account.servers, { items, unreadable }, revisions);
  const same = servers === account.servers && sameLoad(load, account.load);
  return same ? account : { ...account, load, servers };
}

/** Every answer has a failure of its own, which says the same as long as the same server is broken. */
function sameLoad(one: Load, other: Load): boolean {
  if (one.kind === "failed" && other.kind === "failed") {
    return sameFailure(one.error, other.error);
  }
  return one.kind === "loaded" && other.kind === "loaded";
}

function sameFailure(one: unknown, other: unknown): boolean {
  return isApiError(one) && isApiError(other) && one.message === other.message;
}

/** A list from before a server was added or deleted here doesn't say which servers there are. */
function withLocalMembership(
  servers: ReadonlyMap<string, ServerState>,
  listed: readonly Server[],
): readonly Server[] {
  const found = new Map(listed.map((server) => [server.id, server]));
  return [...servers].map(([id, { remote }]) => found.get(id) ?? remote);
}

/** The same list, in which a server that is as it was is the very object that is known of it. */
async function reuseUnchanged(
  servers: ReadonlyMap<string, ServerState>,
  listed: readonly Server[],
): Promise<readonly Server[]> {
  const turns = new TimeSlicer();
  const found: Server[] = [];
  for (const server of listed) {
    if (turns.isOver) {
      await turns.next();
    }
    const truth = servers.get(server.id)?.remote;
    found.push(truth !== undefined && sameServer(truth, server) ? truth : server);
  }
  return found;
}

/** What a list tells: its servers, and the ids of those that are in it and couldn't be understood. */
interface Told {
  readonly items: readonly Server[];
  readonly unreadable: readonly string[];
}

/**
 * The servers of a list, with everything kept that the list can't know: a server that didn't change
 * keeps its object, one that was written or read since the list began keeps its newer truth, and one
 * that can't be understood any more stays as it was.
 */
function reconcile(
  before: ReadonlyMap<string, ServerState>,
  { items, unreadable }: Told,
  began: ReadonlyMap<string, number>,
): ReadonlyMap<string, ServerState> {
  const read = items.map((server) => {
    const known = before.get(server.id);
    return known === undefined ? newServerState(server) : merge(known, server, began);
  });
  const kept = unreadable.flatMap((id) => before.get(id) ?? []);
  const states = new Map([...read, ...kept].map((state) => [state.remote.id, state]));
  const next = sorted(states.values());
  return sameMap(before, next) ? before : next;
}

function merge(
  known: ServerState,
  listed: Server,
  began: ReadonlyMap<string, number>,
): ServerState {
  // One that came up only now is from an earlier window, and older than the list.
  const newer = known.revision !== (began.get(listed.id) ?? 0) || known.pending.length > 0;
  if (newer) {
    return known;
  }
  const answered = known.refusals.length === 0 ? known : { ...known, refusals: NONE };
  return sameServer(known.remote, listed) ? answered : withRemote(answered, listed);
}

function sameServer(one: Server, other: Server): boolean {
  return one === other || sameJson(one.received, other.received);
}

/** The servers that were ready and aren't any more, by no doing of this window. */
function newlyFailing(
  before: ReadonlyMap<string, ServerState>,
  after: ReadonlyMap<string, ServerState>,
): readonly Server[] {
  return [...after.values()]
    .filter(
      ({ remote, revision }) =>
        (remote.status === "error" || remote.status === "stale") &&
        before.get(remote.id)?.remote.status === "ready" &&
        before.get(remote.id)?.revision === revision,
    )
    .map(({ remote }) => remote);
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

/** The servers in the order in which they are shown. */
export function sorted(servers: Iterable<ServerState>): ReadonlyMap<string, ServerState> {
  return new Map(
    [...servers]
      .sort((one, other) => byName(one.remote, other.remote))
      .map((server) => [server.remote.id, server]),
  );
}
