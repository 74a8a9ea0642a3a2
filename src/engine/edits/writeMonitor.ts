import { type Disposable, Emitter } from "../../base/emitter.ts";
import {
  type Conflict,
  type FieldAccess,
  type FieldChange,
  fieldId,
  type Ref,
} from "../../domain/changes/change.ts";
import { standingWrites, type WriteEntry } from "../../domain/changes/journal.ts";
import type { WriteResult } from "../../domain/changes/writeResult.ts";
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
);

/**
 * How long a written field is compared, in milliseconds. A writer that read before our write and
 * writes after it does so within seconds. A request of ours can't run for longer either. A person
 * who changes the field tomorrow has seen our value and intends the change.
 */
const MONITORED_MS = 15 * 60_000;

interface Monitored<T> {
  readonly fields: MonitoredFields;
  /** The remote value of the last comparison. */
  readonly compared: T | undefined;
  /** Whether the next remote value was read after the last write. */
  readonly isNextRead: boolean;
}

interface WriteMonitorOptions<T> {
  readonly fields: FieldAccess<T>;
  readonly store: CollectionStore<T>;
  readonly storage: Pick<AccountStorage, "journal" | "window" | "now">;
}

/**
 * Compares written values with each newer read, and reports once each difference from what was
 * reported.
 */
export class WriteMonitor<T> implements Disposable {
  readonly #fields: FieldAccess<T>;
  readonly #store: CollectionStore<T>;
  readonly #storage: WriteMonitorOptions<T>["storage"];
  readonly #monitored = new Map<string, Monitored<T>>();
  readonly #told = new Emitter<LateOutcome>();
  readonly #subscription: Disposable;

  readonly onLateOutcome = this.#told.event;

  constructor({ fields, store, storage }: WriteMonitorOptions<T>) {
    this.#fields = fields;
    this.#store = store;
    this.#storage = storage;
    this.#subscription = store.onDidChange(() => this.#compareAll());
  }

  /** @param wasReadBack whether the remote value that comes with the result was read after the write */
  written(id: string, result: Pick<WriteResult, "saved" | "failure">, wasReadBack: boolean): void {
    const known = this.#monitored.get(id)?.fields;
    const fields = withResult(this.#fields, known, result, this.#storage.now());
    this.#keep(id, { fields, compared: undefined, isNextRead: wasReadBack });
  }

  /** Records that a list asked for at `askedAt` is in the state, even if it changed nothing. */
  listChecked(askedAt: number): void {
    const isDue = this.#due();
    for (const [id, monitored] of this.#monitored) {
      const fields = only(markChecked(monitored.fields, askedAt), isDue);
      this.#keep(id, { ...monitored, fields });
    }
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#told.dispose();
  }

  #compareAll(): void {
    const items = this.#store.current?.items;
    for (const [id, monitored] of this.#monitored) {
      const remote = items?.get(id)?.remote;
      if (remote !== undefined && remote !== monitored.compared) {
        this.#compare(id, monitored, remote);
      }
    }
  }

