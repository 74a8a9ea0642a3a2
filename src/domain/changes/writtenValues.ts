import { hasSameItems } from "../../base/memo.ts";
import { type Conflict, type FieldAccess, type FieldChange, fieldId } from "./change.ts";
import type { WriteResult } from "./writeResult.ts";

/**
 * How long a written value is compared, in milliseconds. A writer that read before our write and
 * writes after it does so within seconds. A request of ours can't run for longer either. A person
 * who changes the field tomorrow has seen our value and intends the change.
 */
const COMPARED_MS = 15 * 60_000;

/** A value that this window wrote to a field. */
export interface WrittenValue {
  readonly change: FieldChange;
  /** When it was written, in milliseconds since 1970. */
  readonly at: number;
  /** How many reads made after the write it was compared with, including the current remote value. */
  readonly reads: number;
  /** Set where nobody asked for it: the write removes a value beside its changes. */
  readonly isBeside?: true;
}

/** The values written to one field whose reported outcome may still turn out wrong. */
interface WrittenField {
  /** The last value that is known to have been saved. */
  readonly saved: WrittenValue | undefined;
  /** Values whose answers were lost, each once. Any of them may still arrive. */
  readonly lost: readonly WrittenValue[];
}

/** The values that this window wrote to one resource, by the id of their field. */
export type WrittenFields = ReadonlyMap<string, WrittenField>;

/** One shared object, so that resources without writes are equal by identity. */
export const NOTHING_WRITTEN: WrittenFields = new Map();

/** A value that was saved, and the value that the field has now. */
export interface OverwrittenValue extends WrittenValue, Conflict {}

/** How the remote value of a resource differs from what was reported of the writes. */
export interface Deviations {
  /** Values that were saved, and that another program has replaced. */
  readonly overwritten: readonly OverwrittenValue[];
  /** Values that were reported as unsaved, or as uncertain, and that are saved. */
  readonly arrived: readonly WrittenValue[];
}

/** `reads` is 1 when the current remote value was read after the write, 0 otherwise. */
interface OfWrite extends Pick<WrittenValue, "at" | "reads"> {
  /** Values that it removes beside its changes, if it still arrives. */
  readonly maybeLost?: readonly FieldChange[];
}

const NOTHING: WrittenField = { saved: undefined, lost: [] };

/**
 * Adds the result of a write. A saved value replaces everything earlier. A lost value is kept beside
 * the saved one. What the write removed has been told, so nothing more is expected of it.
 */
export function withWritten(
  { same }: Pick<FieldAccess<never>, "same">,
  written: WrittenFields,
  { saved, failure, lost: removed = [] }: Pick<WriteResult, "saved" | "failure" | "lost">,
  { at, reads, maybeLost = [] }: OfWrite,
): WrittenFields {
  const after = new Map(written);
  for (const change of saved) {
    after.set(fieldId(change.field), { saved: { change, at, reads }, lost: [] });
  }
  for (const { field } of removed) {
    after.delete(fieldId(field));
  }
  const changes = failure === undefined || failure.status === "refused" ? [] : failure.changes;
  const lost: readonly WrittenValue[] = [
    ...changes.map((change) => ({ change, at, reads })),
    ...maybeLost.map((change) => ({ change, at, reads, isBeside: true as const })),
  ];
  for (const value of lost) {
    const { field, to } = value.change;
    const known = after.get(fieldId(field)) ?? NOTHING;
    const others = known.lost.filter((each) => !same(field, each.change.to, to));
    after.set(fieldId(field), { ...known, lost: [...others, value] });
  }
  return after.size === 0 ? NOTHING_WRITTEN : after;
}

export function deviationsOf<T>(
  access: FieldAccess<T>,
  written: WrittenFields,
  remote: T,
): Deviations {
  const compared = [...written.values()].map((field) => compareField(access, field, remote));
  return {
    overwritten: compared.flatMap(({ gone }) =>
      gone === undefined ? [] : { ...gone, theirs: access.get(remote, gone.change.field) },
    ),
    arrived: compared.flatMap(({ arrived }) => arrived ?? []),
  };
}

/** The written values before another remote value arrives. Each deviation is reported only once. */
export function beforeNextRead<T>(
  access: FieldAccess<T>,
  written: WrittenFields,
  remote: T,
): WrittenFields {
  return mapValues(reported(access, written, remote), (value) => ({
    ...value,
    reads: value.reads + 1,
  }));
}

/**
 * The written values after a list has confirmed the remote value. Values that need no more
 * comparison are left out. The same object when nothing changes.
 * @param askedAt when the list was asked for
 * @param now both in milliseconds since 1970
 */
export function afterList<T>(
  access: FieldAccess<T>,
  written: WrittenFields,
  remote: T,
  { askedAt, now }: { readonly askedAt: number; readonly now: number },
): WrittenFields {
  if (written.size === 0) {
    return written;
  }
  return mapValues(reported(access, written, remote), (value) => {
    const isFirstRead = value.reads === 0 && value.at < askedAt;
    const checked = isFirstRead ? { ...value, reads: 1 } : value;
    return checked.reads === 0 || isYoung(checked, now) ? checked : undefined;
  });
}

/** False for a deviation that somebody may have intended. A value is compared at least once. */
export function isUnexpected(value: WrittenValue, now: number): boolean {
  return value.reads <= 1 || isYoung(value, now);
}

function isYoung({ at }: WrittenValue, now: number): boolean {
  return now - at <= COMPARED_MS;
}

/** A value that was overwritten is no longer compared. A value that arrived is now the saved one. */
function reported<T>(access: FieldAccess<T>, written: WrittenFields, remote: T): WrittenFields {
  const after = [...written].map(([id, field]) => {
    const { saved, lost } = compareField(access, field, remote);
    return [id, saved === field.saved && lost === field.lost ? field : { saved, lost }] as const;
  });
  return after.every(([id, field]) => written.get(id) === field) ? written : new Map(after);
}

/** The same object when no value changes. A value that becomes undefined is left out. */
function mapValues(
  written: WrittenFields,
  change: (value: WrittenValue) => WrittenValue | undefined,
): WrittenFields {
  const after = [...written].map(([id, field]): readonly [string, WrittenField] => {
    const saved = field.saved && change(field.saved);
    const lost = field.lost.flatMap((value) => change(value) ?? []);
    const isSame = saved === field.saved && hasSameItems(lost, field.lost);
    return [id, isSame ? field : { saved, lost }];
  });
  const left = after.filter(([, { saved, lost }]) => saved !== undefined || lost.length > 0);
  if (left.length === 0) {
    return NOTHING_WRITTEN;
  }
  const isSame = left.length === written.size && left.every(([id, f]) => written.get(id) === f);
  return isSame ? written : new Map(left);
}

/** Our own late write isn't an overwrite. It was intended, and is now the saved value. */
function compareField<T>(
  access: FieldAccess<T>,
  { saved, lost }: WrittenField,
  remote: T,
): WrittenField & { readonly arrived?: WrittenValue; readonly gone?: WrittenValue } {
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
