import type { AccountId } from "../model/account.ts";
import type { Client } from "../model/client.ts";
import { type Change, mergeChanges } from "../model/edit.ts";
import { type EditResult, NOTHING_DONE, resultsFor } from "../model/editResult.ts";
import { isApiError } from "../model/failure.ts";
import { refusalsOf } from "../model/refusal.ts";
import type { Keeping } from "./ports.ts";
import { rebase } from "./rebase.ts";
import { recorderFor } from "./recorder.ts";
import { NONE, withTruth } from "./state.ts";
import type { Store } from "./store.ts";
import type { Watch } from "./watch.ts";
import { type Written, write } from "./write.ts";

export interface EditOptions {
  /** What is done in one go carries one name, and is undone in one go. */
  readonly action?: string;
  /** An undo isn't itself a step to be undone. */
  readonly isUndo?: boolean;
}

export interface EditNeeds {
  readonly keeping: Keeping;
  readonly watch: Watch;
  /**
   * Whether to begin anew a write that failed like this. May take its time, as until somebody has
   * signed in again: no other window waits for it, because no lock is held meanwhile.
   */
  again(error: unknown): Promise<boolean>;
}

interface Waiting extends EditOptions {
  readonly changes: readonly Change[];
  /** The same as they were made, by whose identity the state knows them. */
  readonly shown: readonly Change[];
  /** Was refused together with others: the next time by itself. */
  readonly alone?: boolean;
  readonly done: (result: EditResult) => void;
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
  readonly #waiting = new Map<string, readonly Waiting[]>();
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
      this.#put(serverId, [
        ...this.#queue(serverId),
        { ...options, changes, shown: changes, done },
      ]);
      void this.#work(serverId);
    });
  }

  #queue(serverId: string): readonly Waiting[] {
    return this.#waiting.get(serverId) ?? [];
  }

  #put(serverId: string, waiting: readonly Waiting[]): void {
    if (waiting.length === 0) this.#waiting.delete(serverId);
    else this.#waiting.set(serverId, waiting);
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
    const all = this.#queue(serverId);
    const [first] = all;
    // Undoing isn't mixed with doing: the journal keeps the one and not the other.
    const end = all.findIndex((each) => each.alone === true || each.isUndo !== first?.isUndo);
    const batch = all.slice(0, end === -1 ? all.length : Math.max(1, end));
    this.#put(serverId, all.slice(batch.length));
    return batch;
  }

  async #save(serverId: string, batch: readonly Waiting[]): Promise<void> {
    const changes = mergeChanges(batch.map((each) => each.changes));
    const written = await this.#write(serverId, changes, batch[0] ?? {});
    if (batch.length > 1 && isRefused(written)) {
      // One of them is at fault, and the others needn't fail with it.
      const again = batch.map((each) => ({ ...each, alone: true }));
      this.#put(serverId, [...again, ...this.#queue(serverId)]);
      return;
    }
    this.#settle(serverId, batch, written);
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
      const failure = { error, changes, unsure: false };
      return { result: { ...NOTHING_DONE, failure }, truth: undefined, refused: undefined };
    }
  }

  #settle(serverId: string, batch: readonly Waiting[], { result, truth, refused }: Written): void {
    const done = new Set(batch.map(({ shown }) => shown));
    this.#put(
      serverId,
      this.#queue(serverId).map((each) => ({ ...each, changes: rebase(each.changes, result) })),
    );
    // Before the truth arrives, so that this truth is looked at too.
    this.#watch.saved(serverId, result);
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
