/**
 * Computes a value once for each object, which must not change. The value is kept for as long as
 * the object lives.
 */
export function memoize<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return (key) => {
    const entry = known.get(key);
    if (entry !== undefined) {
      return entry.value;
    }
    const value = compute(key);
    known.set(key, { value });
    return value;
  };
}

/**
 * Keeps the newest values of each object, for as long as one of them holds, so that whatever is known
 * by a value's identity holds too.
 * @param most more than one where several values hold in turn
 */
export function keepNewest<K extends object, V extends object>(
  most: number,
): (key: K, holds: (known: V) => boolean, compute: () => V) => V {
  const known = new WeakMap<K, readonly V[]>();
  return (key, holds, compute) => {
    const newest = known.get(key) ?? [];
    const held = newest.find(holds);
    if (held !== undefined) {
      return held;
    }
    const value = compute();
    known.set(key, [value, ...newest].slice(0, most));
    return value;
  };
}

/** True for the same items in the same order, told by identity. */
export function hasSameItems(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}
