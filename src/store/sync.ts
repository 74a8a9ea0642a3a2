import type { AccountId } from "../model/account.ts";
import type { Client } from "../model/client.ts";
import { isCancelled } from "../model/failure.ts";
import type { Server, SyncOutcome } from "../model/server.ts";
import { countChanges, reportSync, type SyncReport } from "../model/syncReport.ts";
import { pause } from "./pause.ts";
import type { Slots } from "./slots.ts";
import { type AccountState, findServer, type SyncPhase, withTruth } from "./state.ts";
import type { Store } from "./store.ts";

/** How the sync of one server ended. */
export interface SyncResult {
  readonly serverId: string;
  readonly report: SyncReport | { readonly kind: "cancelled" };
  /** As read afterwards; undefined when it couldn't be. */
  readonly server: Server | undefined;
}

export interface SyncOptions {
  /** Shared by all accounts. */
  readonly slots: Slots;
  /** Milliseconds before a sync that failed with `retryable` is tried once more. */
  readonly retryPause: number;
}

interface Attempt {
  readonly report: SyncReport;
  readonly server: Server | undefined;
  /** Of the server when it was read: what is written later is newer than the read. */
  readonly revision?: number;
}

/** Syncs servers, a bounded number at once, each server once however often it was asked for. */
export class SyncQueue {
  readonly #store: Store;
  readonly #accountId: AccountId;
  readonly #client: Client;
  readonly #options: SyncOptions;
  readonly #underWay = new Map<string, Promise<SyncResult>>();
  #abort = new AbortController();

  constructor(store: Store, accountId: AccountId, client: Client, options: SyncOptions) {
    this.#store = store;
    this.#accountId = accountId;
    this.#client = client;
    this.#options = options;
  }

  /** Never rejects: how each went is in its result. */
  sync(serverIds: readonly string[]): Promise<readonly SyncResult[]> {
    return Promise.all(serverIds.map((serverId) => this.#enqueue(serverId)));
  }

  /** Ends what runs and what waits. What has finished stays. */
  cancel(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
  }

  #enqueue(serverId: string): Promise<SyncResult> {
    const known = this.#underWay.get(serverId);
    if (known !== undefined) return known;
    this.#begin(serverId);
    const result = this.#sync(serverId, this.#abort.signal);
    this.#underWay.set(serverId, result);
    return result;
  }

  async #sync(serverId: string, signal: AbortSignal): Promise<SyncResult> {
    try {
      const { report, server, revision } = await this.#attempts(serverId, signal);
      this.#end(serverId, report, server, revision);
      return { serverId, report, server };
    } catch {
      // Only cancellation gets here: an attempt reports its failures.
      this.#end(serverId, undefined, undefined);
      return { serverId, report: { kind: "cancelled" }, server: undefined };
    }
  }

  async #attempts(serverId: string, signal: AbortSignal): Promise<Attempt> {
    const first = await this.#attempt(serverId, signal);
    const retryable = first.server?.errorDetails?.retryable === true;
    if (first.report.kind !== "refused" || !retryable) return first;
    this.#setPhase(serverId, "waiting");
    await pause(this.#options.retryPause, signal);
    return this.#attempt(serverId, signal);
  }

  async #attempt(serverId: string, signal: AbortSignal): Promise<Attempt> {
    const before = findServer(this.#store.state, this.#accountId, serverId)?.truth;
    const called = await outcomeOf(this.#call(serverId, signal));
    // The answer carries no catalogue, and a call that failed may have arrived all the same.
    const { read, revision } = await this.#readSettled(serverId, signal);
    if ("error" in read) return { report: { kind: "failed", ...read }, server: undefined };
    const server = read.value;
    if ("error" in called) return { report: { kind: "failed", ...called }, server, revision };
    return { report: reportSync(before ?? server, called.value, server), server, revision };
  }

  /** The place is given back before the read, which is quick and no sync. */
  async #call(serverId: string, signal: AbortSignal): Promise<SyncOutcome> {
    const release = await this.#options.slots.take(this.#accountId, signal);
    try {
      this.#setPhase(serverId, "running");
      return await this.#client.syncServer(serverId, { signal });
    } finally {
      release();
    }
  }

  /** A read that a write overtook is old, so it is read again. */
  async #readSettled(
    serverId: string,
    signal: AbortSignal,
  ): Promise<{ read: Awaited<ReturnType<typeof outcomeOf<Server>>>; revision: number }> {
    for (;;) {
      const revision = this.#revision(serverId);
      const read = await outcomeOf(this.#client.readServer(serverId, { signal }));
      if ("error" in read || revision === this.#revision(serverId)) return { read, revision };
    }
  }

  #revision(serverId: string): number {
    return findServer(this.#store.state, this.#accountId, serverId)?.revision ?? 0;
  }

  #begin(serverId: string): void {
    this.#count((run) => ({ ...run, total: run.total + 1 }));
    this.#store.updateServer(this.#accountId, serverId, (server) => ({
      ...server,
      sync: "waiting",
      lastSync: undefined,
    }));
  }

  #end(
    serverId: string,
    report: SyncReport | undefined,
    truth: Server | undefined,
    revision?: number,
  ): void {
    this.#underWay.delete(serverId);
    this.#store.updateServer(this.#accountId, serverId, (server) => ({
      ...(truth === undefined || revision !== server.revision
        ? server
        : { ...withTruth(server, truth), revision: server.revision + 1 }),
      sync: undefined,
      lastSync: report,
    }));
    this.#count((run) => ({ ...run, done: run.done + 1 }));
  }

  #setPhase(serverId: string, sync: SyncPhase): void {
    this.#store.updateServer(this.#accountId, serverId, (server) => ({ ...server, sync }));
  }

  #count(change: (run: { total: number; done: number }) => { total: number; done: number }): void {
    this.#store.updateAccount(this.#accountId, (account) => {
      const run = change(account.syncRun ?? { total: 0, done: 0 });
      return run.done < run.total ? { ...account, syncRun: run } : endRun(account);
    });
  }
}

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

/** Rejects only when cancelled. */
async function outcomeOf<T>(
  call: Promise<T>,
): Promise<{ readonly value: T } | { readonly error: unknown }> {
  try {
    return { value: await call };
  } catch (error) {
    if (isCancelled(error)) throw error;
    return { error };
  }
}
