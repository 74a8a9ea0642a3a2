import { createHash } from "node:crypto";
import { readlinkSync } from "node:fs";
import { mkdir, open, readdir, readFile, rm, stat, utimes } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import process from "node:process";
import * as l10n from "@vscode/l10n";
import { TaskTracker } from "../../base/async.ts";
import type { Lock, Locks } from "../ports.ts";
import { systemCode, withStorageWords } from "./storageError.ts";

export interface LockTimes {
  /** Between two checks of a lock that another process holds. */
  readonly pollMs: number;
  /** Between two heartbeats of the holder. */
  readonly heartbeatMs: number;
  /** Without a heartbeat after which a lock may be taken over. */
  readonly staleMs: number;
}

const TIMES: LockTimes = { pollMs: 50, heartbeatMs: 1000, staleMs: 8000 };

/** Bounds the attempts when the folder keeps being removed, so that every request ends. */
const MOST_FOLDERS = 100;

/**
 * Locks between processes, as files of one folder. Each turn is a file with the next number, and
 * only one process can create it. The highest number holds the lock and is never removed, so nobody
 * removes a file that another process may just have made. The file's modification time is the
 * holder's heartbeat; it is 0 when the turn is over. The file names its holder's process. A process
 * that is known to be gone holds nothing; for any other, the heartbeat decides.
 */
export class FileLocks implements Locks {
  readonly #folder: string;
  readonly #times: LockTimes;
  /**
   * Turns of this process wait for each other here, and look at the disk only for other processes.
   * Of 20 turns at once each takes 1.3 ms, and 77 ms if all look at the disk.
   */
  readonly #queues = new Map<string, Promise<unknown>>();
  readonly #lifetime = new TaskTracker();
  readonly #machine = machineName();

  constructor(folder: string, times: LockTimes = TIMES) {
    this.#folder = folder;
    this.#times = times;
  }

  /** Rejects with a StorageError where no turn can be taken on this disk. */
  run<T>(key: string, task: (lock: Lock) => Promise<T>): Promise<T> {
    const turn = (this.#queues.get(key) ?? Promise.resolve()).then(() => this.#turn(key, task));
    this.#queues.set(
      key,
      turn.catch(() => undefined),
    );
    return turn;
  }

  /** Resolves when no more locks can be taken, so that the folder can be removed for good. */
  end(): Promise<void> {
    return this.#lifetime.end();
  }

