import { createHash } from "node:crypto";
import { mkdir, open, readdir, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { TaskTracker } from "../../base/async.ts";
import type { Lock, Locks } from "../ports.ts";

export interface LockTimes {
  /** Milliseconds between two looks at a lock that somebody else holds. */
  readonly look: number;
  /** Milliseconds between two signs of life of who holds it. */
  readonly sign: number;
  /** Milliseconds without a sign of life after which a lock may be taken over. */
  readonly dead: number;
}

const TIMES: LockTimes = { look: 50, sign: 1000, dead: 8000 };

/**
 * Locks between processes, as files of one folder. Each turn is a file with the next number, and
 * creating it is what only one can do; the highest number has the lock, and is never removed. Its
 * time of change is its holder's sign of life, 0 when the turn is over. So a window that crashed
 * holds a lock for a few seconds, and nobody has to remove what another may just have made.
 */
export class FileLocks implements Locks {
  readonly #folder: string;
  readonly #times: LockTimes;
  /** Turns of this process wait for each other here, which costs no looks at the disk. */
  readonly #queues = new Map<string, Promise<unknown>>();
  readonly #lifetime = new TaskTracker();

  constructor(folder: string, times: LockTimes = TIMES) {
    this.#folder = folder;
    this.#times = times;
  }

  run<T>(key: string, task: (lock: Lock) => Promise<T>): Promise<T> {
    const turn = (this.#queues.get(key) ?? Promise.resolve()).then(() => this.#turn(key, task));
    this.#queues.set(
      key,
      turn.catch(() => undefined),
    );
    return turn;
  }

  /** Resolves when no lock will be taken any more, so that the folder can be removed for good. */
  end(): Promise<void> {
    return this.#lifetime.end();
  }

  async #turn<T>(key: string, task: (lock: Lock) => Promise<T>): Promise<T> {
    const folder = join(this.#folder, createHash("sha256").update(key).digest("hex").slice(0, 16));
    await this.#lifetime.run(() => mkdir(folder, { recursive: true }));
    const number = await this.#take(folder);
    const file = join(folder, String(number));
    let signed: Promise<void> = Promise.resolve();
    const alive = setInterval(() => {
      signed = touch(file, new Date());
    }, this.#times.sign);
    try {
      return await task({ held: async () => (await highest(folder)) === number });
    } finally {
      clearInterval(alive);
      await signed;
      await touch(file, new Date(0));
    }
  }

  async #take(folder: string): Promise<number> {
    let waits = new Patience(this.#times.dead);
    for (;;) {
      const last = await highest(folder);
      if (last === 0 || (await waits.isOver(folder, last))) {
        const taken = await this.#lifetime.run(() => take(folder, last + 1));
        if (taken) {
          return last + 1;
        }
        waits = new Patience(this.#times.dead);
      } else {
        await new Promise((resolve) => setTimeout(resolve, this.#times.look));
      }
    }
  }
}

/** Whether a turn is over: its holder said so, or gave no sign for too long while we looked. */
class Patience {
  readonly #dead: number;
  #seen = "";
  #since = performance.now();

  constructor(dead: number) {
    this.#dead = dead;
  }

  /** Clocks aren't compared: only whether the time moves while this process looks at it. */
  async isOver(folder: string, number: number): Promise<boolean> {
    const sign = await stat(join(folder, String(number))).then(
      ({ mtimeMs }) => mtimeMs,
      () => undefined,
    );
    if (sign === 0) {
      return true;
    }
    const now = performance.now();
    const seen = `${number}:${sign}`;
    if (seen !== this.#seen) {
      this.#seen = seen;
      this.#since = now;
      return false;
    }
    return now - this.#since > this.#dead;
  }
}

/** False when another was faster. */
async function take(folder: string, number: number): Promise<boolean> {
  const file = join(folder, String(number));
  try {
    await (await open(file, "wx")).close();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") {
      return false;
    }
    throw error;
  }
  // Who looked long ago may have made a number that had been removed since: a higher one is there.
  const all = await numbers(folder);
  if (Math.max(...all) !== number) {
    await rm(file, { force: true });
    return false;
  }
  const over = all.filter((other) => other < number);
  await Promise.all(over.map((other) => rm(join(folder, String(other)), { force: true })));
  return true;
}

async function highest(folder: string): Promise<number> {
  return Math.max(0, ...(await numbers(folder)));
}

async function numbers(folder: string): Promise<readonly number[]> {
  const names = await readdir(folder);
  return names.map(Number).filter(Number.isSafeInteger);
}

/**
 * Never rejects: what was done under the lock is done, and a lock that can't be signed or released
 * dies by its age.
 */
function touch(file: string, time: Date): Promise<void> {
  return utimes(file, time, time).catch(() => undefined);
}
