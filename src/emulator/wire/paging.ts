import * as z from "zod";
import { check } from "./zodTexts.ts";

export interface Paging {
  readonly page: number;
  readonly per_page: number;
  /** Lower case. */
  readonly search: string | undefined;
}

const schema = z.object({
  page: z.coerce.number().int().min(1).default(1),
  per_page: z.coerce.number().int().min(1).max(100).default(20),
  search: z.string().optional(),
});

export function readPaging(query: Readonly<Record<string, string>>): Paging {
  const { page, per_page, search } = check(schema, query, "query");
  return { page, per_page, search: search?.toLowerCase() };
}

/** One page, and the `result_info` that AI-controls answers with: without `total_pages`. */
export function cut<T>(all: readonly T[], paging: Paging) {
  const start = (paging.page - 1) * paging.per_page;
  const items = all.slice(start, start + paging.per_page);
  const { page, per_page } = paging;
  return { items, info: { count: items.length, page, per_page, total_count: all.length } };
}
