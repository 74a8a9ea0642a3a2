interface Task {
  readonly everyMs: number;
  readonly run: () => void;
  dueAt: number;
}

/** Node fires a timer with a longer wait at once. The clock waits again for what isn't due by then. */
const LONGEST_WAIT = 2 ** 31 - 1;

/** The end of the year 9999. Dates beyond it have no ISO text that clients take. */
const LATEST = Date.UTC(9999, 11, 31);

/** Time as the emulator sees it: the machine's, moved forward where a test asks for it. */
export class Clock {
  #ahead = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly #tasks = new Set<Task>();

  now(): number {
    return Date.now() + this.#ahead;
  }

  iso(): string {
    return new Date(this.now()).toISOString();
  }

  /**
   * Moves time forward and starts what became due, each task once.
   * @throws RangeError where `ms` is negative or leads beyond the year 9999; the time then stays
   */
  advance(ms: number): void {
    if (!(ms >= 0 && this.now() + ms <= LATEST)) {
      throw new RangeError(`The clock can't be advanced by ${ms} ms`);
    }
    this.#ahead += ms;
    this.#runDue();
  }

  /** Runs `run` again and again; the first time after one interval. Returns what stops it. */
  every(everyMs: number, run: () => void): () => void {
    const task: Task = { everyMs, run, dueAt: this.now() + everyMs };
    this.#tasks.add(task);
    this.#arm();
    return () => {
      this.#tasks.delete(task);
      this.#arm();
    };
  }

  #runDue(): void {
    for (const task of this.#tasks) {
      if (task.dueAt > this.now()) {
        continue;
      }
      task.dueAt = this.now() + task.everyMs;
      task.run();
    }
    this.#arm();
  }

  #arm(): void {
    clearTimeout(this.#timer);
    const next = Math.min(...[...this.#tasks].map((task) => task.dueAt));
    if (!Number.isFinite(next)) {
      return;
    }
    const wait = Math.min(Math.max(0, next - this.now()), LONGEST_WAIT);
    this.#timer = setTimeout(() => this.#runDue(), wait);
    this.#timer.unref();
  }
}

/** Runs work that nobody waits for. A failure is printed and stops nothing else. */
export function unattended(work: Promise<unknown>): void {
  work.catch((error: unknown) => {
    process.stderr.write(`emulator: ${String(error)}\n`);
  });
}
