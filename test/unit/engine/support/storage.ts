import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JournalEntry } from "../../../../src/domain/changes/journal.ts";
import { readEntry } from "../../../../src/domain/changes/journalLine.ts";
import { FileJournal } from "../../../../src/engine/files/journal.ts";
import { FileLocks } from "../../../../src/engine/files/locks.ts";
import { LostValues } from "../../../../src/engine/files/lostValues.ts";
import { SharedJsonFile } from "../../../../src/engine/files/sharedJson.ts";
import type { AccountStorage, Lock, SnapshotCache } from "../../../../src/engine/ports.ts";

export const accountId = "0123456789abcdef0123456789abcdef";

/** A cache that stores nothing. */
export const nothingKept = <T>(): SnapshotCache<T> => ({
  read: async () => undefined,
  write: async () => undefined,
});

/**
 * Storage that windows share in memory. The same seed gives the same history, because nothing waits
 * for a disk.
 */
export function keepingInMemory(): (window: string) => AccountStorage {
  const lines: string[] = [];
  const turns = new Map<string, Promise<unknown>>();
  const append = async (entries: readonly JournalEntry[]) => {
    lines.push(...entries.map((entry) => JSON.stringify(entry)));
  };
  const run = <T>(key: string, task: (lock: Lock) => Promise<T>): Promise<T> => {
    const turn = (turns.get(key) ?? Promise.resolve()).then(() => task({ held: async () => true }));
    turns.set(
      key,
      turn.catch(() => undefined),
    );
    return turn;
  };
  const read = async () => lines.flatMap((line) => readEntry(line, accountId) ?? []);
  return (window) => ({
    snapshots: nothingKept,
    locks: { run },
    journal: { append, read },
    lost: { add: async () => undefined },
    window,
    now: Date.now,
  });
}

/**
 * Storage that windows share on disk. Locks are checked often, because a history must not take
 * long.
 */
export function keepingIn(folder: string): (window: string) => AccountStorage {
  return (window) => {
    const locks = new FileLocks(join(folder, "locks"), {
      pollMs: 1,
      heartbeatMs: 500,
      staleMs: 5000,
    });
    const journal = new FileJournal({ file: join(folder, "journal.jsonl"), accountId, locks });
    const file = new SharedJsonFile(join(folder, "lost.json"), locks, (_file, reason) => reason);
    const lost = new LostValues(file);
    return { snapshots: nothingKept, locks, journal, lost, window, now: Date.now };
  };
}

export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "mcp-portals-keeping-"));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
