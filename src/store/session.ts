import type { Account } from "../model/client/account.ts";
import type { Client } from "../model/client/client.ts";
import { isCancelled } from "../model/client/failure.ts";
import { type Change, changesFrom, type Edit } from "../model/edits/edit.ts";
import { type EditResult, NOTHING_DONE } from "../model/edits/editResult.ts";
import { EditQueue } from "./edits/edits.ts";
import { Undoer } from "./edits/undo.ts";
import type { EditOptions } from "./edits/waiting.ts";
import type { Event } from "./emitter.ts";
import { LastingClient } from "./lastingClient.ts";
import { Poller } from "./refresh/poller.ts";
import { Refresher } from "./refresh/refresh.ts";
import { Roster } from "./roster.ts";
import type { SessionSettings } from "./sessionSettings.ts";
import { type Access, findServer, withAccess } from "./state.ts";
import type { Store } from "./store.ts";
import { SyncQueue, type SyncResult } from "./syncs/sync.ts";
import { Upstream } from "./upstream.ts";
import { type Aftermath, Watch } from "./watch/watch.ts";

/** Everything that goes on with one account while it is signed in. */
export class Session {
  readonly account: Account;
  readonly upstream: Upstream;
  readonly roster: Roster;
  readonly undoer: Undoer;
  /** What has become known of a write after its result was told. */
  readonly onAftermath: Event<Aftermath>;
  readonly #store: Store;
  readonly #lasting: LastingClient;
  readonly #poller: Poller;
  readonly #edits: EditQueue;
  readonly #watch: Watch;
  readonly #syncs: SyncQueue;

  constructor(store: Store, account: Account, client: Client, settings: SessionSettings) {
    this.account = account;
    this.#store = store;
    this.#lasting = new LastingClient(client, (change) => this.learn(change));
    const lasting = this.#lasting.client;
    this.upstream = new Upstream(store, account.id, lasting);
    this.roster = new Roster(store, account.id, lasting);
    const keeping = settings.keeping(account.id);
    this.#watch = new Watch(store, account.id, keeping);
    this.#edits = new EditQueue(store, account.id, lasting, {
      keeping,
      watch: this.#watch,
      again: (error) => this.#lasting.renewal(error),
    });
    this.undoer = new Undoer(this.#edits, keeping);
    this.onAftermath = this.#watch.onAftermath;
    this.#syncs = new SyncQueue(store, account.id, lasting, settings.syncs);
    const refresher = new Refresher(
      store,
      account.id,
      lasting,
      keeping.now,
      (servers) => settings.onWorse(account, servers),
      keeping.lastGood,
      (askedAt) => this.#watch.looked(askedAt),
    );
    this.#poller = new Poller(
      (signal) => refresher.run({ signal, priority: "background" }),
      // Asking again and again with a credential that was refused helps nobody.
      () => (this.#isRefused() ? 0 : settings.refreshInterval()),
      keeping.now,
    );
    store.addAccount(account);
    void refresher.restore();
    this.#poller.on();
  }

  /** Resolves when the account's servers have been fetched, or when that has failed or was ended. */
  async refresh(): Promise<void> {
    await this.#poller.now().catch(ignoreCancelled);
  }

  reschedule(): void {
    this.#poller.reschedule();
  }

  /** The account goes on with another credential: what is on screen stays, what waits continues. */
  async replaceClient(client: Client): Promise<void> {
    this.#lasting.replace(client);
    // A refresh that is under way is one with the old credential.
    this.#poller.off();
    this.#poller.on();
    await this.#poller.now().catch(() => this.refresh());
  }

  /** What is known of the credential from an earlier window. */
  learn(change: Partial<Access>): void {
    this.#store.updateAccount(this.account.id, (account) => withAccess(account, change));
    // Refreshes have no next one while the credential is refused.
    if (change.refused === false) this.#poller.reschedule();
  }

  /** @param seen what the person had in view: what is on screen now unless given */
  edit(
    serverId: string,
    edit: Edit,
    options?: EditOptions,
    seen = findServer(this.#store.state, this.account.id, serverId)?.server,
  ): Promise<EditResult> {
    return seen === undefined
      ? Promise.resolve(NOTHING_DONE)
      : this.change(serverId, changesFrom(seen, edit), options);
  }

  /** Never rejects. Waits where the credential is refused, and goes on with the next one. */
  change(serverId: string, changes: readonly Change[], options?: EditOptions): Promise<EditResult> {
    return this.#edits.edit(serverId, changes, options);
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
    this.#lasting.dispose();
    this.#watch.dispose();
    this.#store.removeAccount(this.account.id);
  }

  #isRefused(): boolean {
    return this.#store.state.accounts.get(this.account.id)?.access.refused ?? false;
  }
}

function ignoreCancelled(error: unknown): void {
  if (!isCancelled(error)) throw error;
}
