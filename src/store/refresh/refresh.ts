import type { AccountId } from "../../model/client/account.ts";
import type { CallOptions, Client } from "../../model/client/client.ts";
import { isCancelled } from "../../model/client/failure.ts";
import type { Server } from "../../model/server/server.ts";
import type { LastGood } from "../ports.ts";
import type { AccountState, Load } from "../state.ts";
import type { Store } from "../store.ts";
import { accept, beginning } from "./acceptList.ts";
import { recognised, reconcile, worsened } from "./reconcile.ts";

/** Fetches an account's servers into the store. */
export class Refresher {
  readonly #store: Store;
  readonly #accountId: AccountId;
  readonly #client: Client;
  readonly #now: () => number;
  readonly #onWorse: (servers: readonly Server[]) => void;
  readonly #kept: LastGood;
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
    client: Client,
    now: () => number,
    onWorse: (servers: readonly Server[]) => void,
    kept: LastGood,
    onLooked: (askedAt: number) => void = () => undefined,
  ) {
    this.#store = store;
    this.#accountId = accountId;
    this.#client = client;
    this.#now = now;
    this.#onWorse = onWorse;
    this.#kept = kept;
    this.#onLooked = onLooked;
  }

  /** Shows what an earlier window saw, until there is an answer. */
  async restore(): Promise<void> {
    const snapshot = await this.#kept.read();
    if (snapshot === undefined) return;
    this.#lastGood ??= snapshot.at;
    this.#update((account) => {
      if (account.load.kind === "loaded" || account.servers.size > 0) return account;
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
    const began = beginning(before);
    const askedAt = this.#now();
    try {
      const answer = await this.#client.listServers(options);
      const items = await recognised(before?.servers ?? new Map(), answer.items);
      options.signal?.throwIfAborted();
      const listed = { ...answer, items };
      this.#lastGood = this.#now();
      this.#update((account) => accept(account, listed, began, this.#lastGood));
      this.#tellOfWorse(before);
      this.#keep(this.#lastGood);
      const isWhole = listed.rejected.length === 0;
      if (isWhole) this.#onLooked(askedAt);
      return isWhole;
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
