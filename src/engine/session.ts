import { Emitter, type Event } from "../base/emitter.ts";
import { Poller } from "../base/poller.ts";
import type { Account, AccountId } from "../domain/account.ts";
import { isCancelled } from "../domain/apiError.ts";
import { changesFrom, type Edit, type FieldChange } from "../domain/changes/change.ts";
import { NOTHING_DONE, type WriteResult } from "../domain/changes/writeResult.ts";
import type { CloudflareClient } from "../domain/cloudflareClient.ts";
import type { Server } from "../domain/servers/server.ts";
import { type EditOptions, EditQueue } from "./edits/queue.ts";
import { UndoHistory } from "./edits/undo.ts";
import { type LateOutcome, WriteMonitor } from "./edits/writeMonitor.ts";
import { Roster, Upstream } from "./operations.ts";
import type { AccountStorage } from "./ports.ts";
import { ReauthenticatingClient } from "./reauthenticating.ts";
import { Refresher } from "./refresh.ts";
import { type Access, findServer, withAccess } from "./state.ts";
import type { Store } from "./store.ts";
import { type SyncOptions, SyncQueue, type SyncResult } from "./sync/queue.ts";

/** Everything that goes on with one account while it is signed in. */
export class Session {
  readonly account: Account;
  readonly upstream: Upstream;
  readonly roster: Roster;
  readonly undoHistory: UndoHistory;
  /** What has become known of a write after its result was told. */
  readonly onLateOutcome: Event<LateOutcome>;
  readonly #store: Store;
  readonly #reauthenticating: ReauthenticatingClient;
  readonly #poller: Poller;
  readonly #edits: EditQueue;
  readonly #watch: WriteMonitor;
  readonly #syncs: SyncQueue;

  constructor(store: Store, account: Account, inner: CloudflareClient, settings: SessionSettings) {
    this.account = account;
    this.#store = store;
    this.#reauthenticating = new ReauthenticatingClient(inner, (change) => this.learn(change));
    const api = this.#reauthenticating.client;
    this.upstream = new Upstream(store, account.id, api);
    this.roster = new Roster(store, account.id, api);
    const storage = settings.storage(account.id);
    this.#watch = new WriteMonitor(store, account.id, storage);
    this.#edits = new EditQueue(store, account.id, api, {
      storage,
      watch: this.#watch,
      again: (error) => this.#reauthenticating.renewal(error),
    });
    this.undoHistory = new UndoHistory(this.#edits, storage);
    this.onLateOutcome = this.#watch.onLateOutcome;
    this.#syncs = new SyncQueue(store, account.id, api, settings.syncs);
    const refresher = new Refresher(
      store,
      account.id,
      api,
      storage.now,
      (servers) => settings.onWorse(account, servers),
      storage.snapshots,
      (askedAt) => this.#watch.listChecked(askedAt),
    );
    this.#poller = new Poller(
      (signal) => refresher.run({ signal, priority: "background" }),
      // Asking again and again with a credential that was refused helps nobody.
      () => (this.#isRefused() ? 0 : settings.refreshInterval()),
      storage.now,
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
  async replaceClient(api: CloudflareClient): Promise<void> {
    this.#reauthenticating.replace(api);
    // A refresh that is under way is one with the old credential.
    this.#poller.off();
    this.#poller.on();
    await this.#poller.now().catch(() => this.refresh());
  }

  /** What is known of the credential from an earlier window. */
  learn(change: Partial<Access>): void {
    this.#store.updateAccount(this.account.id, (account) => withAccess(account, change));
    // Refreshes have no next one while the credential is refused.
    if (change.refused === false) {
      this.#poller.reschedule();
    }
  }

  /** @param seen what the person had in view: what is on screen now unless given */
  edit(
    serverId: string,
    edit: Edit,
    options?: EditOptions,
    seen = findServer(this.#store.state, this.account.id, serverId)?.optimistic,
  ): Promise<WriteResult> {
    return seen === undefined
      ? Promise.resolve(NOTHING_DONE)
      : this.change(serverId, changesFrom(seen, edit), options);
  }

  /** Never rejects. Waits where the credential is refused, and goes on with the next one. */
  change(
    serverId: string,
    changes: readonly FieldChange[],
    options?: EditOptions,
  ): Promise<WriteResult> {
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
    this.#reauthenticating.dispose();
    this.#watch.dispose();
    this.#store.removeAccount(this.account.id);
  }

  #isRefused(): boolean {
    return this.#store.state.accounts.get(this.account.id)?.access.refused ?? false;
  }
}

function ignoreCancelled(error: unknown): void {
  if (!isCancelled(error)) {
    throw error;
  }
}

/** The sessions of all accounts that are signed in. */
export class Sessions {
  readonly #store: Store;
  readonly #settings: SessionSettings;
  readonly #sessions = new Map<AccountId, Session>();
  readonly #lateOutcomes = new Emitter<LateOutcome>();

  /** Of any account: what has become known of a write after its result was told. */
  readonly onLateOutcome = this.#lateOutcomes.event;

  constructor(store: Store, settings: SessionSettings) {
    this.#store = store;
    this.#settings = settings;
  }

  get all(): readonly Session[] {
    return [...this.#sessions.values()];
  }

  get(id: AccountId): Session | undefined {
    return this.#sessions.get(id);
  }

  /**
   * An account that is open already goes on with the new client. Resolves when the account's servers
   * have been fetched, or when that has failed.
   */
  async open(account: Account, api: CloudflareClient, access: Partial<Access> = {}): Promise<void> {
    const known = this.#sessions.get(account.id);
    if (known !== undefined) {
      const fetched = known.replaceClient(api);
      known.learn(access);
      await fetched;
      return;
    }
    const session = new Session(this.#store, account, api, this.#settings);
    this.#sessions.set(account.id, session);
    session.onLateOutcome((lateOutcome) => this.#lateOutcomes.fire(lateOutcome));
    session.learn(access);
    await session.refresh();
  }

  close(id: AccountId): void {
    this.#sessions.get(id)?.dispose();
    this.#sessions.delete(id);
  }

  /** The refresh interval may have changed. */
  reschedule(): void {
    for (const session of this.#sessions.values()) {
      session.reschedule();
    }
  }

  dispose(): void {
    for (const id of [...this.#sessions.keys()]) {
      this.close(id);
    }
    this.#lateOutcomes.dispose();
  }
}

/** What all accounts have in common. */
interface SessionSettings {
  /** Seconds until the next refresh; 0 for never. Asked for before each pause. */
  readonly refreshInterval: () => number;
  readonly syncs: SyncOptions;
  /** Where an account's locks and journal are kept. */
  readonly storage: (accountId: AccountId) => AccountStorage;
  /** Called with servers that were ready at the last refresh and aren't any more. */
  readonly onWorse: (account: Account, servers: readonly Server[]) => void;
}
