import type { AccountId } from "../account.ts";

/** The address of one remote resource. `kind` is the name of its ResourceKind. */
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

/**
 * One value of a resource that an administrator may change. The resource's kind gives `key` its
 * meaning.
 */
export interface Field {
  /** Undefined for a value of the resource itself. */
  readonly of: PartRef | undefined;
  readonly key: string;
}

/** The value of a field; null stands for no value. */
export type Value = string | boolean | null;

/** A field and its new value; null clears the field. */
export interface FieldValue {
  readonly field: Field;
  readonly to: Value;
}

/** One field with its old and its new value. `from` is the value that the person saw. */
export interface FieldChange extends FieldValue {
  readonly from: Value;
}

/** All changes of one resource that are written together. */
export interface ChangeSet {
  readonly ref: Ref;
  readonly changes: readonly FieldChange[];
}

/** Reads and sets the values of a kind of resource. */
export interface FieldAccess<T> {
  /** False for a field that this version doesn't know. */
  has(field: Field): boolean;
  get(resource: T, field: Field): Value;
  /** The resource with these values; the same object where they change nothing. */
  set(resource: T, values: readonly FieldValue[]): T;
  /** True when two values of a field mean the same. */
  same(field: Field, one: Value, other: Value): boolean;
}

/** A text that identifies a field within its resource, to be the key of a Map. */
export function fieldId({ of, key }: Field): string {
  return of === undefined ? key : JSON.stringify([...partPath(of), key]);
}

function partPath({ kind, name, within }: PartRef): readonly string[] {
  return [...(within === undefined ? [] : partPath(within)), kind, name];
}

/** A text that identifies a resource within its account, to be the key of a lock. */
export function refId({ kind, id }: Pick<Ref, "kind" | "id">): string {
  return `${kind}:${id}`;
}

/** The changes that turn `seen`, the resource as a person saw it, into one with these values. */
export function changesFrom<T>(
  fields: FieldAccess<T>,
  seen: T,
  values: readonly FieldValue[],
): readonly FieldChange[] {
  return values
    .map(({ field, to }) => ({ field, to, from: fields.get(seen, field) }))
    .filter(({ field, from, to }) => !fields.same(field, from, to));
}

/**
 * Merges lists of changes. Where several touch a field, the last value counts and the first `from`
 * stays.
 */
export function mergeChanges(lists: readonly (readonly FieldChange[])[]): readonly FieldChange[] {
  const merged = new Map<string, FieldChange>();
  for (const change of lists.flat()) {
    const id = fieldId(change.field);
    const { from } = merged.get(id) ?? change;
    merged.set(id, { ...change, from });
  }
  // A value that was set and set back stays in the list: somebody else may have changed the field
  // in between.
  return [...merged.values()];
}

/** The changes that take these back. */
export function inverted(changes: readonly FieldChange[]): readonly FieldChange[] {
  return changes.map(({ field, from, to }) => ({ field, from: to, to: from }));
}

/** A field that two people changed. `theirs` is the value that is there now. */
export interface Conflict {
  readonly change: FieldChange;
  readonly theirs: Value;
}

export interface Merged {
  /** Changes of fields that nobody else changed. These are to be written. */
  readonly apply: readonly FieldChange[];
  /** Changes whose value is in place already, whoever wrote it. */
  readonly already: readonly FieldChange[];
  /** Changes of fields that somebody else changed too. The person decides about them. */
  readonly conflicts: readonly Conflict[];
}

/** Compares three values of each field: the one the person saw, the current one and the new one. */
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
