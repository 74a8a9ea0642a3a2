import type { AccountId } from "../model/account.ts";
import type { Client } from "../model/client.ts";
import type { Server } from "../model/server.ts";
import type { SyncReport } from "../model/syncReport.ts";
import type { Store } from "./store.ts";
import { SyncAttempts, type SyncOptions } from "./syncAttempts.ts";
import { SyncBoard } from "./syncBoard.ts";

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
  #abort = new AbortController();

  constructor(store: Store, accountId: AccountId, client: Client, options: SyncOptions) {
    this.#board = new SyncBoard(store, accountId);
    this.#attempts = new SyncAttempts(this.#board, accountId, client, options);
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
    this.#board.begin(serverId);
    const result = this.#sync(serverId, this.#abort.signal);
    this.#underWay.set(serverId, result);
    return result;
  }

  async #sync(serverId: string, signal: AbortSignal): Promise<SyncResult> {
    // Rejects only when cancelled: an attempt reports its failures.
    const ended = await this.#attempts.run(serverId, signal).catch(() => undefined);
    this.#underWay.delete(serverId);
    this.#board.end(serverId, ended?.report, ended?.reading);
    const report = ended?.report ?? { kind: "cancelled" };
    return { serverId, report, server: ended?.reading?.server };
  }
}
