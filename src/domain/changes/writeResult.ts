import type { Server } from "../servers/server.ts";
import type { FieldChange } from "./change.ts";
import { fieldId, sameValue, type Value, valueAt } from "./fields.ts";
import type { Conflict } from "./merge.ts";

/** A field that a write meant to change and that Cloudflare left as `found`, under a 200. */
export interface IgnoredField {
  readonly change: FieldChange;
  readonly found: Value;
}

/** What couldn't be written, and why. */
export interface WriteFailure {
  readonly error: unknown;
  readonly changes: readonly FieldChange[];
  readonly status: WriteStatus;
}

/** What is known of a write that failed. */
export type WriteStatus =
  /** It won't be there. */
  | "refused"
  /** Its answer was lost and what was read since doesn't have it; it may still arrive. */
  | "missing"
  /** Its answer was lost and nothing could be read since. */
  | "unknown";

/** What became of each change of an edit: it is in exactly one of these. */
export interface WriteResult {
  /** Read back as meant. */
  readonly saved: readonly FieldChange[];
  readonly conflicts: readonly Conflict[];
  readonly ignored: readonly IgnoredField[];
  readonly failure: WriteFailure | undefined;
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

/** The same changes again, each from what is there now: for "Use Mine" and "Try Again". */
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

/** Which of the changes are in what was read back, and what stands in place of the others. */
export function compare(
  changes: readonly FieldChange[],
  readBack: Server,
): Pick<WriteResult, "saved" | "ignored"> {
  const took = ({ field, to }: FieldChange): boolean =>
    sameValue(field, valueAt(readBack, field), to);
  return {
    saved: changes.filter(took),
    ignored: changes
      .filter((change) => !took(change))
      .map((change) => ({ change, found: valueAt(readBack, change.field) })),
  };
}

/**
 * The results of edits that were written as one. A field that several of them touch is told to the
 * last, whose value was written; what was carried along belongs to none, and is told to the first.
 */
export function resultsFor(
  edits: readonly (readonly FieldChange[])[],
  result: WriteResult,
): readonly WriteResult[] {
  const owner = new Map<string, number>();
  for (const [index, changes] of edits.entries()) {
    for (const { field } of changes) {
      owner.set(fieldId(field), index);
    }
  }
  return edits.map((changes, index) => {
    const isMine = ({ field }: FieldChange): boolean => (owner.get(fieldId(field)) ?? 0) === index;
    return part(changes.filter(isMine), result, isMine);
  });
}

function part(
  changes: readonly FieldChange[],
  { conflicts, ignored, failure }: WriteResult,
  isMine: (change: FieldChange) => boolean,
): WriteResult {
  const failed = failure?.changes.filter(isMine) ?? [];
  const mine = {
    conflicts: conflicts.filter(({ change }) => isMine(change)),
    ignored: ignored.filter(({ change }) => isMine(change)),
    failure: failure && failed.length > 0 ? { ...failure, changes: failed } : undefined,
  };
  const open = new Set(unsaved(mine).map(({ field }) => fieldId(field)));
  return { ...mine, saved: changes.filter(({ field }) => !open.has(fieldId(field))) };
}

/** The changes that aren't there, for whatever reason. */
export function unsaved({
  conflicts,
  ignored,
  failure,
}: Omit<WriteResult, "saved">): readonly FieldChange[] {
  return [...(failure?.changes ?? []), ...[...conflicts, ...ignored].map(({ change }) => change)];
}
