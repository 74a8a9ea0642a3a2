/** mulberry32: short, and equal on every machine. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const strange: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  9e15,
  "",
  "__proto__",
  "\ud800",
  "x".repeat(5000),
  [],
  {},
  [null],
  [[]],
  { name: 1 },
  JSON.parse('{"__proto__":{"name":"x"},"constructor":1}'),
];

/** A copy of a good answer with one to four changes. */
export function bend(good: unknown, random: () => number): unknown {
  const root = { good: structuredClone(good) };
  const bends = 1 + Math.floor(random() * 4);
  for (let count = 0; count < bends; count += 1) {
    bendOnce(root, random);
  }
  return root.good;
}

type Place = Record<string, unknown>;

function bendOnce(root: Place, random: () => number): void {
  const places = placesIn(root);
  const { holder, key } = pick(places, random);
  switch (Math.floor(random() * 4)) {
    case 0:
      // The outermost value is only replaced, because nothing could be changed in an answer without
      // it.
      holder === root ? put(holder, key, null) : delete holder[key];
      break;
    case 1:
      put(holder, key, structuredClone(holder[key] === undefined ? null : [holder[key]]));
      break;
    case 2:
      put(holder, `${key}_`, structuredClone(holder[key]));
      break;
    default:
      put(holder, key, structuredClone(pick(strange, random)));
  }
}

function put(holder: Place, key: string, value: unknown): void {
  Object.defineProperty(holder, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

function placesIn(holder: Place): { readonly holder: Place; readonly key: string }[] {
  return Object.keys(holder).flatMap((key) => {
    const value = holder[key];
    const inner = typeof value === "object" && value !== null ? placesIn(value as Place) : [];
    return [{ holder, key }, ...inner];
  });
}

export function pick<T>(items: readonly T[], random: () => number): T {
  return items[Math.floor(random() * items.length)] as T;
}
