import * as v from "valibot";
import type { Change } from "./edit.ts";

/** One write to one server: `from` of each change is exactly what stood there before it. */
export interface WriteEntry {
  readonly kind: "write";
  readonly id: string;
  /** What one person did in one go, on however many servers, is undone in one go. */
  readonly action: string;
  /** The window that wrote: its own changes are undone first. */
  readonly window: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly serverId: string;
  readonly changes: readonly Change[];
}

/** A write that didn't come about, or has been undone. */
export interface VoidEntry {
  readonly kind: "void";
  readonly id: string;
}

export type JournalEntry = WriteEntry | VoidEntry;

/** The newest action of this window that isn't undone, else of any earlier or other window. */
export function lastAction(
  entries: readonly JournalEntry[],
  window: string,
): readonly WriteEntry[] {
  const standing = standingWrites(entries);
  const last = standing.findLast((entry) => entry.window === window) ?? standing.at(-1);
  return last === undefined ? [] : standing.filter(({ action }) => action === last.action);
}

/** The writes that came about and aren't undone. */
export function standingWrites(entries: readonly JournalEntry[]): readonly WriteEntry[] {
  const gone = new Set(entries.flatMap((entry) => (entry.kind === "void" ? [entry.id] : [])));
  return entries.filter(
    (entry): entry is WriteEntry => entry.kind === "write" && !gone.has(entry.id),
  );
}

const value = v.nullable(v.union([v.string(), v.boolean()]));
const field = v.union([
  v.object({
    of: v.optional(v.undefined_()),
    key: v.picklist([
      "name",
      "description",
      "secure_web_gateway",
      "is_shared_oauth_callback_enabled",
    ]),
  }),
  v.object({
    of: v.object({ kind: v.picklist(["tool", "prompt"]), name: v.string() }),
    key: v.picklist(["alias", "description", "enabled"]),
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
  if (read.kind === "void") return read;
  return {
    ...read,
    changes: read.changes.map((change) => ({
      ...change,
      field: change.field.of === undefined ? { ...change.field, of: undefined } : change.field,
    })),
  };
}
