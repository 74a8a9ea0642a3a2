import { isApiError } from "../../model/client/failure.ts";
import type { Transport } from "../wire/call.ts";
import { merge } from "./merge.ts";
import { type ListOptions, type Page, readPage } from "./page.ts";
import { sideBySide } from "./sideBySide.ts";

/** As wide as a well-filled account has pages; the budget bounds what really goes at once. */
const pagesAtOnce = 10;
/** Against a server whose pages never end. */
const maxPages = 1000;
/** How often a list that changes while it is read is read. */
const maxPasses = 3;

/** The size of pages that came through, by the list's path, where the usual one was too large. */
const smaller = new WeakMap<Transport, ReadonlyMap<string, number>>();

/** Every item of a list, each once, in the list's order. */
export async function listAll<T>(options: ListOptions<T>): Promise<readonly T[]> {
  const known = smaller.get(options.transport)?.get(options.call.path);
  for (let perPage = known ?? options.perPage; ; perPage = Math.floor(perPage / 5)) {
    try {
      const items = await listBy({ ...options, perPage });
      if (perPage !== options.perPage) {
        remember(options, perPage);
      }
      return items;
    } catch (error) {
      // Catalogues have no limit in size, so a page of many servers may be over the body's.
      if (!isApiError(error) || error.reason !== "tooLarge" || perPage < 5) {
        throw error;
      }
    }
  }
}

/** The next time, nothing is fetched only to be thrown away. */
function remember<T>({ transport, call }: ListOptions<T>, perPage: number): void {
  smaller.set(transport, new Map(smaller.get(transport)).set(call.path, perPage));
}

async function listBy<T>(options: ListOptions<T>): Promise<readonly T[]> {
  let before: ReadonlyMap<unknown, T> | undefined;
  for (let pass = 1; ; pass += 1) {
    const pages = await readPages(options);
    const found = merge(pages);
    const total = pages[0]?.total;
    const steady = pages.every((page) => page.items.length === 0 || page.total === total);
    if (total === undefined || (steady && found.size === total)) {
      return [...found.values()];
    }
    // Twice the same is the list; it is the count that is wrong.
    const settled = before !== undefined && found.size === before.size && covers(before, found);
    if (settled || pass === maxPasses) {
      return [...new Map([...found, ...onlyIn(before, found)]).values()];
    }
    before = found;
  }
}

/** One look at the whole list. What shifts meanwhile shows in the counts. */
async function readPages<T>(options: ListOptions<T>): Promise<readonly Page<T>[]> {
  const first = await readPage(options, 1, options.call.signal);
  const size = first.items.length;
  const pages = [first];
  if (size === 0 || (first.total !== undefined && first.total <= size && size < options.perPage)) {
    return pages;
  }
  if (first.total !== undefined) {
    // One page more than the count says where that is full: a count may be too low.
    const last = Math.min(Math.floor(first.total / size) + 1, maxPages);
    const rest = await sideBySide(2, last, pagesAtOnce, options.call.signal, {
      run: (number, signal) => readPage(options, number, signal),
      isLast: (page) => page.items.length === 0,
    });
    pages.push(...rest);
  }
  return walkOn(options, pages, size);
}

/** Pages until one is empty or brings no new id: a server may ignore which page is asked for. */
async function walkOn<T>(
  options: ListOptions<T>,
  pages: Page<T>[],
  size: number,
): Promise<readonly Page<T>[]> {
  const known = new Set(pages.flatMap(keysOf));
  let last = pages.at(-1);
  while (last !== undefined && isOpen(last, size) && pages.length < maxPages) {
    const next = await readPage(options, pages.length + 1, options.call.signal);
    pages.push(next);
    const fresh = keysOf(next).filter((key) => !known.has(key));
    for (const key of fresh) {
      known.add(key);
    }
    last = fresh.length === 0 ? undefined : next;
  }
  return pages;
}

function keysOf<T>(page: Page<T>): readonly string[] {
  return page.items.flatMap(({ key }) => (key === undefined ? [] : [key]));
}

/** With a count, a short page is the last one; without, only an empty one is. */
function isOpen<T>(page: Page<T>, size: number): boolean {
  return page.items.length > 0 && (page.total === undefined || page.items.length >= size);
}

function covers<T>(one: ReadonlyMap<unknown, T>, other: ReadonlyMap<unknown, T>): boolean {
  return [...other.keys()].every((key) => one.has(key));
}

function onlyIn<T>(
  one: ReadonlyMap<unknown, T> | undefined,
  other: ReadonlyMap<unknown, T>,
): readonly (readonly [unknown, T])[] {
  return [...(one ?? [])].filter(([key]) => !other.has(key));
}
