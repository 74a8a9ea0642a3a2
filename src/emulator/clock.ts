interface Task {
  readonly everyMs: number;
  readonly run: () => void;
  dueAt: number;
}

/** Node fires a timer with a longer wait at once, so the clock waits in several steps. */
const LONGEST_WAIT = 2 ** 31 - 1;

/** The end of the year 9999. Clients can't parse the ISO text of a later date. */
const LATEST = Date.UTC(9999, 11, 31);

/** The emulator's time: that of the machine, moved forward where a test asks for it. */
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
   * Moves time forward and runs each task that is due, once.
   * @throws RangeError where `ms` is negative or leads beyond the year 9999; the time doesn't
   *   change then
   */
  advance(ms: number): void {
    if (!(ms >= 0 && this.now() + ms <= LATEST)) {
      throw new RangeError(`The clock can't be advanced by ${ms} ms`);
    }
    this.#ahead += ms;
    this.#runDue();
  }

  /** Runs `run` repeatedly, first after one interval. Returns a function that stops it. */
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

/** Runs work that nobody awaits. Prints a failure. */
export function unattended(work: Promise<unknown>): void {
  work.catch((error: unknown) => {
    process.stderr.write(`emulator: ${String(error)}\n`);
  });
}
