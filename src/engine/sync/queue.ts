import { pause } from "../../base/async.ts";
import type { Semaphore } from "../../base/semaphore.ts";
import type { AccountId } from "../../domain/account.ts";
import { isCancelled } from "../../domain/apiError.ts";
import type { CloudflareClient } from "../../domain/cloudflareClient.ts";
import type { Server, SyncOutcome } from "../../domain/servers/server.ts";
import { countChanges, reportSync, type SyncReport } from "../../domain/servers/syncReport.ts";
import { type Reading, readSettled, revisionOf, withReading } from "../operations.ts";
import { type AccountState, findServer, type SyncPhase, type SyncRun } from "../state.ts";
import type { Store } from "../store.ts";

/** How the sync of one server ended. */
export interface SyncResult {
  readonly serverId: string;
  readonly report: SyncReport | { readonly kind: "cancelled" };
  /** As read afterwards; undefined when it couldn't be. */
  readonly server: Server | undefined;
}

/** Syncs servers, a bounded number at once, each server once however often it was asked for. */
export class SyncQueue {
  readonly #board: SyncBoard;
  readonly #attempts: SyncAttempts;
  readonly #underWay = new Map<string, Promise<SyncResult>>();
  readonly #ended: Ended[] = [];
  #ending: Promise<void> | undefined;
  #abort = new AbortController();

  constructor(store: Store, accountId: AccountId, api: CloudflareClient, options: SyncOptions) {
    this.#board = new SyncBoard(store, accountId);
    this.#attempts = new SyncAttempts(this.#board, accountId, api, options);
  }

  /** Never rejects: how each went is in its result. */
  sync(serverIds: readonly string[]): Promise<readonly SyncResult[]> {
    this.#board.begin(new Set(serverIds.filter((serverId) => !this.#underWay.has(serverId))));
    return Promise.all(
      serverIds.map((serverId) => this.#underWay.get(serverId) ?? this.#start(serverId)),
    );
  }

  /** Ends what runs and what waits. What has finished stays. */
  cancel(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
  }

  #start(serverId: string): Promise<SyncResult> {
    const result = this.#sync(serverId, this.#abort.signal);
    this.#underWay.set(serverId, result);
    return result;
  }

  async #sync(serverId: string, signal: AbortSignal): Promise<SyncResult> {
    const attempt = await this.#attempts.run(serverId, signal).catch(failed);
    await this.#end({ serverId, report: attempt?.report, reading: attempt?.reading });
    const report = attempt?.report ?? { kind: "cancelled" };
    return { serverId, report, server: attempt?.reading?.server };
  }

  /** Those that end together, as all do that are cancelled, are one change of the state. */
  #end(ended: Ended): Promise<void> {
    this.#ended.push(ended);
    this.#ending ??= Promise.resolve().then(() => {
      const all = this.#ended.splice(0);
      this.#ending = undefined;
      for (const { serverId } of all) {
        this.#underWay.delete(serverId);
      }
      this.#board.end(all);
    });
    return this.#ending;
  }
}

/** An attempt reports its failures, so whatever else it rejects with is a mistake of ours. */
function failed(error: unknown): Attempt | undefined {
  if (isCancelled(error)) {
    return undefined;
  }
  return { report: { kind: "failed", error }, reading: undefined };
}

export interface SyncOptions {
  /** Shared by all accounts. */
  readonly slots: Semaphore;
  /** Milliseconds before a sync that failed with `retryable` is tried once more. */
  readonly retryPause: number;
}

/** What came of one server's sync. */
interface Attempt {
  readonly report: SyncReport;
  /** As read afterwards; undefined when it couldn't be. */
  readonly reading: Reading | undefined;
}

/** How one server is synced: the call, the read after it, and once more where that can help. */
class SyncAttempts {
  readonly #board: SyncBoard;
  readonly #accountId: AccountId;
  readonly #api: CloudflareClient;
  readonly #options: SyncOptions;

  constructor(board: SyncBoard, accountId: AccountId, api: CloudflareClient, options: SyncOptions) {
    this.#board = board;
    this.#accountId = accountId;
    this.#api = api;
    this.#options = options;
  }

