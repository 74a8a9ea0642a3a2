const MOST_DOUBLINGS = 4;
/** A longer wait ends at once: it isn't a number of 32 bits, which timers count in. */
const LONGEST_WAIT = 2 ** 31 - 1;

/**
 * Runs a task again and again: one at a time, the next a pause after the last ended, and a longer
 * pause after each failure in a row.
 */
export class Poller {
  readonly #task: (signal: AbortSignal) => Promise<boolean>;
  readonly #interval: () => number;
  readonly #now: () => number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #run: Promise<void> | undefined;
  #abort = new AbortController();
  #on = false;
  #ended = 0;
  #failures = 0;

  /**
   * `task` resolves with whether it went well. `interval` is in seconds and asked for before each
   * pause; 0 means no further run. `now` is in milliseconds.
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

  /** Runs now, or joins the run that is under way. */
  now(): Promise<void> {
    this.#run ??= this.#once();
    return this.#run;
  }

  on(): void {
    this.#on = true;
    this.#ended = this.#now();
    this.#schedule();
  }

  /** The interval may have changed. A run that is due by the new one begins at once. */
  reschedule(): void {
    if (this.#run === undefined) {
      this.#schedule();
    }
  }

  /** Ends the run that is under way; its promise rejects with the signal's reason. */
  off(): void {
    this.#on = false;
    clearTimeout(this.#timer);
    this.#abort.abort();
    this.#abort = new AbortController();
  }

  async #once(): Promise<void> {
    try {
      const good = await this.#task(this.#abort.signal);
      this.#failures = good ? 0 : this.#failures + 1;
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
    // Rejects only when cancelled, which needs no one's attention.
    this.#timer = setTimeout(
      () => void this.now().catch(() => undefined),
      Math.min(Math.max(0, wait), LONGEST_WAIT),
    );
  }
}
