import type { FieldChange, Ref } from "../domain/changes/change.ts";
import type { JournalEntry } from "../domain/changes/journal.ts";
import type { Codec, Snapshot } from "../domain/resources/snapshot.ts";
import type { Baseline, StoredBaseline } from "../domain/review/baseline.ts";

/** Lets the windows of one machine take turns. */
export interface Locks {
  /** Runs the task while no other window runs one under this key. */
  run<T>(key: string, task: (lock: Lock) => Promise<T>): Promise<T>;
}

export interface Lock {
  /** False when this window was suspended for so long that another took the lock over. */
  held(): Promise<boolean>;
}

/** One account's journal, shared by all windows and kept over restarts. */
export interface Journal {
  /** Resolves when the entries would survive a crash. */
  append(entries: readonly JournalEntry[]): Promise<void>;
  read(): Promise<readonly JournalEntry[]>;
}

/** One JSON value that all windows share. */
export interface SharedJson {
  /** Undefined when there is no value, or none that can be read. */
  read(): unknown;
  /**
   * Replaces the value by a function of its current one, while no other window does the same.
   * Rejects with a StorageError.
   */
  update(change: (value: unknown) => unknown): Promise<void>;
  /**
   * The same, synchronous and without the lock, for a window that is closing. Throws the system's
   * error.
   */
  updateNow(change: (value: unknown) => unknown): void;
}

/** The values that writes removed beside their changes, shared by all windows. */
export interface LostStore {
  /** Resolves when the values would survive a crash. */
  add(ref: Ref, lost: readonly FieldChange[]): Promise<void>;
}

/** The accepted definitions of an account's servers, shared by all windows. */
export interface BaselineStore {
  /** Calls back when any of them may have been written, by whatever window, as far as the disk tells. */
  watch(changed: () => void): Promise<void>;
  /** Differs when any of them may have been written since. */
  version(): Promise<string>;
  /** The same object for as long as nobody writes it. */
  read(serverId: string): Promise<StoredBaseline>;
  /**
   * Replaces one by a function of what is stored, while no other window does the same; undefined
   * leaves it as it is. Resolves with what is stored then. Rejects with a StorageError.
   */
  update(
    serverId: string,
    change: (stored: StoredBaseline) => Baseline | undefined,
  ): Promise<StoredBaseline>;
  /**
   * Runs a task that reads and writes one at Cloudflare too, while no other window runs one for the
   * same server. Rejects with a StorageError, or as the task does.
   */
  inTurn<T>(serverId: string, task: () => Promise<T>): Promise<T>;
}

/** An account's resources of one kind as last read, for a window that has no answer yet. */
export interface SnapshotCache<T> {
  /** Undefined when there is no snapshot, or none that can be used. */
  read(): Promise<Snapshot<T> | undefined>;
  write(snapshot: Snapshot<T>): Promise<void>;
}

/** The storage on this machine that an account needs. */
export interface AccountStorage {
  /** The cache of one kind, whose codec names its file. */
  snapshots<T>(codec: Codec<T>): SnapshotCache<T>;
  readonly locks: Locks;
  readonly journal: Journal;
  readonly lost: LostStore;
  /** This window's name in the journal. */
  readonly window: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
