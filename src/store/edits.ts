import type { AccountId } from "../model/account.ts";
import type { Client } from "../model/client.ts";
import { type Edit, mergeEdits, planPatch } from "../model/edit.ts";
import { NotTakenError, notTaken } from "../model/notTaken.ts";
import type { Server } from "../model/server.ts";
import { withTruth } from "./state.ts";
import type { Store } from "./store.ts";

interface Waiting {
  readonly edit: Edit;
  readonly saved: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Writes edits: shown at once, one write of a server at a time, those that wait merged into one.
 * Every write reads the server afresh before and after, because Cloudflare has no conditional write.
 */
export class EditQueue {
  readonly #store: Store;
  readonly #accountId: AccountId;
  readonly #client: Client;
  readonly #waiting = new Map<string, Waiting[]>();
  readonly #writing = new Set<string>();

  constructor(store: Store, accountId: AccountId, client: Client) {
    this.#store = store;
    this.#accountId = accountId;
    this.#client = client;
  }

  /**
   * Resolves when the edit is saved and read back. Rejects with an ApiError or a NotTakenError; the
   * screen then shows what is really there.
   */
  edit(serverId: string, edit: Edit): Promise<void> {
    this.#store.updateServer(this.#accountId, serverId, (server) =>
      withTruth(server, server.truth, [...server.pending, edit]),
    );
    return new Promise((saved, failed) => {
      const waiting = this.#waiting.get(serverId) ?? [];
      this.#waiting.set(serverId, [...waiting, { edit, saved, failed }]);
      void this.#work(serverId);
    });
  }

  async #work(serverId: string): Promise<void> {
    if (this.#writing.has(serverId)) return;
    this.#writing.add(serverId);
    for (let batch = this.#take(serverId); batch.length > 0; batch = this.#take(serverId)) {
      await this.#save(serverId, batch);
    }
    this.#writing.delete(serverId);
  }

  #take(serverId: string): readonly Waiting[] {
    const batch = this.#waiting.get(serverId) ?? [];
    this.#waiting.delete(serverId);
    return batch;
  }

  async #save(serverId: string, batch: readonly Waiting[]): Promise<void> {
    try {
      const readBack = await this.#write(
        serverId,
        batch.map(({ edit }) => edit).reduce(mergeEdits),
      );
      this.#settle(serverId, batch, readBack);
      for (const { edit, saved, failed } of batch) {
        const missing = notTaken(edit, readBack);
        if (missing.length === 0) saved();
        else failed(new NotTakenError(readBack, missing));
      }
    } catch (error) {
      this.#settle(serverId, batch, undefined);
      for (const { failed } of batch) failed(error);
    }
  }

  async #write(serverId: string, edit: Edit): Promise<Server> {
    const current = await this.#client.readServer(serverId);
    const patch = planPatch(current, edit);
    if (patch === undefined) return current;
    await this.#client.updateServer(serverId, patch);
    return this.#client.readServer(serverId);
  }

  #settle(serverId: string, batch: readonly Waiting[], truth: Server | undefined): void {
    const done = new Set(batch.map(({ edit }) => edit));
    this.#store.updateServer(this.#accountId, serverId, (server) => ({
      ...withTruth(
        server,
        truth ?? server.truth,
        server.pending.filter((edit) => !done.has(edit)),
      ),
      revision: server.revision + 1,
    }));
  }
}
