import { type Disposable, Emitter } from "../../base/emitter.ts";
import {
  type Conflict,
  type FieldAccess,
  type FieldChange,
  fieldId,
  type Ref,
} from "../../domain/changes/change.ts";
import { standingWrites, type WriteEntry } from "../../domain/changes/journal.ts";
import {
  isUnexpected,
  type OverwrittenValue,
  type WrittenValue,
} from "../../domain/changes/writtenValues.ts";
import type { AccountStorage } from "../ports.ts";
import type { CollectionStore } from "../store.ts";

/** A fact about a write that became known after its result was reported. */
export type LateOutcome = { readonly ref: Ref } & (
  | {
      /** Another program changed a value that was saved here. */
      readonly kind: "overwritten";
      readonly fields: readonly Conflict[];
    }
  | {
      /** A value that was reported as unsaved, or as uncertain, is saved now. */
      readonly kind: "arrived";
      readonly changes: readonly FieldChange[];
    }
  | {
      /** A write that was reported so has arrived, and removed these beside its changes. */
      readonly kind: "removed";
      readonly changes: readonly FieldChange[];
    }
);

interface WriteMonitorOptions<T> {
  readonly fields: Pick<FieldAccess<T>, "same">;
  readonly store: Pick<CollectionStore<T>, "accountId" | "kind" | "onDidDiffer">;
  readonly storage: Pick<AccountStorage, "journal" | "window" | "now">;
}

/**
 * Reports the differences between what was written and what is there now, unless somebody intended
 * them.
 */
export class WriteMonitor<T> implements Disposable {
  readonly #fields: WriteMonitorOptions<T>["fields"];
  readonly #storage: WriteMonitorOptions<T>["storage"];
  readonly #told = new Emitter<LateOutcome>();
  readonly #subscription: Disposable;

  readonly onLateOutcome = this.#told.event;

  constructor({ fields, store, storage }: WriteMonitorOptions<T>) {
    this.#fields = fields;
    this.#storage = storage;
    this.#subscription = store.onDidDiffer((difference) => {
      if (difference.kind !== "overwritten" && difference.kind !== "arrived") {
        return;
      }
      const { ref } = difference;
      if (ref.accountId !== store.accountId || ref.kind !== store.kind) {
        return;
      }
      if (difference.kind === "overwritten") {
        void this.#tellOverwritten(ref, difference.values);
        return;
      }
      const now = this.#storage.now();
      const arrived = difference.values.filter((value) => isUnexpected(value, now));
      this.#tellArrived(
        "arrived",
        ref,
        arrived.filter(({ isBeside }) => isBeside !== true),
      );
      this.#tellArrived(
        "removed",
        ref,
        arrived.filter(({ isBeside }) => isBeside === true),
      );
    });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#told.dispose();
  }

  #tellArrived(kind: "arrived" | "removed", ref: Ref, values: readonly WrittenValue[]): void {
    if (values.length > 0) {
      this.#told.fire({ kind, ref, changes: values.map(({ change }) => change) });
    }
  }

  /** A later save by another window of this machine was intended, and its user knows of it. */
  async #tellOverwritten(ref: Ref, values: readonly OverwrittenValue[]): Promise<void> {
    const { journal, window, now } = this.#storage;
    const time = now();
    const unexpected = values.filter((value) => isUnexpected(value, time));
    if (unexpected.length === 0) {
      return;
    }
    const writes = standingWrites(await journal.read().catch(() => [])).filter(
      (entry) => entry.ref.kind === ref.kind && entry.ref.id === ref.id && entry.window !== window,
    );
    const fields = unexpected.filter((each) => !isSavedByAnotherWindow(this.#fields, each, writes));
    if (fields.length === 0) {
      return;
    }
    this.#told.fire({
      kind: "overwritten",
      ref,
      fields: fields.map(({ change, theirs }) => ({ change, theirs })),
    });
  }
}

/**
 * Only a write that saw our value can have intended to replace it. A write that began while both
 * windows held the lock, because the lock's files were removed, replaced our value unknowingly.
 * Several such writes may follow each other.
 * @param writes of other windows to the same resource, in the order in which they began
 */
function isSavedByAnotherWindow(
  { same }: Pick<FieldAccess<never>, "same">,
  { change: ours, theirs, at }: OverwrittenValue,
  writes: readonly WriteEntry[],
): boolean {
  const { field } = ours;
  let known = ours.to;
  for (const { at: began, changes } of writes) {
    const later = changes.find((change) => fieldId(change.field) === fieldId(field));
    if (later !== undefined && began > at && same(field, later.from, known)) {
      known = later.to;
    }
  }
  return !same(field, ours.to, theirs) && same(field, known, theirs);
}
