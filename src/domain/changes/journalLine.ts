import * as v from "valibot";
import { OVERRIDE_KEYS, SERVER_KEYS } from "./fields.ts";
import type { JournalEntry } from "./journal.ts";

const value = v.nullable(v.union([v.string(), v.boolean()]));
const field = v.union([
  v.object({
    of: v.optional(v.undefined_()),
    key: v.picklist(SERVER_KEYS),
  }),
  v.object({
    of: v.object({ kind: v.picklist(["tool", "prompt"]), name: v.string() }),
    key: v.picklist(OVERRIDE_KEYS),
  }),
]);
const entry = v.variant("kind", [
  v.object({ kind: v.literal("void"), id: v.string() }),
  v.object({
    kind: v.literal("write"),
    id: v.string(),
    action: v.string(),
    window: v.string(),
    at: v.number(),
    serverId: v.string(),
    changes: v.array(v.object({ field, from: value, to: value })),
  }),
]);

/** One line of a journal; undefined for what a crash left half written. */
export function readEntry(line: string): JournalEntry | undefined {
  try {
    const read = v.safeParse(entry, JSON.parse(line));
    return read.success ? asEntry(read.output) : undefined;
  } catch {
    return undefined;
  }
}

/** JSON has no undefined, so a field of the server itself comes without `of`. */
function asEntry(read: v.InferOutput<typeof entry>): JournalEntry {
  if (read.kind === "void") {
    return read;
  }
  return {
    ...read,
    changes: read.changes.map((change) => ({
      ...change,
      field: change.field.of === undefined ? { ...change.field, of: undefined } : change.field,
    })),
  };
}
