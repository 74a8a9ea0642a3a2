import { pause } from "../../base/async.ts";
import type { Semaphore } from "../../base/semaphore.ts";
import type { AccountId } from "../../domain/account.ts";
import { isCancelled } from "../../domain/apiError.ts";
import type { CloudflareClient } from "../../domain/cloudflareClient.ts";
import { SERVER_FIELDS } from "../../domain/servers/fields.ts";
import { SERVER, type Server, type SyncResponse } from "../../domain/servers/server.ts";
import { countChanges, reportSync, type SyncReport } from "../../domain/servers/syncReport.ts";
import { type Reading, readSettled, revisionOf, withReading } from "../operations.ts";
import type { ServerSync, SyncPhase, SyncRun, SyncState } from "../state.ts";
import type { CollectionStore, Store } from "../store.ts";

/** How the sync of one server ended. */
export interface SyncResult {
  readonly serverId: string;
  readonly report: SyncReport | { readonly kind: "cancelled" };
  /** The server as read afterwards; undefined when the read failed. */
  readonly server: Server | undefined;
}

/**
 * Syncs servers with bounded concurrency. A server that is requested several times is synced once.
 */
export class SyncQueue {
  readonly #writer: SyncStateWriter;
  readonly #attempts: SyncAttempts;
  readonly #underWay = new Map<SyncTarget["key"], Promise<SyncResult>>();
  readonly #ended: Ended[] = [];
  #ending: Promise<void> | undefined;
  #abort = new AbortController();

  constructor({ store, accountId, api, ...limits }: SyncQueueOptions) {
    this.#writer = new SyncStateWriter(store, accountId);
    this.#attempts = new SyncAttempts(this.#writer, { accountId, api, ...limits });
  }

  /** Never rejects: each result tells how its sync ended. */
  sync(serverIds: readonly string[]): Promise<readonly SyncResult[]> {
    const targets = serverIds.map((serverId) => this.#writer.target(serverId));
    const fresh = targets.filter(({ key }) => !this.#underWay.has(key));
    this.#writer.begin(new Set(fresh.map(({ key }) => key)));
    return Promise.all(
      targets.map((target) => this.#underWay.get(target.key) ?? this.#start(target)),
    );
  }

  /** Cancels running and waiting syncs. Finished syncs keep their results. */
  cancel(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
  }

  /** Drops what syncs brought, once somebody has accepted it. What they lost stays told. */
  forget(serverIds: readonly string[]): void {
    this.#writer.forget(new Set(serverIds.map((serverId) => this.#writer.target(serverId).key)));
  }

  #start(target: SyncTarget): Promise<SyncResult> {
    const result = this.#sync(target, this.#abort.signal);
    this.#underWay.set(target.key, result);
    return result;
  }

  async #sync(target: SyncTarget, signal: AbortSignal): Promise<SyncResult> {
    const attempt = await this.#attempts.run(target, signal).catch(failed);
    await this.#end({ ...target, report: attempt?.report, reading: attempt?.reading });
    const report = attempt?.report ?? { kind: "cancelled" };
    return { serverId: target.serverId, report, server: attempt?.reading?.value };
  }

  /** Syncs that end together, as all cancelled ones do, make one change of the state. */
  #end(ended: Ended): Promise<void> {
    this.#ended.push(ended);
    this.#ending ??= Promise.resolve().then(() => {
      const all = this.#ended.splice(0);
      this.#ending = undefined;
      for (const { key } of all) {
        this.#underWay.delete(key);
      }
      this.#writer.end(all);
    });
    return this.#ending;
  }
}

/** A server to sync. */
interface SyncTarget {
  readonly serverId: string;
  /**
   * The identity of the server's resource, so that a server that was deleted and added again is
   * another one. The id where this window doesn't know the server.
   */
  readonly key: object | string;
}

/** An attempt reports its failures. Any other rejection is our own bug. */
function failed(error: unknown): Attempt | undefined {
  if (isCancelled(error)) {
    return undefined;
  }
  return { report: { kind: "failed", error }, reading: undefined };
}

export interface SyncLimits {
  /** Shared by all accounts. */
  readonly semaphore: Semaphore;
  /** Milliseconds before a sync that failed with `retryable` is retried once. */
  readonly retryPause: number;
}

interface SyncQueueOptions extends SyncLimits {
  readonly store: Store;
  readonly accountId: AccountId;
  readonly api: CloudflareClient;
}

/** The outcome of one server's sync. */
interface Attempt {
  readonly report: SyncReport;
  /** The server as read afterwards; undefined when the read failed. */
  readonly reading: Reading<Server> | undefined;
}

/** How one server is synced: the call, the read after it, and one retry where that can help. */
class SyncAttempts {
  readonly #writer: SyncStateWriter;
  readonly #options: Omit<SyncQueueOptions, "store">;

  constructor(writer: SyncStateWriter, options: Omit<SyncQueueOptions, "store">) {
    this.#writer = writer;
    this.#options = options;
  }

