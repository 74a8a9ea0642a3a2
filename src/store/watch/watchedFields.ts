import type { Change } from "../../model/edits/edit.ts";
import type { EditResult } from "../../model/edits/editResult.ts";
import { fieldId, sameValue, valueAt } from "../../model/edits/field.ts";
import type { Server } from "../../model/server/server.ts";

/** A value that was written to a field at a time. */
export interface WrittenValue {
  readonly change: Change;
  readonly at: number;
  /** Whether a read that came after it has been compared with it. */
  readonly isLooked: boolean;
}

/** What was written to one field and may yet turn out to be otherwise than was told. */
interface WatchedField {
  /** The last value that is known to have been there. */
  readonly saved: WrittenValue | undefined;
  /** Values whose answers were lost, each once: any of them may still arrive. */
  readonly lost: readonly WrittenValue[];
}

export type WatchedFields = ReadonlyMap<string, WatchedField>;

/** What a newer read tells of fields. */
interface Look {
  readonly left: WatchedFields;
  readonly arrived: readonly WrittenValue[];
  readonly gone: readonly WrittenValue[];
}

const NOTHING: WatchedField = { saved: undefined, lost: [] };

/** What is saved takes the place of everything earlier; what was lost stands beside what was saved. */
export function withResult(
  fields: WatchedFields = new Map(),
  { saved, failure }: Pick<EditResult, "saved" | "failure">,
  at: number,
): WatchedFields {
  const after = new Map(fields);
  for (const change of saved) {
    after.set(fieldId(change.field), { saved: { change, at, isLooked: false }, lost: [] });
  }
  const lost = failure === undefined || failure.fate === "refused" ? [] : failure.changes;
  for (const change of lost) {
    const known = after.get(fieldId(change.field)) ?? NOTHING;
    const written = { change, at, isLooked: false };
    const others = known.lost.filter((each) => !sameValue(change.field, each.change.to, change.to));
    after.set(fieldId(change.field), { ...known, lost: [...others, written] });
  }
  return after;
}

export function look(fields: WatchedFields, truth: Server): Look {
  const looks = [...fields].map(([id, field]) => ({ id, ...lookAt(field, truth) }));
  return {
    left: new Map(looks.map(({ id, saved, lost }) => [id, { saved, lost }])),
    arrived: looks.flatMap(({ arrived }) => arrived ?? []),
    gone: looks.flatMap(({ gone }) => gone ?? []),
  };
}

/** The same fields when all has been looked at that was written before a time. */
export function lookedAt(fields: WatchedFields, before: number): WatchedFields {
  return each(fields, (value) => (value.at < before ? { ...value, isLooked: true } : value));
}

/** Without the values that nobody needs to look at any more. */
export function only(
  fields: WatchedFields,
  isDue: (value: WrittenValue) => boolean,
): WatchedFields {
  return each(fields, (value) => (isDue(value) ? value : undefined));
}

function each(
  fields: WatchedFields,
  change: (value: WrittenValue) => WrittenValue | undefined,
): WatchedFields {
  const after = [...fields].map(([id, { saved, lost }]): [string, WatchedField] => [
    id,
    { saved: saved && change(saved), lost: lost.flatMap((value) => change(value) ?? []) },
  ]);
  return new Map(after.filter(([, { saved, lost }]) => saved !== undefined || lost.length > 0));
}

/** A value of ours that arrives late has run over nobody: it was meant, and is what is saved now. */
function lookAt(
  { saved, lost }: WatchedField,
  truth: Server,
): WatchedField & { readonly arrived?: WrittenValue; readonly gone?: WrittenValue } {
  const isThere = ({ change: { field, to } }: WrittenValue): boolean =>
    sameValue(field, valueAt(truth, field), to);
  const arrived = lost.find(isThere);
  if (arrived !== undefined) {
    return { saved: arrived, lost: lost.filter((each) => each !== arrived), arrived };
  }
  if (saved === undefined || isThere(saved)) return { saved, lost };
  return { saved: undefined, lost, gone: saved };
}
