import type { Disposable, Event } from "../../base/emitter.ts";
import { isCancelled } from "../../domain/apiError.ts";
import type { Acceptance } from "../../domain/review/baseline.ts";
import { acceptancesOf, type DefinitionChange } from "../../domain/review/changes.ts";
import {
  type CheckChanges,
  type ComparedServer,
  compareServer,
  compareWithAccepted,
  type DecidingFile,
  isSameCatalogue,
  type ShownServer,
} from "../../domain/review/comparison.ts";
import { type Held, leftAsItIs } from "../../domain/review/held.ts";
import { renamedTo } from "../../domain/review/renames.ts";
import type { ShownBaseline } from "../../domain/review/shownBaseline.ts";
import type { CapabilityRef } from "../../domain/servers/fields.ts";
import type { Server } from "../../domain/servers/server.ts";
import type { StorageError } from "../files/storageError.ts";
import type { BaselineStore } from "../ports.ts";
import { type Reconnect, type Reconnects, reconnectKey } from "../reconnects.ts";
import { type AccountState, findServer, type State, serversOf } from "../state.ts";
import type { Derived, ReadonlyStore } from "../store.ts";
import { AccountBaselines, noteFirst } from "./accountBaselines.ts";

interface Address {
  readonly accountId: string;
  readonly serverId: string;
}

/**
 * What waits for a review, and what waits for users to connect again, at one time: since a file of
 * the workspace where one decides, else since what is stored.
 */
export interface ReviewSnapshot {
  /** The worst first. */
  of(address: Address): readonly DefinitionChange[];
  /** Gives "1 new, 2 changed"; "" where nothing waits. */
  inWords(address: Address): string;
  /** Undefined until it has been read, or where nothing was accepted or seen yet. */
  baselineOf(address: Address): ShownBaseline | undefined;
  /** The likely new name of a tool or prompt that is gone. No file of a workspace has a say in it. */
  renamedTo(address: Address, of: CapabilityRef): string | undefined;
  /** Left out before anything is known. */
  reconnectOf?(portal: PortalAddress): Reconnect | undefined;
}

interface PortalAddress {
  readonly accountId: string;
  readonly portalId: string;
}

/** What files of the workspace have accepted. Reading them changes neither them nor what is stored. */
export interface WorkspaceBaselines {
  readonly onDidChange: Event<unknown>;
  /** The same object for as long as the file stays as it is. */
  of(accountId: string): DecidingFile | undefined;
  /** Rejects with the reason why nothing can be accepted into the account's file now. */
  check(accountId: string): Promise<void>;
  /** Accepts definitions of a server that the file has. Rejects where it can't be written. */
  accept(address: Address, acceptances: readonly Acceptance[]): Promise<void>;
}

type ComparedAccount = ReadonlyMap<string, ComparedServer | ShownServer>;

interface ComparedAccounts {
  readonly accounts: ReadonlyMap<string, ComparedAccount>;
  readonly snapshot: Pick<ReviewSnapshot, "of" | "inWords" | "baselineOf">;
}

interface Compared {
  readonly stored: ComparedAccounts;
  readonly shown: ComparedAccounts;
  readonly reconnects: Reconnects["all"];
  readonly snapshot: ReviewSnapshot;
}

export interface ReviewsOptions {
  /** Without it, what is stored decides. */
  readonly workspace?: WorkspaceBaselines;
  readonly reconnects?: Pick<Reconnects, "all" | "onDidChange">;
  /** Undefined for an account for which nothing is stored. */
  baselines(accountId: string): Promise<BaselineStore | undefined>;
  /** Called when the first look at a server couldn't be stored. */
  onUnkept(error: StorageError): void;
  now?(): Date;
}

const NONE: readonly DefinitionChange[] = [];
const NO_SERVERS: ComparedAccount = new Map();
const NONE_WAIT: Reconnects["all"] = new Map();

/** The changes of all servers since their definitions were accepted, derived from the state. */
export class Reviews implements Disposable {
  readonly #store: ReadonlyStore;
  readonly #options: ReviewsOptions;
  readonly #baselines = new Map<string, AccountBaselines>();
  /** Accounts whose baselines are open, or will be soon. */
  readonly #opening = new Set<string>();
  /** What was seen of accounts before their baselines were open. */
  readonly #first = new Map<string, Map<string, Server>>();
  readonly #derived: Derived<Compared>;
  readonly #following: readonly (Disposable | undefined)[];
  #check: CheckChanges;

  /** Fires with the earlier snapshot. */
  readonly onDidChange: Event<unknown>;

