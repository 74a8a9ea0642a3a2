import type { JournalEntry } from "../domain/changes/journal.ts";
import type { Snapshot } from "../domain/servers/snapshot.ts";

/** Lets the windows of one machine take turns. */
export interface Locks {
  /** Runs the task while no other window runs one under this key. */
  run<T>(key: string, task: (lock: Lock) => Promise<T>): Promise<T>;
}

export interface Lock {
  /** False when this window stood still for so long that another took the lock from it. */
  held(): Promise<boolean>;
}

/** One account's journal, shared by all windows and kept over restarts. */
export interface Journal {
  /** Resolves when the entries would survive a crash. */
  append(entries: readonly JournalEntry[]): Promise<void>;
  read(): Promise<readonly JournalEntry[]>;
}

/** An account's servers as they were read last, for a window that can't ask yet. */
export interface SnapshotCache {
  /** Undefined when there is none, or none that can be used. */
  read(): Promise<Snapshot | undefined>;
  write(snapshot: Snapshot): Promise<void>;
}

/** What an account needs of the machine. */
export interface AccountStorage {
  readonly snapshots: SnapshotCache;
  readonly locks: Locks;
  readonly journal: Journal;
  /** This window's name in the journal. */
  readonly window: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
