import type { AccountId } from "../model/account.ts";
import type { CallOptions, Client, Listed } from "../model/client.ts";
import { isCancelled } from "../model/failure.ts";
import type { Server } from "../model/server.ts";
import type { LastGood } from "./ports.ts";
import { knownHere, recognised, reconcile, worsened } from "./reconcile.ts";
import type { AccountState, Load } from "./state.ts";
import type { Store } from "./store.ts";

/** Fetches an account's servers into the store. */
export class Refresher {
  readonly #store: Store;
  readonly #accountId: AccountId;
  readonly #client: Client;
  readonly #now: () => number;
  readonly #onWorse: (servers: readonly Server[]) => void;
  readonly #kept: LastGood;
  /** Not in the state: a poll that changes nothing must change nothing there. */
  #lastGood: number | undefined;
  #answered = false;
  #written: AccountState["servers"] | undefined;

  /**
   * `now` is in milliseconds since 1970. `onWorse` is called with the servers that were ready and
   * aren't any more.
   */
  constructor(
    store: Store,
    accountId: AccountId,
    client: Client,
    now: () => number,
    onWorse: (servers: readonly Server[]) => void,
    kept: LastGood,
  ) {
    this.#store = store;
    this.#accountId = accountId;
    this.#client = client;
    this.#now = now;
    this.#onWorse = onWorse;
    this.#kept = kept;
  }

  /** Shows what an earlier window saw, until there is an answer. */
  async restore(): Promise<void> {
    const snapshot = await this.#kept.read();
    if (snapshot === undefined) return;
    this.#lastGood ??= snapshot.at;
    this.#update((account) => {
      if (account.load.kind === "loaded" || account.servers.size > 0) return account;
      const servers = reconcile(account.servers, snapshot.servers, new Map());
      return { ...account, servers, load: { ...account.load, lastGood: snapshot.at } };
    });
  }

  /**
   * Resolves with whether all went well. A failure becomes part of the state and keeps the last good
   * data on screen; only cancellation rejects.
   */
  async run(options: CallOptions): Promise<boolean> {
    const before = this.#store.state.accounts.get(this.#accountId);
    const began = beginning(before);
    try {
      const answer = await this.#client.listServers(options);
      const items = await recognised(before?.servers ?? new Map(), answer.items);
      options.signal?.throwIfAborted();
      const listed = { ...answer, items };
      this.#lastGood = this.#now();
      this.#update((account) => accept(account, listed, began, this.#lastGood));
      this.#tellOfWorse(before);
      this.#keep(this.#lastGood);
      return listed.rejected.length === 0;
    } catch (error) {
      if (isCancelled(error)) throw error;
      const load: Load = { kind: "failed", error, lastGood: this.#lastGood };
      this.#update((account) => ({ ...account, load }));
      return false;
    }
  }

  /** A window that can't write down what it saw has lost nothing but a head start. */
  #keep(at: number): void {
    const servers = this.#store.state.accounts.get(this.#accountId)?.servers;
    if (servers === undefined || servers === this.#written) return;
    this.#written = servers;
    const truths = [...servers.values()].map(({ truth }) => truth);
    void this.#kept.write({ at, servers: truths }).catch(() => undefined);
  }

  /** Not for the first answer: what was broken before is no news. */
  #tellOfWorse(before: AccountState | undefined): void {
    const after = this.#store.state.accounts.get(this.#accountId);
    const isFirst = !this.#answered;
    this.#answered = true;
    if (isFirst || before === undefined || after === undefined) return;
    const worse = worsened(before.servers, after.servers);
    if (worse.length > 0) this.#onWorse(worse);
  }

  #update(change: (account: AccountState) => AccountState): void {
    this.#store.updateAccount(this.#accountId, change);
  }
}

/** What was known when a list was asked for. */
export interface Beginning {
  readonly membership: number;
  readonly revisions: ReadonlyMap<string, number>;
}

function beginning(account: AccountState | undefined): Beginning {
  const revisions = [...(account?.servers ?? [])].map(
    ([id, { revision }]) => [id, revision] as const,
  );
  return { membership: account?.membership ?? 0, revisions: new Map(revisions) };
}

function accept(
  account: AccountState,
  listed: Listed<Server>,
  began: Beginning,
  lastGood: number | undefined,
): AccountState {
  const [rejected] = listed.rejected;
  const load: Load =
    rejected === undefined ? { kind: "loaded" } : { kind: "failed", error: rejected, lastGood };
  const { membership, revisions } = began;
  const items =
    membership === account.membership ? listed.items : knownHere(account.servers, listed.items);
  const servers = reconcile(account.servers, items, revisions);
  const same =
    servers === account.servers && load.kind === "loaded" && account.load.kind === "loaded";
  return same ? account : { ...account, load, servers };
}
