import { reportUncaught } from "../../base/async.ts";
import type { AccountId } from "../../domain/account.ts";
import { isApiError } from "../../domain/apiError.ts";
import { type FieldChange, mergeChanges } from "../../domain/changes/change.ts";
import { fieldId, sameValue } from "../../domain/changes/fields.ts";
import { refusalsOf } from "../../domain/changes/merge.ts";
import {
  NOTHING_DONE,
  resultsFor,
  unsaved,
  type WriteResult,
} from "../../domain/changes/writeResult.ts";
import type { CloudflareClient } from "../../domain/cloudflareClient.ts";
import type { AccountStorage } from "../ports.ts";
import { NONE, withRemote } from "../state.ts";
import type { Store } from "../store.ts";
import { notSent, type Recorder, type Written, write } from "./write.ts";
import type { WriteMonitor } from "./writeMonitor.ts";

interface EditNeeds {
  readonly storage: AccountStorage;
  readonly watch: WriteMonitor;
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
  readonly #api: CloudflareClient;
  readonly #storage: AccountStorage;
  readonly #watch: WriteMonitor;
  readonly #again: (error: unknown) => Promise<boolean>;
  readonly #waiting = new WaitingChanges();
  readonly #writing = new Set<string>();

  constructor(store: Store, accountId: AccountId, api: CloudflareClient, needs: EditNeeds) {
    this.#store = store;
    this.#accountId = accountId;
    this.#api = api;
    this.#storage = needs.storage;
    this.#watch = needs.watch;
    this.#again = needs.again;
  }

  /** Never rejects: what became of each change is in the result. */
  edit(
    serverId: string,
    changes: readonly FieldChange[],
    options: EditOptions = {},
  ): Promise<WriteResult> {
    if (changes.length === 0) {
      return Promise.resolve(NOTHING_DONE);
    }
    this.#store.updateServer(this.#accountId, serverId, (server) =>
      withRemote(server, server.remote, [...server.pending, changes]),
    );
    return new Promise((done) => {
      this.#waiting.add(serverId, { ...options, changes, shown: changes, done });
      void this.#work(serverId);
    });
  }

  async #work(serverId: string): Promise<void> {
    if (this.#writing.has(serverId)) {
      return;
    }
    this.#writing.add(serverId);
    const next = (): readonly QueuedChange[] => this.#waiting.take(serverId);
    try {
      for (let batch = next(); batch.length > 0; batch = next()) {
        await this.#save(serverId, batch);
      }
    } finally {
      this.#writing.delete(serverId);
    }
  }

  async #save(serverId: string, batch: readonly QueuedChange[]): Promise<void> {
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
      reportUncaught(error);
    }
    const edits = batch.map((each) => each.changes);
    const results = resultsFor(edits, written.result);
    for (const [index, { done }] of batch.entries()) {
      done(results[index] ?? NOTHING_DONE);
    }
  }

  async #write(
    serverId: string,
    changes: readonly FieldChange[],
    options: EditOptions,
  ): Promise<Written> {
    try {
      for (;;) {
        const written = await this.#storage.locks.run(`server:${serverId}`, (lock) => {
          const recorder = recorderFor(this.#storage, serverId, options);
          return write(this.#api, serverId, changes, { lock, recorder });
        });
        const failure = written?.result.failure;
        const again = failure !== undefined && (await this.#again(failure.error));
        if (written !== undefined && !again) {
          return written;
        }
      }
    } catch (error) {
      return notSent(changes, error);
    }
  }

  #settle(serverId: string, batch: readonly QueuedChange[], written: Written): void {
    const { result, truth, refused } = written;
    const done = new Set(batch.map(({ shown }) => shown));
    this.#waiting.rebase(serverId, result);
    // Before the truth arrives, so that this truth is looked at too.
    this.#watch.written(serverId, result, written.wasReadBack);
    this.#store.updateServer(this.#accountId, serverId, (server) => ({
      ...withRemote(
        server,
        truth ?? server.remote,
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

export interface EditOptions {
  /** What is done in one go carries one name, and is undone in one go. */
  readonly action?: string;
  /** An undo isn't itself a step to be undone. */
  readonly isUndo?: boolean;
}

interface QueuedChange extends EditOptions {
  readonly changes: readonly FieldChange[];
  /** The same as they were made, by whose identity the state knows them. */
  readonly shown: readonly FieldChange[];
  /** Was refused together with others: the next time by itself. */
  readonly alone?: boolean;
  readonly done: (result: WriteResult) => void;
}

/** Edits that wait for their turn, a line for each server. */
class WaitingChanges {
  readonly #lines = new Map<string, readonly QueuedChange[]>();

  add(serverId: string, edit: QueuedChange): void {
    this.#put(serverId, [...this.#line(serverId), edit]);
  }

  /** The edits that are to be written next, as one. */
  take(serverId: string): readonly QueuedChange[] {
    const all = this.#line(serverId);
    const [first] = all;
    // Undoing isn't mixed with doing: the journal keeps the one and not the other.
    const end = all.findIndex((each) => each.alone === true || each.isUndo !== first?.isUndo);
    const batch = all.slice(0, end === -1 ? all.length : Math.max(1, end));
    this.#put(serverId, all.slice(batch.length));
    return batch;
  }

  /** One of them is at fault, and the others needn't fail with it. */
  takeApart(serverId: string, batch: readonly QueuedChange[]): void {
    const again = batch.map((each) => ({ ...each, alone: true }));
    this.#put(serverId, [...again, ...this.#line(serverId)]);
  }

  /** Those that wait stand on what became of the one before. */
  rebase(serverId: string, earlier: WriteResult): void {
    this.#put(
      serverId,
      this.#line(serverId).map((each) => ({ ...each, changes: rebase(each.changes, earlier) })),
    );
  }

  #line(serverId: string): readonly QueuedChange[] {
    return this.#lines.get(serverId) ?? [];
  }

  #put(serverId: string, waiting: readonly QueuedChange[]): void {
    if (waiting.length === 0) {
      this.#lines.delete(serverId);
    } else {
      this.#lines.set(serverId, waiting);
    }
  }
}

/**
 * Changes that wait saw on screen what an earlier edit was about to make. Where that didn't come
 * about, they stand on what the earlier edit itself stood on.
 */
function rebase(waiting: readonly FieldChange[], earlier: WriteResult): readonly FieldChange[] {
  const open = new Map(unsaved(earlier).map((change) => [fieldId(change.field), change]));
  return waiting.map((change) => {
    const below = open.get(fieldId(change.field));
    const onIt = below !== undefined && sameValue(change.field, change.from, below.to);
    return onIt ? { ...change, from: below.from } : change;
  });
}

/** Enters one write into the journal; an undo leaves no step of its own. */
function recorderFor(
  { journal, window, now }: AccountStorage,
  serverId: string,
  { action, isUndo }: { readonly action?: string; readonly isUndo?: boolean },
): Recorder {
  const id = crypto.randomUUID();
  if (isUndo === true) {
    return { begin: async () => undefined, cancel: async () => undefined };
  }
  return {
    begin: (changes) =>
      journal.append([
        { kind: "write", id, action: action ?? id, window, at: now(), serverId, changes },
      ]),
    cancel: () => journal.append([{ kind: "void", id }]),
  };
}
