import { mapConcurrent } from "../base/async.ts";
import { isRecord } from "../base/json.ts";
import { isApiError } from "../domain/apiError.ts";
import { idOf, withResponseContext, wrongShape } from "./parse.ts";
import type { Call, Transport } from "./transport/call.ts";

/** How many pages are requested ahead unless told. A wrong count wastes at most so many requests. */
const PAGES_AHEAD = 3;
/**
 * Most pages of a list, so that the loop ends for a server whose pages never end. Cloudflare allows
 * 1,200 requests in five minutes.
 */
const MAX_PAGES = 500;
/** The most times a list is read that changes meanwhile. */
const MAX_PASSES = 3;

/**
 * The page size that worked, by path, for lists whose usual pages are too large. The next read
 * starts with it.
 */
export class PageSizes extends Map<string, number> {
  /** Most pages that are requested ahead of those that have arrived. */
  readonly ahead: number;

  constructor(ahead = PAGES_AHEAD) {
    super();
    this.ahead = ahead;
  }
}

/** All items of a list in order, each once. Rejects with an ApiError. */
export async function listAll<T>(options: ListOptions<T>): Promise<readonly T[]> {
  const known = options.pageSizes.get(options.call.path);
  for (let perPage = known ?? options.perPage; ; perPage = Math.floor(perPage / 5)) {
    try {
      const items = await listBy({ ...options, perPage });
      if (perPage !== options.perPage) {
        options.pageSizes.set(options.call.path, perPage);
      }
      return items;
    } catch (error) {
      // Catalogues have no size limit, so a page of many servers may exceed the limit of a body.
      if (!isApiError(error) || error.reason !== "tooLarge" || perPage < 5) {
        throw error;
      }
    }
  }
}

async function listBy<T>(options: ListOptions<T>): Promise<readonly T[]> {
  let before: ReadonlyMap<unknown, T> | undefined;
  for (let pass = 1; ; pass += 1) {
    const pages = await readPages(options);
    const found = merge(pages);
    const total = pages[0]?.total;
    const steady = pages.every((page) => page.items.length === 0 || page.total === total);
    const isCut = pages.length >= MAX_PAGES;
    if (total === undefined || isCut || (steady && found.size === total)) {
      return [...found.values()];
    }
    // Two passes with the same items prove the list complete; its count is wrong then.
    const settled = before !== undefined && found.size === before.size && covers(before, found);
    if (settled || pass === MAX_PASSES) {
      return [...new Map([...found, ...onlyIn(before, found)]).values()];
    }
    before = found;
  }
}

/** Reads all pages once. A list that changes meanwhile shows in the counts. */
async function readPages<T>(options: ListOptions<T>): Promise<readonly Page<T>[]> {
  const pages = await readFirstPages(options);
  const [first] = pages;
  const size = first?.items.length ?? 0;
  if (
    first === undefined ||
    size === 0 ||
    (first.total !== undefined && first.total <= size && size < options.perPage)
  ) {
    return pages.slice(0, 1);
  }
  if (first.total !== undefined) {
    // One page more than the count says where the last page is full, because a count may be too
    // low.
    const last = Math.min(Math.floor(first.total / size) + 1, MAX_PAGES);
    const known = new Set(pages.flatMap(keysOf));
    const ahead = options.pageSizes.ahead;
    const rest = await mapConcurrent(pages.length + 1, last, ahead, options.call.signal, {
      run: (number, signal) => readPage(options, number, signal),
      isLast: (page) => !bringsNews(page, known),
    });
    pages.push(...rest);
  }
  return walkOn(options, pages, size);
}

/** The first page, and at the same time those that the expected number of items fills. */
async function readFirstPages<T>(options: ListOptions<T>): Promise<Page<T>[]> {
  const { pageSizes, perPage, expected = 0 } = options;
  const count = Math.min(Math.floor(expected / perPage) + 1, pageSizes.ahead);
  const pages = await mapConcurrent(1, count, count, options.call.signal, {
    run: (number, signal) => readPage(options, number, signal),
    isLast: () => false,
  });
  return [...pages];
}

/**
 * Reads on until a page is empty or has no new id. A server may ignore the requested page number.
 */
async function walkOn<T>(
  options: ListOptions<T>,
  pages: Page<T>[],
  size: number,
): Promise<readonly Page<T>[]> {
  const known = new Set(pages.flatMap(keysOf));
  let last = pages.at(-1);
  while (last !== undefined && isOpen(last, size) && pages.length < MAX_PAGES) {
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

/**
 * False for an empty page, and for one with known ids only, which a server sends that ignores the
 * page number.
 */
function bringsNews<T>(page: Page<T>, known: Set<string>): boolean {
  const before = known.size;
  const keys = keysOf(page);
  for (const key of keys) {
    known.add(key);
  }
  return known.size > before || keys.length < page.items.length;
}

function keysOf<T>(page: Page<T>): readonly string[] {
  return page.items.flatMap(({ key }) => (key === undefined ? [] : [key]));
}

/** With a count, a short page is the last one. Without a count only an empty page is. */
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

/** An item with its id. Items without an id are all different. */
interface Keyed<T> {
  readonly key: string | undefined;
  readonly item: T;
}

/** The parsed items of a page, and the count that came with it. */
interface Page<T> {
  readonly items: readonly Keyed<T>[];
  /** `total_count`; undefined where it is absent or impossible. */
  readonly total: number | undefined;
}

interface ListOptions<T> {
  readonly transport: Transport;
  readonly pageSizes: PageSizes;
  readonly call: Omit<Call, "method" | "repeat">;
  readonly perPage: number;
  /** How many items the list probably has; it may have any other number. */
  readonly expected?: number | undefined;
  /** The list's name in messages. */
  readonly subject: string;
  /** `place` counts from 1 across all pages. */
  readonly parse: (value: unknown, place: number) => T;
}

/** Requests one page and parses its items. */
async function readPage<T>(
  options: ListOptions<T>,
  number: number,
  signal: AbortSignal | undefined,
): Promise<Page<T>> {
  const { call, perPage, subject } = options;
  const envelope = await options.transport.request({
    ...call,
    method: "GET",
    repeat: "safe",
    query: { ...call.query, page: String(number), per_page: String(perPage) },
    ...(signal === undefined ? {} : { signal }),
  });
  return withResponseContext(envelope, () => {
    const { result, info } = envelope;
    // Other parts of this API have been seen to answer null for an empty list.
    if (result !== null && !Array.isArray(result)) {
      throw wrongShape(subject, "result");
    }
    const values: readonly unknown[] = result ?? [];
    const items = values.map((value, at) => ({
      key: idOf(value),
      item: options.parse(value, (number - 1) * perPage + at + 1),
    }));
    return { items, total: totalOf(info) };
  });
}

function totalOf(info: unknown): number | undefined {
  const total = isRecord(info) ? info["total_count"] : undefined;
  return typeof total === "number" && Number.isSafeInteger(total) && total >= 0 ? total : undefined;
}

/** The items of all pages in order, each key once. An item without a key is kept under itself. */
function merge<T>(pages: readonly Page<T>[]): ReadonlyMap<unknown, T> {
  const found = new Map<unknown, T>();
  for (const keyed of pages.flatMap((page) => page.items)) {
    const key = keyed.key ?? keyed;
    if (!found.has(key)) {
      found.set(key, keyed.item);
    }
  }
  return found;
}
