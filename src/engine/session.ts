import { Emitter, type Event } from "../base/emitter.ts";
import { Poller } from "../base/poller.ts";
import type { Account, AccountId } from "../domain/account.ts";
import { isCancelled } from "../domain/apiError.ts";
import type { ChangeSet } from "../domain/changes/change.ts";
import { NOTHING_DONE, type WriteResult } from "../domain/changes/writeResult.ts";
import type { CallOptions } from "../domain/cloudflareClient.ts";
import type { RedirectUri } from "../domain/portals/portal.ts";
import type { Resources } from "../domain/resources/kinds.ts";
import type { ResourceKind } from "../domain/resources/resource.ts";
import { type AnyCollectionSession, CollectionSession } from "./collectionSession.ts";
import type { SaveOptions } from "./edits/queue.ts";
import { UndoHistory } from "./edits/undo.ts";
import type { LateOutcome } from "./edits/writeMonitor.ts";
import { Operations } from "./operations.ts";
import type { AccountStorage } from "./ports.ts";
import type { CreationClient } from "./reach/create.ts";
import { KnownSurroundings, SLOW_PACE } from "./reach/knownSurroundings.ts";
import type { ReachClient } from "./reach/look.ts";
import { type CredentialClient, ReauthenticatingClient } from "./reauthenticating.ts";
import { type Access, withAccess } from "./state.ts";
import type { Store } from "./store.ts";
import { type SyncLimits, SyncQueue, type SyncResult } from "./sync/queue.ts";
import { Usage } from "./usage.ts";

interface SessionOptions {
  readonly store: Store;
  readonly account: Account;
  /** The client with the first credential. */
  readonly client: CredentialClient;
  readonly settings: SessionSettings;
}

/** An account and the credential that it is signed in with. */
export interface OpenedAccount extends CredentialClient {
  readonly account: Account;
  /** True when an earlier window learned that this credential may only read. */
  readonly readOnly: boolean;
}

/** All that runs for one account while it is signed in. */
export class Session {
  readonly account: Account;
  readonly undoHistory: UndoHistory;
  readonly usage: Usage;
  /** Looks at and creates what surrounds portals, for which the credential may lack permissions. */
  readonly surroundings: ReachClient & CreationClient;
  readonly knownSurroundings: KnownSurroundings;
  readonly #store: Store;
  readonly #reauthenticating: ReauthenticatingClient;
  readonly #poller: Poller;
  readonly #slowPoller: Poller;
  readonly #collections: readonly AnyCollectionSession[];
  readonly #syncs: SyncQueue;
  readonly #lateOutcomes = new Emitter<LateOutcome>();

  /** Fires when a fact about a write becomes known after its result was reported. */
  readonly onLateOutcome: Event<LateOutcome> = this.#lateOutcomes.event;

