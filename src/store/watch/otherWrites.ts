import { fieldId, sameValue } from "../../model/edits/field.ts";
import type { WriteEntry } from "../../model/edits/journal.ts";
import type { Conflict } from "../../model/edits/threeWay.ts";

/** A field that was saved `at` a time and that is `theirs` now. */
export interface Gone extends Conflict {
  readonly at: number;
}

/** @param writes of other windows to the same server */
export function isSavedByAnotherWindow(
  { change, theirs, at }: Gone,
  writes: readonly WriteEntry[],
): boolean {
  return writes.some(
    (entry) =>
      entry.at > at &&
      entry.changes.some(
        ({ field, to }) => fieldId(field) === fieldId(change.field) && sameValue(field, to, theirs),
      ),
  );
}
