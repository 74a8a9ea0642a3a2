import type { ApiError } from "../apiError.ts";
import {
  type Conflict,
  type FieldAccess,
  type FieldChange,
  fieldId,
  type Ref,
  type Value,
} from "./change.ts";

/** A field that Cloudflare left at `found`, although it answered the write with 200. */
export interface IgnoredField {
  readonly change: FieldChange;
  readonly found: Value;
}

/** The changes that couldn't be written, and why. */
export interface WriteFailure {
  readonly error: unknown;
  readonly changes: readonly FieldChange[];
  readonly status: WriteStatus;
}

/** How much is known of a write that failed. */
export type WriteStatus =
  /** It is certain that Cloudflare didn't save it. */
  | "refused"
  /** Its answer was lost, and a later read doesn't have it. It may still arrive. */
  | "missing"
  /** Its answer was lost, and no later read succeeded. */
  | "unknown";

/** The outcome of each change of a change set: each is in exactly one of these lists. */
export interface WriteResult {
  /** The later read has the new value. */
  readonly saved: readonly FieldChange[];
  readonly conflicts: readonly Conflict[];
  readonly ignored: readonly IgnoredField[];
  readonly failure: WriteFailure | undefined;
  /**
   * Values that the write removed beside its changes, because Cloudflare would have refused it with
   * them. Absent where there are none.
   */
  readonly lost?: readonly FieldChange[];
}

/** The outcome of a change set. */
export interface SaveOutcome {
  readonly ref: Ref;
  readonly result: WriteResult;
}

/** A write that Cloudflare refused, shown as a problem on a property of the resource's document. */
export interface Refusal {
  readonly code: number | undefined;
  readonly message: string;
  readonly path: readonly string[];
}

/**
 * The refusals of an answer that name a property.
 * @param pathOf the path in the document of a field as Cloudflare names it
 */
export function refusalsAt(
  { problems }: ApiError,
  pathOf: (field: string) => readonly string[] | undefined,
): readonly Refusal[] {
  return problems.flatMap(({ code, message, field }) => {
    const path = field === undefined ? undefined : pathOf(field);
    return path === undefined ? [] : [{ code, message, path }];
  });
}

export const NOTHING_DONE: WriteResult = {
  saved: [],
  conflicts: [],
  ignored: [],
  failure: undefined,
};

export function isSaved({ conflicts, ignored, failure }: WriteResult): boolean {
  return conflicts.length === 0 && ignored.length === 0 && failure === undefined;
}

/** The same changes with the current values as `from`, for "Use Mine" and "Try Again". */
export function rebasedOnRemote({
  conflicts,
  ignored,
  failure,
}: WriteResult): readonly FieldChange[] {
  return [
    ...conflicts.map(({ change, theirs }) => ({ ...change, from: theirs })),
    ...ignored.map(({ change, found }) => ({ ...change, from: found })),
    ...(failure?.changes ?? []),
  ];
}

/**
 * Splits changes into those that the later read contains, and the values found in place of the
 * others.
 */
export function compare<T>(
  fields: FieldAccess<T>,
  changes: readonly FieldChange[],
  readBack: T,
): Pick<WriteResult, "saved" | "ignored"> {
  const took = ({ field, to }: FieldChange): boolean =>
    fields.same(field, fields.get(readBack, field), to);
  return {
    saved: changes.filter(took),
    ignored: changes
      .filter((change) => !took(change))
      .map((change) => ({ change, found: fields.get(readBack, change.field) })),
  };
}

/**
 * Splits the result of change sets that were written together. A field that several of them touch
 * goes to the last, whose value was written. A field that none of them touches goes to the first.
 */
export function resultsFor(
  lists: readonly (readonly FieldChange[])[],
  result: WriteResult,
): readonly WriteResult[] {
  const owner = new Map<string, number>();
  for (const [index, changes] of lists.entries()) {
    for (const { field } of changes) {
      owner.set(fieldId(field), index);
    }
  }
  return lists.map((changes, index) => {
    const isMine = ({ field }: FieldChange): boolean => (owner.get(fieldId(field)) ?? 0) === index;
    return part(changes.filter(isMine), result, isMine);
  });
}

function part(
  changes: readonly FieldChange[],
  { conflicts, ignored, failure, lost = [] }: WriteResult,
  isMine: (change: FieldChange) => boolean,
): WriteResult {
  const failed = failure?.changes.filter(isMine) ?? [];
  const mine = {
    conflicts: conflicts.filter(({ change }) => isMine(change)),
    ignored: ignored.filter(({ change }) => isMine(change)),
    failure: failure && failed.length > 0 ? { ...failure, changes: failed } : undefined,
    ...lostOf(lost.filter(isMine)),
  };
  const open = new Set(unsaved(mine).map(({ field }) => fieldId(field)));
  return { ...mine, saved: changes.filter(({ field }) => !open.has(fieldId(field))) };
}

/** The part of a result that tells what was lost; empty where nothing was. */
export function lostOf(lost: readonly FieldChange[]): Pick<WriteResult, "lost"> {
  return lost.length === 0 ? {} : { lost };
}

/** All changes that weren't saved. */
export function unsaved({
  conflicts,
  ignored,
  failure,
}: Omit<WriteResult, "saved">): readonly FieldChange[] {
  return [...(failure?.changes ?? []), ...[...conflicts, ...ignored].map(({ change }) => change)];
}
