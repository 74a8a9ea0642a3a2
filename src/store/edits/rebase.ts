import type { Change } from "../../model/edits/edit.ts";
import { type EditResult, unsaved } from "../../model/edits/editResult.ts";
import { fieldId, sameValue } from "../../model/edits/field.ts";

/**
 * Changes that wait saw on screen what an earlier edit was about to make. Where that didn't come
 * about, they stand on what the earlier edit itself stood on.
 */
export function rebase(waiting: readonly Change[], earlier: EditResult): readonly Change[] {
  const open = new Map(unsaved(earlier).map((change) => [fieldId(change.field), change]));
  return waiting.map((change) => {
    const below = open.get(fieldId(change.field));
    const onIt = below !== undefined && sameValue(change.field, change.from, below.to);
    return onIt ? { ...change, from: below.from } : change;
  });
}
