import type { Page } from "./pages.ts";

/** The items of all pages in their order, each key once. What has no key is kept under itself. */
export function merge<T>(
  pages: readonly Page<T>[],
  keyOf: (item: T) => string | undefined,
): ReadonlyMap<unknown, T> {
  const found = new Map<unknown, T>();
  for (const item of pages.flatMap((page) => page.items)) {
    const key = keyOf(item) ?? item;
    if (!found.has(key)) {
      found.set(key, item);
    }
  }
  return found;
}
