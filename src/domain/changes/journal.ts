import type { FieldChange, Ref } from "./change.ts";

/**
 * One write to one resource. `from` of each change is exactly the value that the write replaced.
 */
export interface WriteEntry {
  readonly kind: "write";
  readonly id: string;
  /**
   * Writes of one user action share this id. They are undone together, whatever the number of
   * resources.
   */
  readonly action: string;
  /** The window that wrote. An undo takes this window's own changes first. */
  readonly window: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly ref: Ref;
  readonly changes: readonly FieldChange[];
  /** What the write removed beside them, for whoever looks for it. An undo can't bring it back. */
  readonly lost?: readonly FieldChange[];
}

/** Marks a write that failed or was undone. */
export interface VoidEntry {
  readonly kind: "void";
  readonly id: string;
}

export type JournalEntry = WriteEntry | VoidEntry;

/**
 * The newest action of this window that isn't undone, or else of any other window, open or closed.
 */
export function lastAction(
  entries: readonly JournalEntry[],
  window: string,
): readonly WriteEntry[] {
  const standing = standingWrites(entries);
  const last = standing.findLast((entry) => entry.window === window) ?? standing.at(-1);
  return last === undefined ? [] : standing.filter(({ action }) => action === last.action);
}

/** The writes that took place and aren't undone. */
export function standingWrites(entries: readonly JournalEntry[]): readonly WriteEntry[] {
  const gone = new Set(entries.flatMap((entry) => (entry.kind === "void" ? [entry.id] : [])));
  return entries.filter(
    (entry): entry is WriteEntry => entry.kind === "write" && !gone.has(entry.id),
  );
}
