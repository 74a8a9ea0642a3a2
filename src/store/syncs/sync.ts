import type { AccountId } from "../../model/client/account.ts";
import type { Client } from "../../model/client/client.ts";
import { isCancelled } from "../../model/client/failure.ts";
import type { Server } from "../../model/server/server.ts";
import type { SyncReport } from "../../model/syncReport.ts";
import type { Store } from "../store.ts";
import { type Attempt, SyncAttempts, type SyncOptions } from "./syncAttempts.ts";
import { type Ended, SyncBoard } from "./syncBoard.ts";

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

  constructor(store: Store, accountId: AccountId, client: Client, options: SyncOptions) {
    this.#board = new SyncBoard(store, accountId);
    this.#attempts = new SyncAttempts(this.#board, accountId, client, options);
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
      for (const { serverId } of all) this.#underWay.delete(serverId);
      this.#board.end(all);
    });
    return this.#ending;
  }
}

/** An attempt reports its failures, so whatever else it rejects with is a mistake of ours. */
function failed(error: unknown): Attempt | undefined {
  if (isCancelled(error)) return undefined;
  return { report: { kind: "failed", error }, reading: undefined };
}