  /** Rejects only when cancelled. */
  async run(target: SyncTarget, signal: AbortSignal): Promise<Attempt> {
    const first = await this.#attempt(target, signal);
    const retryable = first.reading?.value.errorDetails?.retryable === true;
    if (first.report.kind !== "refused" || !retryable) {
      return first;
    }
    this.#writer.setPhase(target, "waiting");
    await pause(this.#options.retryPause, signal);
    return this.#attempt(target, signal);
  }

  async #attempt(target: SyncTarget, signal: AbortSignal): Promise<Attempt> {
    const { serverId } = target;
    const before = this.#writer.remote(serverId);
    const called = await outcomeOf(this.#call(target, signal));
    // The answer carries no catalogue, and a call that failed may still have reached Cloudflare.
    const read = await outcomeOf(this.#readSettled(serverId, signal));
    if ("error" in read) {
      return { report: { kind: "failed", ...read }, reading: undefined };
    }
    const reading = read.value;
    if ("error" in called) {
      return { report: { kind: "failed", ...called }, reading };
    }
    const report = reportSync(before ?? reading.value, called.value, reading.value);
    return { report, reading };
  }

  /** The semaphore is released before the read, which is quick and not part of the sync. */
  async #call(target: SyncTarget, signal: AbortSignal): Promise<SyncResponse> {
    const release = await this.#options.semaphore.take(this.#options.accountId, signal);
    try {
      this.#writer.setPhase(target, "running");
      return await this.#options.api.syncServer(target.serverId, { signal });
    } finally {
      release();
    }
  }

  #readSettled(serverId: string, signal: AbortSignal): Promise<Reading<Server>> {
    return readSettled(
      () => this.#writer.revision(serverId),
      () => this.#options.api.readServer(serverId, { signal }),
    );
  }
}

/** Rejects only when cancelled. */
async function outcomeOf<T>(
  call: Promise<T>,
): Promise<{ readonly value: T } | { readonly error: unknown }> {
  try {
    return { value: await call };
  } catch (error) {
    if (isCancelled(error)) {
      throw error;
    }
    return { error };
  }
}

/** How the sync of one server ended. */
interface Ended extends SyncTarget {
  /** Undefined when the sync didn't happen. */
  readonly report: SyncReport | undefined;
  readonly reading: Reading<Server> | undefined;
}

/**
 * Writes the syncs of an account to the state: each server's phase, and the progress of the run.
 */
class SyncStateWriter {
  readonly #store: Store;
  readonly #accountId: AccountId;
  readonly #servers: CollectionStore<Server>;

  constructor(store: Store, accountId: AccountId) {
    this.#store = store;
    this.#accountId = accountId;
    this.#servers = store.collection(accountId, SERVER);
  }

  target(serverId: string): SyncTarget {
    const key = this.#servers.current?.items.get(serverId)?.identity ?? serverId;
    return { serverId, key };
  }

  remote(serverId: string): Server | undefined {
    return this.#servers.current?.items.get(serverId)?.remote;
  }

  revision(serverId: string): number {
    return revisionOf(this.#servers, serverId);
  }

  /** Makes one change of the state, however many servers begin: listeners look at all servers. */
  begin(keys: ReadonlySet<SyncTarget["key"]>): void {
    if (keys.size === 0) {
      return;
    }
    this.#store.updateAccount(this.#accountId, (account) => {
      const known = [...account.collections.server.items.values()].map(({ identity }) => identity);
      const servers = new Map(
        known.flatMap((identity) => {
          const sync = keys.has(identity) ? WAITING : account.syncs.servers.get(identity);
          return sync === undefined ? [] : [[identity, sync] as const];
        }),
      );
      const { total, done } = account.syncs.run ?? NO_RUN;
      return { ...account, syncs: { servers, run: { total: total + keys.size, done } } };
    });
  }

  setPhase({ serverId, key }: SyncTarget, phase: SyncPhase): void {
    this.#store.updateAccount(this.#accountId, (account) => {
      const server = account.collections.server.items.get(serverId);
      if (server?.identity !== key) {
        return account;
      }
      const servers = new Map(account.syncs.servers);
      servers.set(server.identity, { phase, last: servers.get(server.identity)?.last });
      return { ...account, syncs: { ...account.syncs, servers } };
    });
  }

  forget(keys: ReadonlySet<SyncTarget["key"]>): void {
    this.#store.updateAccount(this.#accountId, (account) => {
      const left = [...account.syncs.servers].filter(
        ([identity, sync]) => !(keys.has(identity) && hasLostNothing(sync)),
      );
      return { ...account, syncs: { ...account.syncs, servers: new Map(left) } };
    });
  }

  end(all: readonly Ended[]): void {
    this.#store.updateAccount(this.#accountId, (account) => {
      const items = new Map(account.collections.server.items);
      const servers = new Map(account.syncs.servers);
      for (const { serverId, key, report, reading } of all) {
        const server = items.get(serverId);
        if (server?.identity === key) {
          items.set(serverId, withReading(SERVER_FIELDS, server, reading));
          servers.set(server.identity, { phase: undefined, last: report });
        } else if (typeof key === "object") {
          servers.delete(key);
        }
      }
      const { total, done } = account.syncs.run ?? NO_RUN;
      const run = { total, done: done + all.length };
      const collection = { ...account.collections.server, items };
      return {
        ...account,
        collections: { ...account.collections, server: collection },
        syncs: run.done < total ? { servers, run } : endRun(servers),
      };
    });
  }
}

const WAITING: ServerSync = { phase: "waiting", last: undefined };

const NO_RUN: SyncRun = { total: 0, done: 0 };

/**
 * At the end of a run, rows keep only what it changed: "synced" alone matters only while it lasts.
 */
function endRun(servers: SyncState["servers"]): SyncState {
  const left = [...servers].filter(([, sync]) => saysSomething(sync));
  return { servers: new Map(left), run: undefined };
}

function hasLostNothing({ phase, last }: ServerSync): boolean {
  const isDone = phase === undefined && last?.kind === "done";
  return isDone && last.changes.overridesLost.length === 0;
}

function saysSomething({ phase, last }: ServerSync): boolean {
  const isUneventful = last?.kind === "done" && countChanges(last.changes) === 0;
  return phase !== undefined || (last !== undefined && !isUneventful);
}
