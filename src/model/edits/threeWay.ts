import type { Server } from "../server/server.ts";
import type { Change } from "./edit.ts";
import { sameValue, type Value, valueAt } from "./field.ts";

/** A field that was changed by two: `theirs` is what is there now. */
export interface Conflict {
  readonly change: Change;
  readonly theirs: Value;
}

export interface Merged {
  /** Where nobody else was: to be written. */
  readonly apply: readonly Change[];
  /** What is so already, whoever did it. */
  readonly already: readonly Change[];
  /** Neither side wins in silence. */
  readonly conflicts: readonly Conflict[];
}

/** Field by field: what was seen, what is there now, what is meant. */
export function threeWay(changes: readonly Change[], current: Server): Merged {
  const apply: Change[] = [];
  const already: Change[] = [];
  const conflicts: Conflict[] = [];
  for (const change of changes) {
    const theirs = valueAt(current, change.field);
    if (sameValue(change.field, theirs, change.to)) already.push(change);
    else if (sameValue(change.field, theirs, change.from)) apply.push(change);
    else conflicts.push({ change, theirs });
  }
  return { apply, already, conflicts };
}
