import * as v from "valibot";
import { isRecord, type JsonRecord } from "../base/json.ts";
import { ApiError, isApiError } from "../domain/apiError.ts";
import type { Listed, Rejected } from "../domain/cloudflareClient.ts";
import type { Envelope } from "./transport/call.ts";

/** UTF-16 units. A text that is only shown is never longer than anybody reads. */
const LONGEST_SHOWN = 16_384;

/** Text where it is shown only, cut to a bearable length: anything else is as good as absent. */
export const lenientString = v.fallback(
  v.nullish(
    v.pipe(
      v.string(),
      v.transform((text) => text.slice(0, LONGEST_SHOWN)),
    ),
  ),
  undefined,
);
/** A number where it is shown only. */
export const lenientNumber = v.fallback(v.nullish(v.number()), undefined);
/** A switch where it is shown only. */
export const lenientBoolean = v.fallback(v.nullish(v.boolean()), undefined);

/**
 * What a schema makes of a value. Throws `wrongShape` with the first field that breaks it, such as
 * `server "docs": hostname`. The value itself goes into no message.
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

/** The same error, with what the answer tells about itself. */
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

/** An item, or why it isn't one. */
export type TryParsed<T> = { readonly item: T } | Rejected;

/** What is broken in a list doesn't take the rest along. */
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

/** The fields of an entry that this version knows, and what each has to be when it is there. */
type EntryFields = Readonly<Record<string, "string" | "boolean">>;

type Entry<F extends EntryFields> = JsonRecord & { readonly name: string } & {
  readonly [K in keyof F]?: F[K] extends "string" ? string : boolean;
};

const NONE: ReadonlyMap<string, never> = new Map<string, never>();

/**
 * `updated_tools` and the like, by name; of two entries with one name the first counts. Keys that
 * this version doesn't know stay on the entry. `null` is no value, so such a key is left out. A
 * known key with a wrong value can't be passed over: it may say that a tool is disabled.
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
