import { reportUncaught } from "../../base/async.ts";
import {
  type ChangeSet,
  type FieldAccess,
  type FieldChange,
  fieldId,
  mergeChanges,
  type Ref,
} from "../../domain/changes/change.ts";
import {
  lostOf,
  NOTHING_DONE,
  resultsFor,
  unsaved,
  type WriteResult,
} from "../../domain/changes/writeResult.ts";
import { withWritten } from "../../domain/changes/writtenValues.ts";
import type { CloudflareClient } from "../../domain/cloudflareClient.ts";
import { type Identified, withRemote } from "../../domain/resources/resource.ts";
import type { AccountStorage } from "../ports.ts";
import type { CollectionStore } from "../store.ts";
import { carefulWrite, type Recorder, type WriteAttempt, type WrittenKind } from "./write.ts";

interface EditQueueOptions<T extends Identified, Patch> {
  readonly kind: WrittenKind<T, Patch>;
  readonly store: CollectionStore<T>;
  readonly api: CloudflareClient;
  readonly storage: AccountStorage;
  /** Whether a write that failed like this should start over. */
  again(error: unknown): Promise<boolean>;
}

export interface SaveOptions {
  /** Change sets of one user action share this name and are undone together. */
  readonly action?: string;
  /** An undo isn't a step that can be undone. */
  readonly isUndo?: boolean;
}

/** The edits of one kind of resource. */
export interface Edits {
  /** Never rejects: the result tells the outcome of each change. */
  save(changeSet: ChangeSet, options?: SaveOptions): Promise<WriteResult>;
}

/**
 * Writes change sets. A change is shown at once. Across all windows, one write of a resource runs
 * at a time; waiting changes are merged into one write. Every write reads the resource before and
 * after, because Cloudflare has no conditional write.
 */
export class EditQueue<T extends Identified, Patch> implements Edits {
  readonly #options: EditQueueOptions<T, Patch>;
  readonly #waiting: WaitingChanges;
  readonly #writing = new Set<string>();

  constructor(options: EditQueueOptions<T, Patch>) {
    this.#options = options;
    this.#waiting = new WaitingChanges(options.kind.fields);
  }

  save(changeSet: ChangeSet, options: SaveOptions = {}): Promise<WriteResult> {
    const { ref, changes } = changeSet;
    if (changes.length === 0) {
      return Promise.resolve(NOTHING_DONE);
    }
    const { kind, store } = this.#options;
    store.updateItem(ref.id, (resource) =>
      withRemote(kind.fields, resource, resource.remote, [...resource.pending, changeSet]),
    );
    return new Promise((done) => {
      this.#waiting.add(ref.id, { ...options, changes, shown: changeSet, done });
      void this.#work(ref);
    });
  }

  async #work(ref: Ref): Promise<void> {
    if (this.#writing.has(ref.id)) {
      return;
    }
    this.#writing.add(ref.id);
    const next = (): readonly QueuedChanges[] => this.#waiting.take(ref.id);
    try {
      for (let batch = next(); batch.length > 0; batch = next()) {
        await this.#save(ref, batch);
      }
    } finally {
      this.#writing.delete(ref.id);
    }
  }

  async #save(ref: Ref, batch: readonly QueuedChanges[]): Promise<void> {
    const lists = batch.map(({ changes }) => changes);
    const written = await this.#write(ref, mergeChanges(lists), batch[0] ?? {});
    if (batch.length > 1 && isRefused(written)) {
      this.#waiting.takeApart(ref.id, batch);
      return;
    }
    try {
      this.#settle(ref.id, batch, written);
    } catch (error) {
      // The write is done. An error here must not keep its results or the next writes from
      // following.
      reportUncaught(error);
    }
    const results = resultsFor(lists, written.result);
    for (const [index, { done }] of batch.entries()) {
      done(results[index] ?? NOTHING_DONE);
    }
  }

  #write(
    ref: Ref,
    changes: readonly FieldChange[],
    options: SaveOptions,
  ): Promise<WriteAttempt<T>> {
    const { storage, ...rest } = this.#options;
    return carefulWrite(changes, {
      ...rest,
      id: ref.id,
      locks: storage.locks,
      recorder: () => recorderFor(storage, ref, options),
    });
  }

  #settle(id: string, batch: readonly QueuedChanges[], written: WriteAttempt<T>): void {
    const { kind, store, storage } = this.#options;
    const { result, remote, refusals, maybeLost } = written;
    const done = new Set(batch.map(({ shown }) => shown));
    this.#waiting.rebase(id, result);
    const write = { maybeLost, at: storage.now(), reads: written.wasReadBack ? 1 : 0 };
    store.updateItem(id, (resource) => {
      const pending = resource.pending.filter((shown) => !done.has(shown));
      const next = withRemote(kind.fields, resource, remote ?? resource.remote, pending);
      return {
        ...next,
        written: withWritten(kind.fields, next.written, result, write),
        refusals,
        revision: resource.revision + 1,
      };
    });
  }
}

