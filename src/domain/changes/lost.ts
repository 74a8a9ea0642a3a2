import * as v from "valibot";
import { type FieldChange, fieldId, type Ref } from "./change.ts";
import { changesOf, changesShape } from "./journalLine.ts";

/** The values that one write removed beside its changes, kept until a person decides about them. */
export interface LostChanges {
  /** The resource, whose account is that of the file. */
  readonly kind: string;
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly changes: readonly FieldChange[];
}

const lines = v.array(v.unknown());
const line = v.object({ kind: v.string(), id: v.string(), at: v.number(), changes: changesShape });

/** Reads what is kept. Leaves out what it can't parse, because another version may have written it. */
export function readLost(value: unknown): readonly LostChanges[] {
  const all = v.safeParse(lines, value);
  return (all.success ? all.output : []).flatMap((each) => {
    const read = v.safeParse(line, each);
    return read.success ? [{ ...read.output, changes: changesOf(read.output.changes) }] : [];
  });
}

/** Writes of which lost values are kept. Older ones are dropped. */
const MOST_KEPT = 200;

export function addLost(
  all: readonly LostChanges[],
  { kind, id }: Pick<Ref, "kind" | "id">,
  lost: Pick<LostChanges, "at" | "changes">,
): readonly LostChanges[] {
  return [...all, { kind, id, ...lost }].slice(-MOST_KEPT);
}

/** @param fields the ids of the fields whose values nobody wants back */
export function forgetLost(
  all: readonly LostChanges[],
  { kind, id }: Pick<Ref, "kind" | "id">,
  fields: ReadonlySet<string>,
): readonly LostChanges[] {
  return all.flatMap((each) => {
    if (each.kind !== kind || each.id !== id) {
      return [each];
    }
    const changes = each.changes.filter(({ field }) => !fields.has(fieldId(field)));
    return changes.length === 0 ? [] : [{ ...each, changes }];
  });
}