  /** @param seen the states before this one, of which the first is the first look */
  constructor(
    store: ReadonlyStore,
    options: ReviewsOptions,
    check: CheckChanges = (_, changes) => changes,
    seen: readonly State[] = [],
  ) {
    this.#store = store;
    this.#check = check;
    this.#options = options;
    for (const account of seen.flatMap(({ accounts }) => [...accounts.values()])) {
      this.#noteFirst(account);
    }
    this.#derived = store.derive(NOTHING, (state, before) => this.#compare(state, before));
    this.onDidChange = this.#derived.onDidChange;
    this.#following = [options.workspace, options.reconnects].map((each) =>
      each?.onDidChange(() => this.#derived.recompute()),
    );
  }

  /** Immutable: a new object whenever a server or a baseline has changed. */
  get snapshot(): ReviewSnapshot {
    return this.#derived.value.snapshot;
  }

  /** The same since what is stored alone, whatever files of the workspace say. */
  get stored(): Pick<ReviewSnapshot, "of" | "baselineOf"> {
    return this.#derived.value.stored.snapshot;
  }

  /**
   * Takes the changed definitions into the baseline of a server, and into the file that decides what
   * is shown of it. Rejects with a StorageError, or where the file can't be written.
   */
  async accept(
    { accountId, serverId }: Address,
    changes: readonly DefinitionChange[],
  ): Promise<void> {
    const server = findServer(this.#store.state, accountId, serverId)?.remote;
    const baselines = this.#baselines.get(accountId);
    if (server === undefined || baselines === undefined) {
      return;
    }
    const acceptances = acceptancesOf(changes);
    const { workspace } = this.#options;
    const file = workspace?.of(accountId)?.accepted.has(serverId) ? workspace : undefined;
    // Somebody's own word counts for hold too, unless it can't be kept where it was given.
    await file?.check(accountId);
    await baselines.accept(server, acceptances);
    await file?.accept({ accountId, serverId }, acceptances);
    this.#derived.recompute();
  }

  /**
   * Runs a task that changes a server as hold wants it, while no other window runs one for it, with
   * the newest baseline. Rejects with a StorageError, or as the task does.
   */
  async inTurn({ accountId, serverId }: Address, task: () => Promise<void>): Promise<void> {
    const baselines = this.#baselines.get(accountId);
    await baselines?.store.inTurn(serverId, async () => {
      const server = findServer(this.#store.state, accountId, serverId)?.remote;
      if (server !== undefined && (await baselines.readAgain(server))) {
        this.#derived.recompute();
      }
      await task();
    });
  }

  /** Keeps what hold has dealt with. Rejects with a StorageError. */
  async keepHeld({ accountId, serverId }: Address, held: readonly Held[]): Promise<void> {
    const server = findServer(this.#store.state, accountId, serverId)?.remote;
    if (server !== undefined) {
      await this.#baselines.get(accountId)?.keepHeld(server, held);
      this.#derived.recompute();
    }
  }

  /** Leaves these off when they are accepted, because somebody wants them off. Rejects as `keepHeld`. */
  async leaveOff(address: Address, capabilities: readonly CapabilityRef[]): Promise<void> {
    const held = this.stored.baselineOf(address)?.heldBack;
    const left = held && leftAsItIs(held, capabilities);
    if (left !== undefined && left !== held) {
      await this.keepHeld(address, left);
    }
  }

  /** Checks all changes again, because what the checks go by has changed. */
  checkWith(check: CheckChanges): void {
    this.#check = check;
    this.#derived.recompute();
  }

  dispose(): void {
    for (const each of this.#following) {
      each?.dispose();
    }
    this.#derived.dispose();
  }

  #compare({ accounts }: State, before: Compared): Compared {
    for (const id of this.#opening.difference(accounts)) {
      this.#opening.delete(id);
      this.#baselines.delete(id);
      this.#first.delete(id);
    }
    const stored = replaced(
      before.stored,
      new Map(
        [...accounts].map(([id, account]) => [
          id,
          this.#compareAccount(account, before.stored.accounts.get(id) ?? NO_SERVERS),
        ]),
      ),
    );
    const shown = this.#compareWithFiles(stored, before.shown);
    const reconnects = this.#options.reconnects?.all ?? NONE_WAIT;
    const isSame =
      stored === before.stored && shown === before.shown && reconnects === before.reconnects;
    return isSame ? before : comparedOf(stored, shown, reconnects);
  }

  /** What is stored of a server without a file is what is shown. */
  #compareWithFiles(stored: ComparedAccounts, before: ComparedAccounts): ComparedAccounts {
    const { workspace } = this.#options;
    const ids = [...stored.accounts.keys()];
    if (workspace === undefined || ids.every((id) => workspace.of(id) === undefined)) {
      return stored;
    }
    return replaced(
      before,
      new Map(
        [...stored.accounts].map(([id, servers]) => {
          const file = workspace.of(id);
          return [
            id,
            file === undefined
              ? servers
              : this.#compareWithFile(file, servers, before.accounts.get(id) ?? NO_SERVERS),
          ];
        }),
      ),
    );
  }

  #compareWithFile(
    file: DecidingFile,
    stored: ComparedAccount,
    before: ComparedAccount,
  ): ComparedAccount {
    return sameOr(
      before,
      new Map(
        [...stored].map(([id, each]) => {
          const accepted = file.accepted.get(id);
          return [
            id,
            accepted === undefined
              ? each
              : compareWithAccepted(before.get(id), each, { file, accepted }),
          ];
        }),
      ),
    );
  }