  /** Rejects only when cancelled. */
  async run(serverId: string, signal: AbortSignal): Promise<Attempt> {
    const first = await this.#attempt(serverId, signal);
    const retryable = first.reading?.server.errorDetails?.retryable === true;
    if (first.report.kind !== "refused" || !retryable) {
      return first;
    }
    this.#board.setPhase(serverId, "waiting");
    await pause(this.#options.retryPause, signal);
    return this.#attempt(serverId, signal);
  }

  async #attempt(serverId: string, signal: AbortSignal): Promise<Attempt> {
    const before = this.#board.truth(serverId);
    const called = await outcomeOf(this.#call(serverId, signal));
    // The answer carries no catalogue, and a call that failed may have arrived all the same.
    const read = await outcomeOf(this.#readSettled(serverId, signal));
    if ("error" in read) {
      return { report: { kind: "failed", ...read }, reading: undefined };
    }
    const reading = read.value;
    if ("error" in called) {
      return { report: { kind: "failed", ...called }, reading };
    }
    const report = reportSync(before ?? reading.server, called.value, reading.server);
    return { report, reading };
  }

  /** The place is given back before the read, which is quick and no sync. */
  async #call(serverId: string, signal: AbortSignal): Promise<SyncOutcome> {
    const release = await this.#options.slots.take(this.#accountId, signal);
    try {
      this.#board.setPhase(serverId, "running");
      return await this.#api.syncServer(serverId, { signal });
    } finally {
      release();
    }
  }

  #readSettled(serverId: string, signal: AbortSignal): Promise<Reading> {
    return readSettled(
      () => this.#board.revision(serverId),
      () => this.#api.readServer(serverId, { signal }),
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
interface Ended {
  readonly serverId: string;
  /** Undefined where nothing came about. */
  readonly report: SyncReport | undefined;
  readonly reading: Reading | undefined;
}

/** What the state tells of an account's syncs: each server's, and how far all of them are. */
class SyncBoard {
  readonly #store: Store;
  readonly #accountId: AccountId;

  constructor(store: Store, accountId: AccountId) {
    this.#store = store;
    this.#accountId = accountId;
  }

  truth(serverId: string): Server | undefined {
    return findServer(this.#store.state, this.#accountId, serverId)?.remote;
  }

  revision(serverId: string): number {
    return revisionOf(this.#store.state, this.#accountId, serverId);
  }

  /** However many they are, it's one change: whoever follows the state looks at all servers. */
  begin(serverIds: ReadonlySet<string>): void {
    if (serverIds.size === 0) {
      return;
    }
    this.#store.updateAccount(this.#accountId, (account) => {
      const servers = new Map(account.servers);
      for (const serverId of serverIds) {
        const server = servers.get(serverId);
        if (server === undefined) {
          continue;
        }
        servers.set(serverId, { ...server, sync: "waiting", lastSync: undefined });
      }
      const { total, done } = account.syncRun ?? NO_RUN;
      return { ...account, servers, syncRun: { total: total + serverIds.size, done } };
    });
  }

  setPhase(serverId: string, sync: SyncPhase): void {
    this.#store.updateServer(this.#accountId, serverId, (server) => ({ ...server, sync }));
  }

  end(all: readonly Ended[]): void {
    this.#store.updateAccount(this.#accountId, (account) => {
      const servers = new Map(account.servers);
      for (const { serverId, report, reading } of all) {
        const server = servers.get(serverId);
        if (server === undefined) {
          continue;
        }
        servers.set(serverId, {
          ...withReading(server, reading),
          sync: undefined,
          lastSync: report,
        });
      }
      const { total, done } = account.syncRun ?? NO_RUN;
      const syncRun = { total, done: done + all.length };
      return syncRun.done < total
        ? { ...account, servers, syncRun }
        : endRun({ ...account, servers });
    });
  }
}

const NO_RUN: SyncRun = { total: 0, done: 0 };

/** What a run leaves on the rows is what it changed: "synced" alone is of interest while it lasts. */
function endRun(account: AccountState): AccountState {
  const servers = new Map(
    [...account.servers].map(([id, server]) => [
      id,
      saysNothing(server.lastSync) ? { ...server, lastSync: undefined } : server,
    ]),
  );
  return { ...account, servers, syncRun: undefined };
}

function saysNothing(report: SyncReport | undefined): boolean {
  return report?.kind === "done" && countChanges(report.changes) === 0;
}
