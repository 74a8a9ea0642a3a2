import * as v from "valibot";
import { isRecord, type JsonRecord } from "../base/json.ts";
import { ApiError, isApiError } from "../domain/apiError.ts";
import type { Listed, Rejected } from "../domain/cloudflareClient.ts";
import type { Envelope } from "./transport/call.ts";

/** The most UTF-16 units that are kept of a text that is only shown. */
const LONGEST_SHOWN = 16_384;

/** Parses a text that is only shown. Cuts a long one, and treats any other value as absent. */
export const lenientString = v.fallback(
  v.nullish(
    v.pipe(
      v.string(),
      v.transform((text) => text.slice(0, LONGEST_SHOWN)),
    ),
  ),
  undefined,
);
/** Parses a number that is only shown. */
export const lenientNumber = v.fallback(v.nullish(v.number()), undefined);
/** Parses a boolean that is only shown. */
export const lenientBoolean = v.fallback(v.nullish(v.boolean()), undefined);

/**
 * Parses a value with a schema. Throws `wrongShape` with the first wrong field as its subject, such
 * as `server "docs": hostname`. The message doesn't contain the value.
 */
export function parse<const S extends v.GenericSchema>(
  schema: S,
  value: unknown,
  subject: string,
): v.InferOutput<S> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) {
    return result.output;
  }
  throw wrongShape(subject, v.getDotPath(result.issues[0]) ?? undefined);
}

export function wrongShape(subject: string, field: string | undefined): ApiError {
  const full = field === undefined ? subject : `${subject}: ${field}`;
  return new ApiError(`wrong shape: ${full}`, {
    kind: "invalid",
    reason: "wrongShape",
    subject: full,
  });
}

/** Rethrows an ApiError with the status and ray id of the answer. */
export function withResponseContext<T>(envelope: Envelope, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof ApiError) {
      throw new ApiError(cause.message, {
        kind: cause.kind,
        reason: cause.reason,
        subject: cause.subject,
        status: envelope.status,
        rayId: envelope.rayId,
        cause,
      });
    }
    throw cause;
  }
}

/** An item, or the reason why it couldn't be parsed. */
export type TryParsed<T> = { readonly item: T } | Rejected;

/** Catches the error of one item, so that a broken item doesn't affect the rest of a list. */
export function tryParse<T>(value: unknown, read: () => T): TryParsed<T> {
  try {
    return { item: read() };
  } catch (error) {
    if (isApiError(error)) {
      return { id: idOf(value), error };
    }
    throw error;
  }
}

export function partition<T>(all: readonly TryParsed<T>[]): Listed<T> {
  return {
    items: all.flatMap((each) => ("item" in each ? [each.item] : [])),
    rejected: all.flatMap((each) => ("item" in each ? [] : [each])),
  };
}

export function idOf(value: unknown): string | undefined {
  const id = isRecord(value) ? value["id"] : undefined;
  return typeof id === "string" ? id : undefined;
}

/** The known fields of an entry with their types. */
type EntryFields = Readonly<Record<string, "string" | "boolean">>;

type Entry<F extends EntryFields> = JsonRecord & { readonly name: string } & {
  readonly [K in keyof F]?: F[K] extends "string" ? string : boolean;
};

const NONE: ReadonlyMap<string, never> = new Map<string, never>();

/**
 * Parses `updated_tools` and similar lists by name. The first of two entries with one name counts.
 * Keeps unknown keys, and leaves out keys that are null. Throws `wrongShape` for a wrong value of a
 * known key, because it may say that a tool is disabled.
 */
export function parseEntries<F extends EntryFields>(
  entries: unknown,
  fields: F,
  subject: string,
  field: string,
): ReadonlyMap<string, Entry<F>> {
  if (entries === null || entries === undefined) {
    return NONE;
  }
  if (!Array.isArray(entries)) {
    throw wrongShape(subject, field);
  }
  const found = new Map<string, Entry<F>>();
  (entries as readonly unknown[]).forEach((sent, index) => {
    if (!isNamed(sent) || found.has(sent.name)) {
      return;
    }
    const entry = withoutNulls(sent, fields);
    if (!fits(entry, fields)) {
      throw wrongShape(subject, `${field}.${index}.${wrongKey(entry, fields)}`);
    }
    found.set(entry.name, entry);
  });
  return found.size === 0 ? NONE : found;
}

type Named = JsonRecord & { readonly name: string };

function isNamed(entry: unknown): entry is Named {
  return isRecord(entry) && typeof entry["name"] === "string";
}

function fits<F extends EntryFields>(entry: Named, fields: F): entry is Entry<F> {
  return wrongKey(entry, fields) === undefined;
}

function wrongKey(entry: Named, fields: EntryFields): string | undefined {
  return Object.keys(fields).find((key) => {
    const value = entry[key];
    return value !== undefined && typeof value !== fields[key];
  });
}

function withoutNulls(entry: Named, fields: EntryFields): Named {
  const nulls = Object.keys(fields).filter((key) => entry[key] === null);
  if (nulls.length === 0) {
    return entry;
  }
  const kept = Object.entries(entry).filter(([key]) => !nulls.includes(key));
  return { ...Object.fromEntries(kept), name: entry.name };
}
