/** Runs a task again and again: one at a time, the next a pause after the last ended. */
export class Poller {
  readonly #task: (signal: AbortSignal) => Promise<void>;
  readonly #interval: () => number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #run: Promise<void> | undefined;
  #abort = new AbortController();
  #on = false;

  /** `interval` is in seconds and asked for before each pause; 0 means no further run. */
  constructor(task: (signal: AbortSignal) => Promise<void>, interval: () => number) {
    this.#task = task;
    this.#interval = interval;
  }

  /** Runs now, or joins the run that is under way. */
  now(): Promise<void> {
    this.#run ??= this.#task(this.#abort.signal).finally(() => {
      this.#run = undefined;
      this.#schedule();
    });
    return this.#run;
  }

  on(): void {
    this.#on = true;
    this.#schedule();
  }

  /** The interval may have changed: starts the pause anew, unless a run is under way. */
  reschedule(): void {
    if (this.#run === undefined) this.#schedule();
  }

  off(): void {
    this.#on = false;
    clearTimeout(this.#timer);
    this.#abort.abort();
    this.#abort = new AbortController();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const seconds = this.#interval();
    if (!this.#on || seconds <= 0) return;
    // Rejects only when cancelled, which needs no one's attention.
    this.#timer = setTimeout(() => void this.now().catch(() => undefined), seconds * 1000);
  }
}
