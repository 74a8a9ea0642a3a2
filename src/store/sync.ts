import type { AccountId } from "../model/account.ts";
import type { Client } from "../model/client.ts";
import { isCancelled } from "../model/failure.ts";
import type { Server } from "../model/server.ts";
import { type ServerState, type SyncPhase, withTruth } from "./state.ts";
import type { Store } from "./store.ts";

/** How the sync of one server ended. `error` is set when the call itself failed. */
export interface SyncResult {
  readonly serverId: string;
  readonly server: Server | undefined;
  readonly error: unknown;
  readonly cancelled: boolean;
}

interface Waiting {
  readonly serverId: string;
  readonly done: (result: SyncResult) => void;
}

/** Syncs servers, a bounded number at once, each server once however often it was asked for. */
export class SyncQueue {
  readonly #store: Store;
  readonly #accountId: AccountId;
  readonly #client: Client;
  readonly #concurrency: () => number;
  readonly #results = new Map<string, Promise<SyncResult>>();
  #waiting: readonly Waiting[] = [];
  #running = 0;
  #abort = new AbortController();

  constructor(store: Store, accountId: AccountId, client: Client, concurrency: () => number) {
    this.#store = store;
    this.#accountId = accountId;
    this.#client = client;
    this.#concurrency = concurrency;
  }

  /** Never rejects: how each went is in its result. */
  sync(serverIds: readonly string[]): Promise<readonly SyncResult[]> {
    return Promise.all(serverIds.map((serverId) => this.#enqueue(serverId)));
  }

  /** Ends what runs and forgets what waits. What has finished stays. */
  cancel(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#abort.abort();
    this.#abort = new AbortController();
    for (const { serverId, done } of waiting) {
      done({ serverId, server: undefined, error: undefined, cancelled: true });
    }
  }

  #enqueue(serverId: string): Promise<SyncResult> {
    const known = this.#results.get(serverId);
    if (known !== undefined) return known;
    this.#count((run) => ({ ...run, total: run.total + 1 }));
    this.#setPhase(serverId, "waiting");
    const { promise, resolve } = Promise.withResolvers<SyncResult>();
    const settled = promise.then((result) => this.#finish(result));
    this.#results.set(serverId, settled);
    this.#waiting = [...this.#waiting, { serverId, done: resolve }];
    this.#work();
    return settled;
  }

  #work(): void {
    while (this.#running < this.#concurrency()) {
      const [next, ...rest] = this.#waiting;
      if (next === undefined) return;
      this.#waiting = rest;
      this.#running += 1;
      void this.#run(next).finally(() => {
        this.#running -= 1;
        this.#work();
      });
    }
  }

  async #run({ serverId, done }: Waiting): Promise<void> {
    this.#setPhase(serverId, "running");
    const { signal } = this.#abort;
    try {
      await this.#client.syncServer(serverId, { signal });
      // The answer carries no catalogue.
      const server = await this.#client.readServer(serverId, { signal });
      done({ serverId, server, error: undefined, cancelled: false });
    } catch (error) {
      const cancelled = isCancelled(error);
      done({ serverId, server: undefined, error: cancelled ? undefined : error, cancelled });
    }
  }

  #finish(result: SyncResult): SyncResult {
    const { serverId, server } = result;
    this.#results.delete(serverId);
    this.#store.updateServer(this.#accountId, serverId, (state) => settle(state, server));
    this.#count((run) => ({ ...run, done: run.done + 1 }));
    return result;
  }

  #setPhase(serverId: string, sync: SyncPhase): void {
    this.#store.updateServer(this.#accountId, serverId, (server) => ({ ...server, sync }));
  }

  #count(change: (run: { total: number; done: number }) => { total: number; done: number }): void {
    this.#store.updateAccount(this.#accountId, (account) => {
      const run = change(account.syncRun ?? { total: 0, done: 0 });
      return { ...account, syncRun: run.done === run.total ? undefined : run };
    });
  }
}

function settle(state: ServerState, truth: Server | undefined): ServerState {
  const settled = { ...state, sync: undefined };
  if (truth === undefined) return settled;
  return { ...withTruth(settled, truth), revision: state.revision + 1 };
}
