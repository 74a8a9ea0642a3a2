import { isRecord, type JsonRecord } from "../../model/record.ts";
import { wrongShape } from "../shapes/shape.ts";

/** The fields of an entry that this version knows, and what each has to be when it is there. */
export type EntryFields = Readonly<Record<string, "string" | "boolean">>;

export type Entry<F extends EntryFields> = JsonRecord & { readonly name: string } & {
  readonly [K in keyof F]?: F[K] extends "string" ? string : boolean;
};

const none: ReadonlyMap<string, never> = new Map<string, never>();

/**
 * `updated_tools` and the like, by name; of two entries with one name the first counts. Keys that
 * this version doesn't know stay on the entry. `null` is no value, so such a key is left out. A
 * known key with a wrong value can't be passed over: it may say that a tool is disabled.
 */
export function readEntries<F extends EntryFields>(
  entries: unknown,
  fields: F,
  subject: string,
  field: string,
): ReadonlyMap<string, Entry<F>> {
  if (entries === null || entries === undefined) {
    return none;
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
  return found.size === 0 ? none : found;
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
