import { Emitter, type Event } from "../base/emitter.ts";
import { Poller } from "../base/poller.ts";
import type { Account, AccountId } from "../domain/account.ts";
import { isCancelled } from "../domain/apiError.ts";
import type { ChangeSet } from "../domain/changes/change.ts";
import { NOTHING_DONE, type WriteResult } from "../domain/changes/writeResult.ts";
import type { CallOptions, CloudflareClient } from "../domain/cloudflareClient.ts";
import type { Resources } from "../domain/resources/kinds.ts";
import type { ResourceKind } from "../domain/resources/resource.ts";
import { type AnyCollectionSession, CollectionSession } from "./collectionSession.ts";
import type { SaveOptions } from "./edits/queue.ts";
import { UndoHistory } from "./edits/undo.ts";
import type { LateOutcome } from "./edits/writeMonitor.ts";
import { Operations } from "./operations.ts";
import type { AccountStorage } from "./ports.ts";
import { ReauthenticatingClient } from "./reauthenticating.ts";
import { type Access, withAccess } from "./state.ts";
import type { Store } from "./store.ts";
import { type SyncLimits, SyncQueue, type SyncResult } from "./sync/queue.ts";

interface SessionOptions {
  readonly store: Store;
  readonly account: Account;
  /** What is asked with the first credential. */
  readonly api: CloudflareClient;
  readonly settings: SessionSettings;
}

/** Everything that goes on with one account while it is signed in. */
export class Session {
  readonly account: Account;
  readonly undoHistory: UndoHistory;
  readonly #store: Store;
  readonly #reauthenticating: ReauthenticatingClient;
  readonly #poller: Poller;
  readonly #collections: readonly AnyCollectionSession[];
  readonly #syncs: SyncQueue;
  readonly #lateOutcomes = new Emitter<LateOutcome>();

  /** What has become known of a write after its result was told. */
  readonly onLateOutcome: Event<LateOutcome> = this.#lateOutcomes.event;

  constructor({ store, account, api: inner, settings }: SessionOptions) {
    this.account = account;
    this.#store = store;
    this.#reauthenticating = new ReauthenticatingClient(inner, (change) => this.learn(change));
    const api = this.#reauthenticating.client;
    const storage = settings.storage(account.id);
    this.#collections = store.resources.each(
      (kind) =>
        new CollectionSession({
          kind,
          store: store.collection(account.id, kind.name),
          api,
          storage,
          again: (error) => this.#reauthenticating.renewal(error),
        }),
    );
    for (const collection of this.#collections) {
      collection.onLateOutcome((lateOutcome) => this.#lateOutcomes.fire(lateOutcome));
    }
    this.undoHistory = new UndoHistory({
      storage,
      isKnown: (write) => this.#collectionOf(write)?.isKnown(write) ?? false,
      save: (changeSet, options) => this.save(changeSet, options),
    });
    this.#syncs = new SyncQueue({ store, accountId: account.id, api, ...settings.syncs });
    this.#poller = new Poller(
      (signal) => this.#refresh({ signal, priority: "background" }),
      // Asking again and again with a credential that was refused helps nobody.
      () => (this.#isRefused() ? 0 : settings.refreshInterval()),
      storage.now,
    );
    store.addAccount(account);
    for (const collection of this.#collections) {
      void collection.restore();
    }
    this.#poller.on();
  }

  /** Resolves when the account's resources have been fetched, or when that has failed or was ended. */
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

  /** Never rejects. Waits where the credential is refused, and goes on with the next one. */
  save(changeSet: ChangeSet, options?: SaveOptions): Promise<WriteResult> {
    const collection = this.#collectionOf(changeSet);
    return collection?.save(changeSet, options) ?? Promise.resolve(NOTHING_DONE);
  }

  /** What is done to resources of a kind past the edits. */
  operations<K extends keyof Resources, Patch, New>(
    kind: ResourceKind<K, Resources[K], Patch, New>,
  ): Operations<K, Resources[K], Patch, New> {
    const store = this.#store.collection(this.account.id, kind.name);
    return new Operations({ kind, store, api: this.#reauthenticating.client });
  }

  /** Names of the portals that have this server. Rejects with an ApiError. */
  async portalsOf(serverId: string): Promise<readonly string[]> {
    const { items } = await this.#reauthenticating.client.listPortals();
    return items
      .filter(({ servers }) => servers.some(({ server }) => server.id === serverId))
      .map(({ name }) => name);
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
    for (const collection of this.#collections) {
      collection.dispose();
    }
    this.#lateOutcomes.dispose();
    this.#store.removeAccount(this.account.id);
  }

  async #refresh(options: CallOptions): Promise<boolean> {
    const all = await Promise.all(
      this.#collections.map((collection) => collection.refresh(options)),
    );
    return all.every((isWhole) => isWhole);
  }

  #collectionOf({ ref }: ChangeSet): AnyCollectionSession | undefined {
    return this.#collections.find(({ kind }) => kind === ref.kind);
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
    const session = new Session({ store: this.#store, account, api, settings: this.#settings });
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
  readonly syncs: SyncLimits;
  /** Where an account's locks and journal are kept. */
  readonly storage: (accountId: AccountId) => AccountStorage;
}
