import type { Match } from "./match.ts";

interface Armed<T> {
  readonly item: T;
  readonly path: RegExp | undefined;
  seen: number;
}

/** Things that wait for certain requests. Each counts the requests that it matched. */
export class Matcher<T extends { readonly match: Match }> {
  readonly #armed: Armed<T>[] = [];

  add(items: readonly T[]): void {
    for (const item of items) {
      const { path } = item.match;
      this.#armed.push({ item, path: path === undefined ? undefined : new RegExp(path), seen: 0 });
    }
  }

  clear(): void {
    this.#armed.length = 0;
  }

  /** The first that happens to this request. Those behind it don't count it: they take turns. */
  takeFirst(method: string, path: string): T | undefined {
    return this.#armed.find((armed) => counts(armed, method, path))?.item;
  }

  /** All that happen to this request, in the order in which they were added. */
  take(method: string, path: string): readonly T[] {
    return this.#armed.filter((armed) => counts(armed, method, path)).map((armed) => armed.item);
  }
}

function counts(armed: Armed<{ readonly match: Match }>, method: string, path: string): boolean {
  const { match } = armed.item;
  if (match.method !== undefined && match.method !== method) {
    return false;
  }
  if (armed.path !== undefined && !armed.path.test(path)) {
    return false;
  }
  armed.seen += 1;
  const first = match.nth ?? 1;
  const count = match.count ?? 1;
  return armed.seen >= first && (count === 0 || armed.seen < first + count);
}