  constructor({ store, account, client, settings }: SessionOptions) {
    this.account = account;
    this.#store = store;
    this.#reauthenticating = new ReauthenticatingClient(client, (change) =>
      this.updateAccess(change),
    );
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
    this.surroundings = this.#reauthenticating.besides;
    this.knownSurroundings = new KnownSurroundings(this.surroundings, () => {
      const known = store.state.accounts.get(account.id)?.collections.portal;
      return known?.isConfirmed ? [...known.items.values()].map(({ remote }) => remote) : [];
    });
    this.usage = new Usage({ api, now: storage.now });
    this.#syncs = new SyncQueue({ store, accountId: account.id, api, ...settings.syncs });
    // Polling with a refused credential is useless.
    const interval = () => (this.#isRefused() ? 0 : settings.refreshInterval());
    this.#poller = new Poller(
      (signal) => this.#refresh({ signal, priority: "background" }),
      interval,
      storage.now,
    );
    this.#slowPoller = new Poller(
      async (signal) => {
        await this.knownSurroundings.read({ signal, priority: "background" });
        return true;
      },
      () => (interval() === 0 ? 0 : Math.max(interval(), SLOW_PACE)),
      storage.now,
    );
    store.addAccount(account);
    for (const collection of this.#collections) {
      void collection.restore();
    }
    this.#poller.on();
    this.#slowPoller.on();
  }

  /**
   * Resolves when a fetch of the account's resources has succeeded, failed or been cancelled. The
   * fetch begins after this call, since one under way may have missed what has changed meanwhile.
   */
  async refresh(): Promise<void> {
    const isUnderWay = this.#poller.isRunning;
    const isUncancelled = await this.#poller.now().then(() => true, ifCancelled);
    if (isUnderWay && isUncancelled) {
      await this.#poller.now().catch(ifCancelled);
    }
  }

  /** Reads again what stands beside the portals, which nobody waits for. */
  lookAround(): void {
    // It rejects only when the session ends.
    this.#slowPoller.now().catch(() => undefined);
  }

  reschedule(): void {
    this.#poller.reschedule();
    this.#slowPoller.reschedule();
  }

  /** Continues with another credential: the screen keeps its data, and waiting calls resume. */
  async replaceClient(client: CredentialClient): Promise<void> {
    this.#reauthenticating.replace(client);
    // A refresh under way uses the old credential.
    for (const poller of [this.#poller, this.#slowPoller]) {
      poller.off();
      poller.on();
    }
    await this.#poller.now().catch(() => this.refresh());
  }

  /** Records what is known of the credential, from an answer or from an earlier window. */
  updateAccess(change: Partial<Access>): void {
    this.#store.updateAccount(this.account.id, (account) => withAccess(account, change));
    // No refresh is scheduled while the credential is refused.
    if (change.refused === false) {
      this.#poller.reschedule();
    }
  }

  /** Never rejects. Waits while the credential is refused, and continues with the next one. */
  save(changeSet: ChangeSet, options?: SaveOptions): Promise<WriteResult> {
    const collection = this.#collectionOf(changeSet);
    return collection?.edits.save(changeSet, options) ?? Promise.resolve(NOTHING_DONE);
  }

  /** Operations on resources of a kind that aren't edits. */
  operations<K extends keyof Resources, Patch, New>(
    kind: ResourceKind<K, Resources[K], Patch, New>,
  ): Operations<K, Resources[K], Patch, New> {
    const store = this.#store.collection(this.account.id, kind.name);
    return new Operations({ kind, store, api: this.#reauthenticating.client });
  }

  /** Names of the portals that have this server. Rejects with an ApiError. */
  async portalsOf(serverId: string): Promise<readonly string[]> {
    const { items } = await this.#reauthenticating.client.listPortals();
    return items.filter(({ mappings }) => mappings.has(serverId)).map(({ name }) => name);
  }

  /** Asked each time, because a server and its portal both decide it. Rejects with an ApiError. */
  redirectUri(of: { readonly portalId: string; readonly serverId: string }): Promise<RedirectUri> {
    return this.#reauthenticating.client.readRedirectUri(of);
  }

  sync(serverIds: readonly string[]): Promise<readonly SyncResult[]> {
    return this.#syncs.sync(serverIds);
  }

  /** Drops what the last syncs brought, once somebody has accepted it. */
  forgetSyncs(serverIds: readonly string[]): void {
    this.#syncs.forget(serverIds);
  }

  cancelSync(): void {
    this.#syncs.cancel();
  }

  /** Removes the account from the store. Later answers have no effect. */
  dispose(): void {
    this.#poller.off();
    this.#slowPoller.off();
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
    if (this.knownSurroundings.isMissing) {
      this.lookAround();
    }
    return all.every((isWhole) => isWhole);
  }

  #collectionOf({ ref }: ChangeSet): AnyCollectionSession | undefined {
    return this.#collections.find(({ kind }) => kind === ref.kind);
  }

  #isRefused(): boolean {
    return this.#store.state.accounts.get(this.account.id)?.access.refused ?? false;
  }
}

/** Nothing is left to fetch after a cancellation. */
function ifCancelled(error: unknown): false {
  if (isCancelled(error)) {
    return false;
  }
  throw error;
}

/** The sessions of all signed-in accounts. */
export class Sessions {
  readonly #store: Store;
  readonly #settings: SessionSettings;
  readonly #sessions = new Map<AccountId, Session>();
  readonly #lateOutcomes = new Emitter<LateOutcome>();
  readonly #surroundingsRead = new Emitter<void>();

  /**
   * Fires for any account when a fact about a write becomes known after its result was reported.
   */
  readonly onLateOutcome = this.#lateOutcomes.event;
  /** Fires for any account when something was read beside its portals. */
  readonly onDidReadSurroundings = this.#surroundingsRead.event;

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
   * Opens a session. An account that is open already continues with the new client. Resolves when
   * the fetch of the account's servers has succeeded or failed.
   */
  async open({ account, readOnly, ...client }: OpenedAccount): Promise<void> {
    const known = this.#sessions.get(account.id);
    if (known !== undefined) {
      const fetched = known.replaceClient(client);
      known.updateAccess({ readOnly });
      await fetched;
      return;
    }
    const session = new Session({ store: this.#store, account, client, settings: this.#settings });
    this.#sessions.set(account.id, session);
    session.onLateOutcome((lateOutcome) => this.#lateOutcomes.fire(lateOutcome));
    session.knownSurroundings.onDidChange(() => this.#surroundingsRead.fire());
    session.updateAccess({ readOnly });
    await session.refresh();
  }

  close(id: AccountId): void {
    this.#sessions.get(id)?.dispose();
    this.#sessions.delete(id);
  }

  /** Call this when the refresh interval may have changed. */
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
    this.#surroundingsRead.dispose();
  }
}

/** Settings that all accounts share. */
interface SessionSettings {
  /** Seconds until the next refresh; 0 for never. Read before each pause. */
  readonly refreshInterval: () => number;
  readonly syncs: SyncLimits;
  /** Where an account's locks and journal are kept. */
  readonly storage: (accountId: AccountId) => AccountStorage;
}