  async #turn<T>(key: string, task: (lock: Lock) => Promise<T>): Promise<T> {
    const folder = join(this.#folder, createHash("sha256").update(key).digest("hex").slice(0, 16));
    const number = await inWords(folder, () => this.#take(folder));
    const file = join(folder, String(number));
    let touched: Promise<void> = Promise.resolve();
    const alive = setInterval(() => {
      touched = touch(file, new Date());
    }, this.#times.heartbeatMs);
    try {
      return await task({ held: () => inWords(folder, () => isHighest(folder, number)) });
    } finally {
      clearInterval(alive);
      await touched;
      await touch(file, new Date(0));
    }
  }

  /**
   * The folder may be removed at any time. It is then created again, and the numbers go on from the
   * current time.
   */
  async #take(folder: string): Promise<number> {
    for (let folders = 1; ; folders += 1) {
      await this.#lifetime.run(() => mkdir(folder, { recursive: true }));
      try {
        return await this.#takeIn(folder);
      } catch (error) {
        if (systemCode(error) !== "ENOENT" || folders === MOST_FOLDERS) {
          throw error;
        }
      }
    }
  }

  async #takeIn(folder: string): Promise<number> {
    let watch = new HolderWatch(this.#times.staleMs, this.#machine);
    for (;;) {
      const { turns, used } = await namesIn(folder);
      const last = Math.max(0, ...turns);
      if (last === 0 || (await watch.isOver(folder, last))) {
        const number = nextAfter(used);
        const taken = await this.#lifetime.run(() => take(folder, number, this.#machine));
        if (taken) {
          return number;
        }
        watch = new HolderWatch(this.#times.staleMs, this.#machine);
      } else {
        await new Promise((resolve) => setTimeout(resolve, this.#times.pollMs));
      }
    }
  }
}

function inWords<T>(folder: string, task: () => Promise<T>): Promise<T> {
  return withStorageWords(task, (reason) =>
    l10n.t(
      "The lock that keeps two windows from writing at once couldn't be kept in {0}: {1}. So nothing was sent to Cloudflare.",
      folder,
      reason,
    ),
  );
}

/**
 * Tells whether a turn is over: its holder ended it, is gone, or gave no heartbeat for too long
 * while we watched.
 */
class HolderWatch {
  readonly #staleMs: number;
  readonly #machine: string;
  #seen = "";
  #since = performance.now();

  constructor(staleMs: number, machine: string) {
    this.#staleMs = staleMs;
    this.#machine = machine;
  }

  /**
   * Doesn't compare clocks. It only checks whether the time changes while this process looks at it.
   */
  async isOver(folder: string, number: number): Promise<boolean> {
    const file = join(folder, String(number));
    const heartbeat = await stat(file).then(
      ({ mtimeMs }) => mtimeMs,
      () => undefined,
    );
    if (heartbeat === 0 || (await isHolderGone(file, this.#machine))) {
      return true;
    }
    const now = performance.now();
    const seen = `${number}:${heartbeat}`;
    if (seen !== this.#seen) {
      this.#seen = seen;
      this.#since = now;
      return false;
    }
    return now - this.#since > this.#staleMs;
  }
}

/**
 * True only where it is certain. If the system has given the process id to another process since,
 * the holder looks alive. That costs only the wait for its heartbeats.
 */
async function isHolderGone(file: string, machine: string): Promise<boolean> {
  const text = await readFile(file, "utf8").catch(() => "");
  const [pid = "", ...on] = text.split(" ");
  return /^[1-9]\d{0,9}$/u.test(pid) && on.join(" ") === machine && !isRunning(Number(pid));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // The process exists, but belongs to another user and may not be signalled.
    return systemCode(error) !== "ESRCH";
  }
}

/** The scope within which process ids are unique: a container on this machine has its own. */
function machineName(): string {
  let namespace = "";
  try {
    namespace = readlinkSync("/proc/self/ns/pid");
  } catch {
    // Only Linux has these files.
  }
  return `${hostname()} ${namespace}`;
}

/** False when another process was faster. */
async function take(folder: string, number: number, machine: string): Promise<boolean> {
  const file = join(folder, String(number));
  try {
    const handle = await open(file, "wx");
    // A turn without its holder's name is still valid: others wait for its heartbeats.
    await handle.writeFile(`${process.pid} ${machine}`).catch(() => undefined);
    await handle.close();
  } catch (error) {
    if (systemCode(error) === "EEXIST") {
      return false;
    }
    throw error;
  }
  // The folder may have been listed long ago, and this number removed since. Then a higher one
  // exists.
  const { turns } = await namesIn(folder);
  if (Math.max(0, ...turns) !== number) {
    await rm(file, { force: true });
    return false;
  }
  const over = turns.filter((other) => other < number);
  // A file that can't be removed does no harm: its turn is over.
  await Promise.allSettled(over.map((other) => rm(join(folder, String(other)), { force: true })));
  return true;
}

/** Also false where the folder or the file was removed: another process may hold the lock then. */
async function isHighest(folder: string, number: number): Promise<boolean> {
  try {
    const { turns } = await namesIn(folder);
    return Math.max(0, ...turns) === number;
  } catch (error) {
    if (systemCode(error) === "ENOENT" || systemCode(error) === "ENOTDIR") {
      return false;
    }
    throw error;
  }
}

interface Names {
  /** The numbers whose names belong to files; these are turns. */
  readonly turns: readonly number[];
  /** All numbers in use as names, of files or anything else. */
  readonly used: readonly number[];
}

const YEAR_MS = 366 * 24 * 3_600_000;

/**
 * The folder may hold names that others chose. A number from years ahead would leave no room for
 * the next.
 */
async function namesIn(folder: string): Promise<Names> {
  const entries = await readdir(folder, { withFileTypes: true });
  const most = numberAt(Date.now() + YEAR_MS);
  const found = entries
    .filter(({ name }) => /^[1-9]\d{0,15}$/u.test(name) && Number(name) <= most)
    .map((entry) => ({ number: Number(entry.name), isTurn: entry.isFile() }));
  return {
    turns: found.filter(({ isTurn }) => isTurn).map(({ number }) => number),
    used: found.map(({ number }) => number),
  };
}

/**
 * Starts from the current time where the folder is empty. Unless the clock was set back, the number
 * is then higher than any that was removed.
 */
function nextAfter(used: readonly number[]): number {
  return used.length === 0
    ? numberAt(Date.now()) + Math.floor(Math.random() * 1000)
    : Math.max(...used) + 1;
}

function numberAt(ms: number): number {
  return ms * 1000;
}

/**
 * Never rejects. The work under the lock is done, and a lock whose file can't be touched expires by
 * its age.
 */
function touch(file: string, time: Date): Promise<void> {
  return utimes(file, time, time).catch(() => undefined);
}
