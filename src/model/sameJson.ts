/** Whether two values that came out of JSON.parse are equal; the order of keys doesn't count. */
export function sameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one)) return Array.isArray(other) && sameItems(one, other);
  return isObject(one) && isObject(other) && !Array.isArray(other) && sameEntries(one, other);
}

/** By index and by plain key: this runs over every catalogue with every refresh. */
function sameItems(one: readonly unknown[], other: readonly unknown[]): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index += 1) {
    if (!sameJson(one[index], other[index])) return false;
  }
  return true;
}

/** JSON.parse makes even `__proto__` a property of its own, so a plain read finds it. */
function sameEntries(one: JsonObject, other: JsonObject): boolean {
  let count = 0;
  for (const key in one) {
    if (!Object.hasOwn(other, key) || !sameJson(one[key], other[key])) return false;
    count += 1;
  }
  for (const _ in other) count -= 1;
  return count === 0;
}

type JsonObject = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null;
}
