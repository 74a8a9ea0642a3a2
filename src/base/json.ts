/** A JSON object. Read only fixed keys from it; names from outside belong in a Map. */
export type JsonRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Parses JSON. Returns undefined for a text that isn't JSON. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Parses a JSON object. Returns undefined for any other text. */
export function readJsonRecord(text: string): JsonRecord | undefined {
  const value = readJson(text);
  return isRecord(value) ? value : undefined;
}

/**
 * True when two results of JSON.parse are equal, whatever the order of their keys. Uses no
 * recursion, because only the size of an answer limits how deep an upstream nests.
 */
export function sameJson(one: unknown, other: unknown): boolean {
  const open: unknown[] = [];
  if (!sameOrOpen(one, other, open)) {
    return false;
  }
  while (open.length > 0) {
    const right = open.pop();
    const left = open.pop();
    if (!sameWithin(left, right, open)) {
      return false;
    }
  }
  return true;
}

/** Returns false for different values. Adds two objects to `open`, to be compared later. */
function sameOrOpen(one: unknown, other: unknown, open: unknown[]): boolean {
  if (one === other) {
    return true;
  }
  if (!isObject(one) || !isObject(other)) {
    return false;
  }
  open.push(one, other);
  return true;
}

function sameWithin(one: unknown, other: unknown, open: unknown[]): boolean {
  if (Array.isArray(one)) {
    return Array.isArray(other) && sameItems(one, other, open);
  }
  return isRecord(one) && isRecord(other) && sameEntries(one, other, open);
}

/** Uses plain indexes and keys, because every refresh compares every catalogue. */
function sameItems(one: readonly unknown[], other: readonly unknown[], open: unknown[]): boolean {
  if (one.length !== other.length) {
    return false;
  }
  for (let index = 0; index < one.length; index += 1) {
    if (!sameOrOpen(one[index], other[index], open)) {
      return false;
    }
  }
  return true;
}

/** JSON.parse makes even `__proto__` an own property, so a plain read finds it. */
function sameEntries(one: JsonRecord, other: JsonRecord, open: unknown[]): boolean {
  let count = 0;
  for (const key in one) {
    if (!Object.hasOwn(other, key) || !sameOrOpen(one[key], other[key], open)) {
      return false;
    }
    count += 1;
  }
  for (const _ in other) {
    count -= 1;
  }
  return count === 0;
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
