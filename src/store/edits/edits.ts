import type { AccountId } from "../../model/client/account.ts";
import type { Client } from "../../model/client/client.ts";
import { isApiError } from "../../model/client/failure.ts";
import { type Change, mergeChanges } from "../../model/edits/edit.ts";
import { type EditResult, NOTHING_DONE, resultsFor } from "../../model/edits/editResult.ts";
import { refusalsOf } from "../../model/edits/refusal.ts";
import type { Keeping } from "../ports.ts";
import { NONE, withTruth } from "../state.ts";
import type { Store } from "../store.ts";
import { throwLater } from "../throwLater.ts";
import type { Watch } from "../watch/watch.ts";
import { recorderFor } from "./recorder.ts";
import { type EditOptions, type Waiting, WaitingEdits } from "./waiting.ts";
import { unread, type Written, write } from "./write.ts";

export interface EditNeeds {
  readonly keeping: Keeping;
  readonly watch: Watch;
  /**
   * Whether to begin anew a write that failed like this. May take its time, as until somebody has
   * signed in again: no other window waits for it, because no lock is held meanwhile.
   */
  again(error: unknown): Promise<boolean>;
}

/**
 * Writes edits: shown at once, one write of a server at a time in all windows, those that wait
 * merged into one. Every write reads the server afresh before and after, because Cloudflare has no
 * conditional write.
 */
export class EditQueue {
  readonly #store: Store;
  readonly #accountId: AccountId;
  readonly #client: Client;
  readonly #keeping: Keeping;
  readonly #watch: Watch;
  readonly #again: (error: unknown) => Promise<boolean>;
  readonly #waiting = new WaitingEdits();
  readonly #writing = new Set<string>();

  constructor(store: Store, accountId: AccountId, client: Client, needs: EditNeeds) {
    this.#store = store;
    this.#accountId = accountId;
    this.#client = client;
    this.#keeping = needs.keeping;
    this.#watch = needs.watch;
    this.#again = needs.again;
  }

  /** Never rejects: what became of each change is in the result. */
  edit(
    serverId: string,
    changes: readonly Change[],
    options: EditOptions = {},
  ): Promise<EditResult> {
    if (changes.length === 0) return Promise.resolve(NOTHING_DONE);
    this.#store.updateServer(this.#accountId, serverId, (server) =>
      withTruth(server, server.truth, [...server.pending, changes]),
    );
    return new Promise((done) => {
      this.#waiting.add(serverId, { ...options, changes, shown: changes, done });
      void this.#work(serverId);
    });
  }

  async #work(serverId: string): Promise<void> {
    if (this.#writing.has(serverId)) return;
    this.#writing.add(serverId);
    const next = (): readonly Waiting[] => this.#waiting.take(serverId);
    try {
      for (let batch = next(); batch.length > 0; batch = next()) await this.#save(serverId, batch);
    } finally {
      this.#writing.delete(serverId);
    }
  }

  async #save(serverId: string, batch: readonly Waiting[]): Promise<void> {
    const changes = mergeChanges(batch.map((each) => each.changes));
    const written = await this.#write(serverId, changes, batch[0] ?? {});
    if (batch.length > 1 && isRefused(written)) {
      this.#waiting.takeApart(serverId, batch);
      return;
    }
    try {
      this.#settle(serverId, batch, written);
    } catch (error) {
      // What was written is written: who waits for it is told, and those behind have their turn.
      throwLater(error);
    }
    const edits = batch.map((each) => each.changes);
    const results = resultsFor(edits, written.result);
    for (const [index, { done }] of batch.entries()) done(results[index] ?? NOTHING_DONE);
  }

  async #write(
    serverId: string,
    changes: readonly Change[],
    options: EditOptions,
  ): Promise<Written> {
    try {
      for (;;) {
        const written = await this.#keeping.locks.run(`server:${serverId}`, (lock) => {
          const recorder = recorderFor(this.#keeping, serverId, options);
          return write(this.#client, serverId, changes, { lock, recorder });
        });
        const failure = written?.result.failure;
        const again = failure !== undefined && (await this.#again(failure.error));
        if (written !== undefined && !again) return written;
      }
    } catch (error) {
      return unread(changes, error);
    }
  }

  #settle(serverId: string, batch: readonly Waiting[], written: Written): void {
    const { result, truth, refused } = written;
    const done = new Set(batch.map(({ shown }) => shown));
    this.#waiting.rebase(serverId, result);
    // Before the truth arrives, so that this truth is looked at too.
    this.#watch.written(serverId, result, written.wasReadBack);
    this.#store.updateServer(this.#accountId, serverId, (server) => ({
      ...withTruth(
        server,
        truth ?? server.truth,
        server.pending.filter((shown) => !done.has(shown)),
      ),
      refusals: refused === undefined ? NONE : refusalsOf(refused.error, refused.patch),
      revision: server.revision + 1,
    }));
  }
}

function isRefused({ refused }: Written): boolean {
  const kind = isApiError(refused?.error) ? refused.error.kind : undefined;
  return kind === "invalid" || kind === "conflict";
}
