import type { Account } from "../model/account.ts";
import type { Client } from "../model/client.ts";
import type { Edit } from "../model/edit.ts";
import { EditQueue } from "./edits.ts";
import { Poller } from "./poller.ts";
import { Refresher } from "./refresh.ts";
import type { Store } from "./store.ts";
import { SyncQueue, type SyncResult } from "./sync.ts";

export interface SessionSettings {
  /** Seconds until the next refresh; 0 for never. Asked for before each pause. */
  readonly refreshInterval: () => number;
  /** Syncs under way at once. */
  readonly syncConcurrency: () => number;
}

/** Everything that goes on with one account while it is signed in. */
export class Session {
  readonly account: Account;
  readonly #store: Store;
  readonly #poller: Poller;
  readonly #edits: EditQueue;
  readonly #syncs: SyncQueue;

  constructor(store: Store, account: Account, client: Client, settings: SessionSettings) {
    this.account = account;
    this.#store = store;
    this.#edits = new EditQueue(store, account.id, client);
    this.#syncs = new SyncQueue(store, account.id, client, settings.syncConcurrency);
    const refresher = new Refresher(store, account.id, client, Date.now);
    this.#poller = new Poller(
      (signal) => refresher.run({ signal, priority: "background" }),
      settings.refreshInterval,
    );
    store.addAccount(account);
    this.#poller.on();
  }

  /** Resolves when the account's servers have been fetched, or when that has failed. */
  refresh(): Promise<void> {
    return this.#poller.now();
  }

  reschedule(): void {
    this.#poller.reschedule();
  }

  edit(serverId: string, edit: Edit): Promise<void> {
    return this.#edits.edit(serverId, edit);
  }

  sync(serverIds: readonly string[]): Promise<readonly SyncResult[]> {
    return this.#syncs.sync(serverIds);
  }

  cancelSync(): void {
    this.#syncs.cancel();
  }

  /** Nothing of the account is left in the store, and nothing that comes later gets in. */
  dispose(): void {
    this.#poller.off();
    this.#syncs.cancel();
    this.#store.removeAccount(this.account.id);
  }
}
