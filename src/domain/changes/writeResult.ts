import type { Server } from "../servers/server.ts";
import type { Change } from "./change.ts";
import { fieldId, sameValue, type Value, valueAt } from "./fields.ts";
import type { Conflict } from "./merge.ts";

/** A field that a write meant to change and that Cloudflare left as `found`, under a 200. */
export interface NotTaken {
  readonly change: Change;
  readonly found: Value;
}

/** What couldn't be written, and why. */
export interface WriteFailure {
  readonly error: unknown;
  readonly changes: readonly Change[];
  readonly fate: Fate;
}

/** What is known of a write that failed. */
export type Fate =
  /** It won't be there. */
  | "refused"
  /** Its answer was lost and what was read since doesn't have it; it may still arrive. */
  | "missing"
  /** Its answer was lost and nothing could be read since. */
  | "unknown";

/** What became of each change of an edit: it is in exactly one of these. */
export interface EditResult {
  /** Read back as meant. */
  readonly saved: readonly Change[];
  readonly conflicts: readonly Conflict[];
  readonly notTaken: readonly NotTaken[];
  readonly failure: WriteFailure | undefined;
}

export const NOTHING_DONE: EditResult = {
  saved: [],
  conflicts: [],
  notTaken: [],
  failure: undefined,
};

export function isSaved({ conflicts, notTaken, failure }: EditResult): boolean {
  return conflicts.length === 0 && notTaken.length === 0 && failure === undefined;
}

/** The same changes again, each from what is there now: for "Use Mine" and "Try Again". */
export function insisted({ conflicts, notTaken, failure }: EditResult): readonly Change[] {
  return [
    ...conflicts.map(({ change, theirs }) => ({ ...change, from: theirs })),
    ...notTaken.map(({ change, found }) => ({ ...change, from: found })),
    ...(failure?.changes ?? []),
  ];
}

/** Which of the changes are in what was read back, and what stands in place of the others. */
export function compare(
  changes: readonly Change[],
  readBack: Server,
): Pick<EditResult, "saved" | "notTaken"> {
  const took = ({ field, to }: Change): boolean => sameValue(field, valueAt(readBack, field), to);
  return {
    saved: changes.filter(took),
    notTaken: changes
      .filter((change) => !took(change))
      .map((change) => ({ change, found: valueAt(readBack, change.field) })),
  };
}

/**
 * The results of edits that were written as one. A field that several of them touch is told to the
 * last, whose value was written; what was carried along belongs to none, and is told to the first.
 */
export function resultsFor(
  edits: readonly (readonly Change[])[],
  result: EditResult,
): readonly EditResult[] {
  const owner = new Map<string, number>();
  for (const [index, changes] of edits.entries()) {
    for (const { field } of changes) owner.set(fieldId(field), index);
  }
  return edits.map((changes, index) => {
    const isMine = ({ field }: Change): boolean => (owner.get(fieldId(field)) ?? 0) === index;
    return part(changes.filter(isMine), result, isMine);
  });
}

function part(
  changes: readonly Change[],
  { conflicts, notTaken, failure }: EditResult,
  isMine: (change: Change) => boolean,
): EditResult {
  const failed = failure?.changes.filter(isMine) ?? [];
  const mine = {
    conflicts: conflicts.filter(({ change }) => isMine(change)),
    notTaken: notTaken.filter(({ change }) => isMine(change)),
    failure: failure && failed.length > 0 ? { ...failure, changes: failed } : undefined,
  };
  const open = new Set(unsaved(mine).map(({ field }) => fieldId(field)));
  return { ...mine, saved: changes.filter(({ field }) => !open.has(fieldId(field))) };
}

/** The changes that aren't there, for whatever reason. */
export function unsaved({
  conflicts,
  notTaken,
  failure,
}: Omit<EditResult, "saved">): readonly Change[] {
  return [...(failure?.changes ?? []), ...[...conflicts, ...notTaken].map(({ change }) => change)];
}