  #compareAccount(state: AccountState, before: ComparedAccount): ComparedAccount {
    const { account, collections } = state;
    const baselines = this.#baselines.get(account.id);
    if (baselines === undefined) {
      this.#noteFirst(state);
      void this.#open(account.id);
    }
    // What an earlier window read may be older than the baseline.
    if (baselines === undefined || !collections.server.isConfirmed) {
      return before;
    }
    const servers = [...collections.server.items.values()].map(({ remote }) => remote);
    // Other changes of the state, of which there are many, need nothing of the disk.
    if (servers.some((each) => !isSameCatalogue(before.get(each.id)?.server, each))) {
      void this.#look(baselines, servers);
    }
    const compared = new Map(
      servers.map((each) => [
        each.id,
        compareServer(before.get(each.id), each, baselines.of(each.id), this.#check),
      ]),
    );
    return sameOr(before, compared);
  }

  #noteFirst({ account: { id }, collections: { server } }: AccountState): void {
    if (server.isConfirmed) {
      const first = this.#first.get(id) ?? new Map<string, Server>();
      this.#first.set(id, first);
      noteFirst(
        first,
        [...server.items.values()].map(({ remote }) => remote),
      );
    }
  }

  /** The look ends with the account, whose folder is removed. */
  async #look(baselines: AccountBaselines, servers: readonly Server[]): Promise<void> {
    try {
      if (await baselines.look(servers)) {
        this.#derived.recompute();
      }
    } catch (error) {
      if (!isCancelled(error)) {
        throw error;
      }
    }
  }

  async #open(accountId: string): Promise<void> {
    if (this.#opening.has(accountId)) {
      return;
    }
    this.#opening.add(accountId);
    const store = await this.#options.baselines(accountId);
    if (store === undefined || !this.#opening.has(accountId)) {
      return;
    }
    const { onUnkept, now = () => new Date() } = this.#options;
    const first = this.#first.get(accountId) ?? new Map<string, Server>();
    this.#first.delete(accountId);
    const baselines = new AccountBaselines(store, first, now, onUnkept);
    this.#baselines.set(accountId, baselines);
    this.#derived.recompute();
    // Without it the next change of the state shows what another window wrote.
    await store.watch(() => this.#lookAgain(accountId, baselines)).catch(() => undefined);
  }

  /** Another window may have written. */
  #lookAgain(accountId: string, baselines: AccountBaselines): void {
    if (this.#baselines.get(accountId) === baselines) {
      const servers = serversOf(this.#store.state, accountId);
      void this.#look(
        baselines,
        [...servers.values()].map(({ remote }) => remote),
      );
    }
  }
}

/** The map that was there where it says the same. */
function sameOr<T>(
  before: ReadonlyMap<string, T>,
  next: ReadonlyMap<string, T>,
): ReadonlyMap<string, T> {
  const isSame =
    next.size === before.size && next.entries().every(([id, each]) => before.get(id) === each);
  return isSame ? before : next;
}

function replaced(
  before: ComparedAccounts,
  accounts: ComparedAccounts["accounts"],
): ComparedAccounts {
  return sameOr(before.accounts, accounts) === before.accounts ? before : accountsOf(accounts);
}

function accountsOf(accounts: ComparedAccounts["accounts"]): ComparedAccounts {
  const find = ({ accountId, serverId }: Address) => accounts.get(accountId)?.get(serverId);
  return {
    accounts,
    snapshot: {
      of: (address) => find(address)?.changes ?? NONE,
      inWords: (address) => find(address)?.words ?? "",
      baselineOf: (address) => find(address)?.baseline,
    },
  };
}

function comparedOf(
  stored: ComparedAccounts,
  shown: ComparedAccounts,
  reconnects: Reconnects["all"],
): Compared {
  return {
    stored,
    shown,
    reconnects,
    snapshot: {
      ...shown.snapshot,
      reconnectOf: (portal) => reconnects.get(reconnectKey(portal)),
      renamedTo: ({ accountId, serverId }, of) => {
        const compared = stored.accounts.get(accountId)?.get(serverId);
        return compared && renamedTo(compared.baseline, compared.changes, of);
      },
    },
  };
}

const NO_ACCOUNTS = accountsOf(new Map());
const NOTHING = comparedOf(NO_ACCOUNTS, NO_ACCOUNTS, NONE_WAIT);
