const MOST_DOUBLINGS = 4;
/** The longest wait in milliseconds. Timers use 32-bit numbers, and a longer one ends at once. */
const LONGEST_WAIT = 2 ** 31 - 1;

/**
 * Repeats a task. Only one run is active at a time, and a pause follows each. The pause grows with
 * each failure in a row.
 */
export class Poller {
  readonly #task: (signal: AbortSignal) => Promise<boolean>;
  readonly #interval: () => number;
  readonly #now: () => number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #run: Promise<boolean> | undefined;
  #abort = new AbortController();
  #on = false;
  #ended = 0;
  #failures = 0;

  /**
   * @param task resolves with true when it succeeded
   * @param interval seconds of the next pause, read before each; 0 stops the runs
   * @param now milliseconds
   */
  constructor(
    task: (signal: AbortSignal) => Promise<boolean>,
    interval: () => number,
    now: () => number,
  ) {
    this.#task = task;
    this.#interval = interval;
    this.#now = now;
  }

  get isRunning(): boolean {
    return this.#run !== undefined;
  }

  /** Starts a run, or joins the active one. Resolves with whether it went well. */
  now(): Promise<boolean> {
    this.#run ??= this.#once();
    return this.#run;
  }

  on(): void {
    this.#on = true;
    this.#ended = this.#now();
    this.#schedule();
  }

  /**
   * Call it when the interval may have changed. A run that is due by the new interval starts at
   * once.
   */
  reschedule(): void {
    if (this.#run === undefined) {
      this.#schedule();
    }
  }

  /** Aborts the active run. Its promise rejects with the signal's reason. */
  off(): void {
    this.#on = false;
    clearTimeout(this.#timer);
    this.#abort.abort();
    this.#abort = new AbortController();
  }

  async #once(): Promise<boolean> {
    try {
      const good = await this.#task(this.#abort.signal);
      this.#failures = good ? 0 : this.#failures + 1;
      return good;
    } finally {
      this.#run = undefined;
      this.#ended = this.#now();
      this.#schedule();
    }
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const seconds = this.#interval() * 2 ** Math.min(this.#failures, MOST_DOUBLINGS);
    if (!this.#on || seconds <= 0) {
      return;
    }
    const wait = this.#ended + seconds * 1000 - this.#now();
    // It rejects only when it is cancelled, which nobody needs to know.
    this.#timer = setTimeout(
      () => void this.now().catch(() => undefined),
      Math.min(Math.max(0, wait), LONGEST_WAIT),
    );
  }
}
