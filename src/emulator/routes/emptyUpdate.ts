import type { Behaviours } from "../switches/behaviours.ts";
import { plainError, Refusal } from "../wire/answers.ts";
import { isRecord } from "../wire/bentBodies.ts";

/**
 * Whether nothing is left of a body that could be written. Where a switch has taken out something of
 * it, the write isn't empty but silently lost.
 */
export function isEmptyUpdate(
  left: object,
  sent: unknown,
  { ignoreFields }: Pick<Behaviours, "ignoreFields">,
): boolean {
  if (Object.values(left).some((value) => value !== undefined)) {
    return false;
  }
  return !isRecord(sent) || !ignoreFields.some((key) => Object.hasOwn(sent, key));
}

/** What an UPDATE without a column answers; seen live with a PUT of nothing but `hostname`. */
export function emptyUpdate(): Refusal {
  const message = 'D1_ERROR: near "WHERE": syntax error at offset 19: SQLITE_ERROR';
  return new Refusal(plainError(500, { code: 7000, message }));
}
