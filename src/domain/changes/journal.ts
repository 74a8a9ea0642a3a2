import type { FieldChange, Ref } from "./change.ts";

/** One write to one resource: `from` of each change is exactly what stood there before it. */
export interface WriteEntry {
  readonly kind: "write";
  readonly id: string;
  /** What one person did in one go, on however many resources, is undone in one go. */
  readonly action: string;
  /** The window that wrote: its own changes are undone first. */
  readonly window: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly ref: Ref;
  readonly changes: readonly FieldChange[];
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
