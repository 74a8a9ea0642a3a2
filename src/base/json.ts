/** A JSON object. Read with names of ours only; names from outside go into a Map. */
export type JsonRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Whether two values that came out of JSON.parse are equal; the order of keys doesn't count. With a
 * stack of its own, because what an upstream nests is only limited by the size of an answer.
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

/** Leaves two objects open, whose insides are still to be compared. */
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

/** By index and by plain key: this runs over every catalogue with every refresh. */
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

/** JSON.parse makes even `__proto__` a property of its own, so a plain read finds it. */
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
