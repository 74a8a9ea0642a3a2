import type { AccountId } from "../../model/client/account.ts";
import type { Client } from "../../model/client/client.ts";
import { isCancelled } from "../../model/client/failure.ts";
import type { SyncOutcome } from "../../model/server/server.ts";
import { reportSync, type SyncReport } from "../../model/syncReport.ts";
import { pause } from "../pause.ts";
import { type Reading, readSettled } from "../settledRead.ts";
import type { Slots } from "./slots.ts";
import type { SyncBoard } from "./syncBoard.ts";

export interface SyncOptions {
  /** Shared by all accounts. */
  readonly slots: Slots;
  /** Milliseconds before a sync that failed with `retryable` is tried once more. */
  readonly retryPause: number;
}

/** What came of one server's sync. */
export interface Attempt {
  readonly report: SyncReport;
  /** As read afterwards; undefined when it couldn't be. */
  readonly reading: Reading | undefined;
}

/** How one server is synced: the call, the read after it, and once more where that can help. */
export class SyncAttempts {
  readonly #board: SyncBoard;
  readonly #accountId: AccountId;
  readonly #client: Client;
  readonly #options: SyncOptions;

  constructor(board: SyncBoard, accountId: AccountId, client: Client, options: SyncOptions) {
    this.#board = board;
    this.#accountId = accountId;
    this.#client = client;
    this.#options = options;
  }

  /** Rejects only when cancelled. */
  async run(serverId: string, signal: AbortSignal): Promise<Attempt> {
    const first = await this.#attempt(serverId, signal);
    const retryable = first.reading?.server.errorDetails?.retryable === true;
    if (first.report.kind !== "refused" || !retryable) return first;
    this.#board.setPhase(serverId, "waiting");
    await pause(this.#options.retryPause, signal);
    return this.#attempt(serverId, signal);
  }

  async #attempt(serverId: string, signal: AbortSignal): Promise<Attempt> {
    const before = this.#board.truth(serverId);
    const called = await outcomeOf(this.#call(serverId, signal));
    // The answer carries no catalogue, and a call that failed may have arrived all the same.
    const read = await outcomeOf(this.#readSettled(serverId, signal));
    if ("error" in read) return { report: { kind: "failed", ...read }, reading: undefined };
    const reading = read.value;
    if ("error" in called) return { report: { kind: "failed", ...called }, reading };
    const report = reportSync(before ?? reading.server, called.value, reading.server);
    return { report, reading };
  }

  /** The place is given back before the read, which is quick and no sync. */
  async #call(serverId: string, signal: AbortSignal): Promise<SyncOutcome> {
    const release = await this.#options.slots.take(this.#accountId, signal);
    try {
      this.#board.setPhase(serverId, "running");
      return await this.#client.syncServer(serverId, { signal });
    } finally {
      release();
    }
  }

  #readSettled(serverId: string, signal: AbortSignal): Promise<Reading> {
    return readSettled(
      () => this.#board.revision(serverId),
      () => this.#client.readServer(serverId, { signal }),
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
    if (isCancelled(error)) throw error;
    return { error };
  }
}