function isRefused({ refusal }: WriteAttempt<unknown>): boolean {
  return refusal?.kind === "invalid" || refusal?.kind === "conflict";
}

interface QueuedChanges extends SaveOptions {
  readonly changes: readonly FieldChange[];
  /** The original object, because the state finds pending changes by identity. */
  readonly shown: ChangeSet;
  /** True after a refusal together with others: the next attempt writes it by itself. */
  readonly alone?: boolean;
  readonly done: (result: WriteResult) => void;
}

/** Changes that wait for their turn, one list for each resource. */
class WaitingChanges {
  readonly #fields: Pick<FieldAccess<never>, "same">;
  readonly #lines = new Map<string, readonly QueuedChanges[]>();

  constructor(fields: Pick<FieldAccess<never>, "same">) {
    this.#fields = fields;
  }

  add(id: string, changes: QueuedChanges): void {
    this.#put(id, [...this.#line(id), changes]);
  }

  /** The changes to write next, as one batch. */
  take(id: string): readonly QueuedChanges[] {
    const all = this.#line(id);
    const [first] = all;
    // An undo isn't merged with edits: the journal keeps edits and not undos.
    const end = all.findIndex((each) => each.alone === true || each.isUndo !== first?.isUndo);
    const batch = all.slice(0, end === -1 ? all.length : Math.max(1, end));
    this.#put(id, all.slice(batch.length));
    return batch;
  }

  /** One change of the batch was refused. The others needn't fail with it. */
  takeApart(id: string, batch: readonly QueuedChanges[]): void {
    const again = batch.map((each) => ({ ...each, alone: true }));
    this.#put(id, [...again, ...this.#line(id)]);
  }

  /** Waiting changes take the outcome of the earlier write as their base. */
  rebase(id: string, earlier: WriteResult): void {
    const rebased = this.#line(id).map((each) => ({
      ...each,
      changes: this.#rebased(each.changes, earlier),
    }));
    this.#put(id, rebased);
  }

  /**
   * Waiting changes were made on a screen that already showed the earlier change. Where the earlier
   * change failed, their base is the base of that earlier change.
   */
  #rebased(waiting: readonly FieldChange[], earlier: WriteResult): readonly FieldChange[] {
    const open = new Map(unsaved(earlier).map((change) => [fieldId(change.field), change]));
    return waiting.map((change) => {
      const below = open.get(fieldId(change.field));
      const isOnIt = below !== undefined && this.#fields.same(change.field, change.from, below.to);
      return isOnIt ? { ...change, from: below.from } : change;
    });
  }

  #line(id: string): readonly QueuedChanges[] {
    return this.#lines.get(id) ?? [];
  }

  #put(id: string, waiting: readonly QueuedChanges[]): void {
    if (waiting.length === 0) {
      this.#lines.delete(id);
    } else {
      this.#lines.set(id, waiting);
    }
  }
}

/**
 * Enters one write into the journal, and keeps what it removes beside its changes. An undo adds no
 * step of its own.
 */
function recorderFor(
  { journal, lost, window, now }: AccountStorage,
  ref: Ref,
  { action, isUndo }: SaveOptions,
): Recorder {
  const id = crypto.randomUUID();
  const keep = async (removed: readonly FieldChange[]): Promise<void> => {
    if (removed.length > 0) {
      await lost.add(ref, removed);
    }
  };
  if (isUndo === true) {
    return { begin: (_changes, removed) => keep(removed), cancel: async () => undefined };
  }
  return {
    async begin(changes, removed) {
      await keep(removed);
      await journal.append([
        {
          kind: "write",
          id,
          action: action ?? id,
          window,
          at: now(),
          ref,
          changes,
          ...lostOf(removed),
        },
      ]);
    },
    // An entry that stays does no harm: whoever undoes it finds the values from before, and nothing
    // is sent. Neither do kept values that were never removed: the resource still has them.
    cancel: () => journal.append([{ kind: "void", id }]).catch(() => undefined),
  };
}