  #compare(id: string, monitored: Monitored<T>, remote: T): void {
    const isDue = this.#due();
    const due = only(monitored.fields, isDue);
    const { left, arrived, gone } = compareWithRemote(this.#fields, due, remote);
    const fields = monitored.isNextRead ? markChecked(left, Number.POSITIVE_INFINITY) : left;
    this.#keep(id, { fields: only(fields, isDue), compared: remote, isNextRead: true });
    const ref = this.#ref(id);
    if (arrived.length > 0) {
      this.#told.fire({ kind: "arrived", ref, changes: arrived.map(({ change }) => change) });
    }
    void this.#tellOverwritten(
      ref,
      gone.map(({ change, at }) => ({
        change,
        at,
        theirs: this.#fields.get(remote, change.field),
      })),
    );
  }

  #ref(id: string): Ref {
    return { accountId: this.#store.accountId, kind: this.#store.kind, id };
  }

  #keep(id: string, monitored: Monitored<T>): void {
    if (monitored.fields.size === 0) {
      this.#monitored.delete(id);
    } else {
      this.#monitored.set(id, monitored);
    }
  }

  /** A value is compared at least once, whatever its age. */
  #due(): (value: WrittenValue) => boolean {
    const now = this.#storage.now();
    return ({ at, isChecked }) => !isChecked || now - at <= MONITORED_MS;
  }

  /** A later save by another window of this machine was intended, and its user knows of it. */
  async #tellOverwritten(ref: Ref, gone: readonly Overwritten[]): Promise<void> {
    if (gone.length === 0) {
      return;
    }
    const { journal, window } = this.#storage;
    const writes = standingWrites(await journal.read().catch(() => [])).filter(
      (entry) => entry.ref.kind === ref.kind && entry.ref.id === ref.id && entry.window !== window,
    );
    const fields = gone.filter((each) => !isSavedByAnotherWindow(this.#fields, each, writes));
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

/** A value that was written to a field, and when. */
interface WrittenValue {
  readonly change: FieldChange;
  readonly at: number;
  /** Whether a read made after the write has been compared with it. */
  readonly isChecked: boolean;
}

/** The values written to one field whose reported outcome may still turn out wrong. */
interface MonitoredField {
  /** The last value that is known to have been saved. */
  readonly saved: WrittenValue | undefined;
  /** Values whose answers were lost, each once. Any of them may still arrive. */
  readonly lost: readonly WrittenValue[];
}

type MonitoredFields = ReadonlyMap<string, MonitoredField>;

/** The result of comparing monitored fields with a newer read. */
interface Comparison {
  readonly left: MonitoredFields;
  readonly arrived: readonly WrittenValue[];
  readonly gone: readonly WrittenValue[];
}

const NOTHING: MonitoredField = { saved: undefined, lost: [] };

/** A saved value replaces everything earlier. A lost value is kept beside the saved one. */
function withResult(
  { same }: Pick<FieldAccess<never>, "same">,
  fields: MonitoredFields = new Map(),
  { saved, failure }: Pick<WriteResult, "saved" | "failure">,
  at: number,
): MonitoredFields {
  const after = new Map(fields);
  for (const change of saved) {
    after.set(fieldId(change.field), { saved: { change, at, isChecked: false }, lost: [] });
  }
  const lost = failure === undefined || failure.status === "refused" ? [] : failure.changes;
  for (const change of lost) {
    const known = after.get(fieldId(change.field)) ?? NOTHING;
    const written = { change, at, isChecked: false };
    const others = known.lost.filter((each) => !same(change.field, each.change.to, change.to));
    after.set(fieldId(change.field), { ...known, lost: [...others, written] });
  }
  return after;
}

function compareWithRemote<T>(
  access: FieldAccess<T>,
  fields: MonitoredFields,
  remote: T,
): Comparison {
  const compared = [...fields].map(([id, field]) => ({
    id,
    ...compareField(access, field, remote),
  }));
  return {
    left: new Map(compared.map(({ id, saved, lost }) => [id, { saved, lost }])),
    arrived: compared.flatMap(({ arrived }) => arrived ?? []),
    gone: compared.flatMap(({ gone }) => gone ?? []),
  };
}

/** The same fields, with every value written before a time marked as compared. */
function markChecked(fields: MonitoredFields, before: number): MonitoredFields {
  return each(fields, (value) => (value.at < before ? { ...value, isChecked: true } : value));
}

/** Leaves out the values that need no more comparison. */
function only(fields: MonitoredFields, isDue: (value: WrittenValue) => boolean): MonitoredFields {
  return each(fields, (value) => (isDue(value) ? value : undefined));
}

function each(
  fields: MonitoredFields,
  change: (value: WrittenValue) => WrittenValue | undefined,
): MonitoredFields {
  const after = [...fields].map(([id, { saved, lost }]): [string, MonitoredField] => [
    id,
    { saved: saved && change(saved), lost: lost.flatMap((value) => change(value) ?? []) },
  ]);
  return new Map(after.filter(([, { saved, lost }]) => saved !== undefined || lost.length > 0));
}

/** Our own late write isn't an overwrite. It was intended, and is now the saved value. */
function compareField<T>(
  access: FieldAccess<T>,
  { saved, lost }: MonitoredField,
  remote: T,
): MonitoredField & { readonly arrived?: WrittenValue; readonly gone?: WrittenValue } {
  const isThere = ({ change: { field, to } }: WrittenValue): boolean =>
    access.same(field, access.get(remote, field), to);
  const arrived = lost.find(isThere);
  if (arrived !== undefined) {
    return { saved: arrived, lost: lost.filter((each) => each !== arrived), arrived };
  }
  if (saved === undefined || isThere(saved)) {
    return { saved, lost };
  }
  return { saved: undefined, lost, gone: saved };
}

/** A field that was saved at the time `at` and now has the value `theirs`. */
interface Overwritten extends Conflict {
  readonly at: number;
}

/**
 * Only a write that saw our value can have intended to replace it. A write that began while both
 * windows held the lock, because the lock's files were removed, replaced our value unknowingly.
 * Several such writes may follow each other.
 * @param writes of other windows to the same resource, in the order in which they began
 */
function isSavedByAnotherWindow(
  { same }: Pick<FieldAccess<never>, "same">,
  { change: ours, theirs, at }: Overwritten,
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
