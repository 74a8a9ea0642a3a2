import type { Page } from "./page.ts";

/** The items of all pages in their order, each key once. What has no key is kept under itself. */
export function merge<T>(pages: readonly Page<T>[]): ReadonlyMap<unknown, T> {
  const found = new Map<unknown, T>();
  for (const keyed of pages.flatMap((page) => page.items)) {
    const key = keyed.key ?? keyed;
    if (!found.has(key)) {
      found.set(key, keyed.item);
    }
  }
  return found;
}
