import type { AccountId } from "../account.ts";

/** Where one remote resource is. `kind` is the name of its ResourceKind. */
export interface Ref {
  readonly accountId: AccountId;
  readonly kind: string;
  readonly id: string;
}

/** A part of a resource: a tool of a server, or a tool within one of a portal's mappings. */
export interface PartRef {
  readonly kind: string;
  readonly name: string;
  readonly within?: PartRef | undefined;
}

/** One value of a resource that an administrator may change. What its key means is its kind's affair. */
export interface Field {
  /** Undefined for a value of the resource itself. */
  readonly of: PartRef | undefined;
  readonly key: string;
}

/** The value of a field; null stands for no value. */
export type Value = string | boolean | null;

/** A field and what it is to become; null clears it. */
export interface FieldValue {
  readonly field: Field;
  readonly to: Value;
}

/** One field with its old and its new value. The old one is what the person saw. */
export interface FieldChange extends FieldValue {
  readonly from: Value;
}

/** Everything that is to change on one resource in one go. */
export interface ChangeSet {
  readonly ref: Ref;
  readonly changes: readonly FieldChange[];
}

/** How values are read from a kind of resource and set in it. */
export interface FieldAccess<T> {
  /** False for a field that this version doesn't know. */
  has(field: Field): boolean;
  get(resource: T, field: Field): Value;
  /** The resource as it is with these values; the same object where there are none. */
  set(resource: T, values: readonly FieldValue[]): T;
  /** Whether two values of a field mean the same. */
  same(field: Field, one: Value, other: Value): boolean;
}

/** The same text for the same field, to be the key of a Map. */
export function fieldId({ of, key }: Field): string {
  return of === undefined ? key : JSON.stringify([...partPath(of), key]);
}

function partPath({ kind, name, within }: PartRef): readonly string[] {
  return [...(within === undefined ? [] : partPath(within)), kind, name];
}

/** The same text for the same resource of an account, to be the key of a lock. */
export function refId({ kind, id }: Pick<Ref, "kind" | "id">): string {
  return `${kind}:${id}`;
}

/** The changes of a person who sees `seen` and means these values; what is so already is no change. */
export function changesFrom<T>(
  fields: FieldAccess<T>,
  seen: T,
  values: readonly FieldValue[],
): readonly FieldChange[] {
  return values
    .map(({ field, to }) => ({ field, to, from: fields.get(seen, field) }))
    .filter(({ field, from, to }) => !fields.same(field, from, to));
}

/** All changes as one list; where two touch the same field, the later one counts. */
export function mergeChanges(lists: readonly (readonly FieldChange[])[]): readonly FieldChange[] {
  const merged = new Map<string, FieldChange>();
  for (const change of lists.flat()) {
    const id = fieldId(change.field);
    const { from } = merged.get(id) ?? change;
    merged.set(id, { ...change, from });
  }
  // A value that was set and set back is still meant: somebody else may have changed it in between.
  return [...merged.values()];
}

/** The changes the other way round. */
export function inverted(changes: readonly FieldChange[]): readonly FieldChange[] {
  return changes.map(({ field, from, to }) => ({ field, from: to, to: from }));
}

/** A field that two people changed: `theirs` is what is there now. */
export interface Conflict {
  readonly change: FieldChange;
  readonly theirs: Value;
}

export interface Merged {
  /** Fields that nobody else changed: they are to be written. */
  readonly apply: readonly FieldChange[];
  /** Changes whose value is in place already, whoever wrote it. */
  readonly already: readonly FieldChange[];
  /** Fields that somebody else changed too. The person decides. */
  readonly conflicts: readonly Conflict[];
}

/** Compares field by field what was seen, what is there now and what is meant. */
export function threeWay<T>(
  fields: FieldAccess<T>,
  changes: readonly FieldChange[],
  current: T,
): Merged {
  const apply: FieldChange[] = [];
  const already: FieldChange[] = [];
  const conflicts: Conflict[] = [];
  for (const change of changes) {
    const theirs = fields.get(current, change.field);
    if (fields.same(change.field, theirs, change.to)) {
      already.push(change);
    } else if (fields.same(change.field, theirs, change.from)) {
      apply.push(change);
    } else {
      conflicts.push({ change, theirs });
    }
  }
  return { apply, already, conflicts };
}
