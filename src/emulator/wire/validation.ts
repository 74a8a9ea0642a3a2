import * as z from "zod";
import type { Behaviours } from "../switches/schemas.ts";
import { type ApiProblem, plainError, Refusal } from "./answers.ts";

/**
 * Validates a value. Refuses the request as the real backend does: with code 7001, one error for
 * each finding, `path` starting with "body" or "query", and the texts of zod 3.
 * @throws Refusal
 */
export function check<T>(schema: z.ZodType<T>, value: unknown, where: "body" | "query"): T {
  const parsed = schema.safeParse(value, { error: text });
  if (parsed.success) {
    return parsed.data;
  }
  const problems = parsed.error.issues.map((issue): ApiProblem => {
    const path = issue.path.filter((key) => typeof key !== "symbol");
    return { code: 7001, message: issue.message, path: [where, ...path] };
  });
  throw new Refusal(plainError(400, ...problems));
}

function text(issue: z.core.$ZodRawIssue): string {
  if (issue.input === undefined) {
    return "Required";
  }
  switch (issue.code) {
    case "invalid_type":
      return `Expected ${named(issue.expected)}, received ${kindOf(issue.input)}`;
    case "too_big":
      return bound(issue.origin, "at most", "less than or equal to", issue.maximum);
    case "too_small":
      return bound(issue.origin, "at least", "greater than or equal to", issue.minimum);
    case "invalid_format":
      return issue.format === "url" ? "Invalid url" : "Invalid";
    case "invalid_value":
      return enumeration(issue.values, issue.input);
    default:
      return "Invalid input";
  }
}

function bound(origin: string, most: string, than: string, limit: number | bigint): string {
  if (origin === "string") {
    return `String must contain ${most} ${limit} character(s)`;
  }
  if (origin === "array") {
    return `Array must contain ${most} ${limit} element(s)`;
  }
  return `Number must be ${than} ${limit}`;
}

function enumeration(values: readonly unknown[], input: unknown): string {
  const expected = values.map((value) => `'${String(value)}'`).join(" | ");
  if (typeof input !== "string") {
    return `Expected ${expected}, received ${kindOf(input)}`;
  }
  return `Invalid enum value. Expected ${expected}, received '${input}'`;
}

function named(expected: string): string {
  return expected === "int" ? "integer" : expected;
}

function kindOf(value: unknown): string {
  if (value === null) {
    return "null";
  }
  if (Array.isArray(value)) {
    return "array";
  }
  if (Number.isNaN(value)) {
    return "nan";
  }
  return typeof value;
}

export interface Paging {
  readonly page: number;
  readonly per_page: number;
  /** In lower case. */
  readonly search: string | undefined;
}

const pagingSchema = z.object({
  page: z.coerce.number().int().min(1).default(1),
  per_page: z.coerce.number().int().min(1).max(100).optional(),
  search: z.string().optional(),
});

export function readPaging(
  query: Readonly<Record<string, string>>,
  { defaultPerPage }: Pick<Behaviours, "defaultPerPage">,
): Paging {
  const { page, per_page = defaultPerPage, search } = check(pagingSchema, query, "query");
  return { page, per_page, search: search?.toLowerCase() };
}

/** One page, with the `result_info` of the AI controls, which has no `total_pages`. */
export function cut<T>(all: readonly T[], paging: Paging) {
  const start = (paging.page - 1) * paging.per_page;
  const items = all.slice(start, start + paging.per_page);
  const { page, per_page } = paging;
  return { items, info: { count: items.length, page, per_page, total_count: all.length } };
}
