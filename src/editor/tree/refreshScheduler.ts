/** The rows to draw again, each with all rows below it, or everything. */
export type Refresh<N> = readonly N[] | "all";

/** Milliseconds without a click or key after which the person counts as inactive. */
const QUIET_MS = 300;
/** Milliseconds of a pause after which earlier clicks no longer tell the person's pace. */
const LONGEST_MS = 1000;
/** Milliseconds within which events count as one. */
const SAME_MS = 50;
/**
 * The wait, as a multiple of the person's last pause. Who switches 50 rows, one every 350 to 900 ms,
 * has their server drawn 2 times; a fixed wait would draw it 50 times.
 */
const PAUSES = 2.5;

/**
 * Decides when rows are drawn again. VS Code draws a row together with all rows below it. So a row
 * with children waits until nobody is using those: 50 rows that are switched faster than every 300 ms
 * draw their server once.
 */
export class RefreshScheduler<N> {
  readonly #draw: (what: Refresh<N>) => void;
  readonly #id: (node: N) => string;
  #soon: Refresh<N> | undefined;
  #later: readonly N[] = [];
  #timer: NodeJS.Timeout | undefined;
  #touchedAt = 0;
  /** Follows the person's pace, so that the next click doesn't hit a row that is being drawn. */
  #quiet = QUIET_MS;

  constructor(id: (node: N) => string, draw: (what: Refresh<N>) => void) {
    this.#id = id;
    this.#draw = draw;
  }

  /** Draws once for all changes of one turn of the event loop. */
  schedule(what: Refresh<N>): void {
    if (what !== "all" && what.length === 0) {
      return;
    }
    if (this.#soon === undefined) {
      queueMicrotask(() => this.flush());
    }
    this.#soon = what === "all" || this.#soon === "all" ? "all" : [...(this.#soon ?? []), ...what];
  }

  whenQuiet(what: readonly N[]): void {
    if (what.length === 0) {
      return;
    }
    this.#later = [...this.#later, ...what];
    // Only the person's own activity extends the wait.
    if (this.#timer === undefined) {
      this.#wait();
    }
  }

  /** Reports a click or a key, which extends the wait. */
  noteActivity(): void {
    const pause = Date.now() - this.#touchedAt;
    if (pause > SAME_MS) {
      const isAtWork = pause < LONGEST_MS;
      this.#quiet = isAtWork ? Math.max(QUIET_MS, pause * PAUSES) : QUIET_MS;
      this.#touchedAt += pause;
    }
    this.#wait();
  }

  /** Draws at once the rows that don't wait. */
  flush(): void {
    const what = this.#soon;
    this.#soon = undefined;
    if (what === undefined) {
      return;
    }
    const drawn = new Set(what === "all" ? [] : what.map(this.#id));
    this.#later = what === "all" ? [] : this.#later.filter((row) => !drawn.has(this.#id(row)));
    this.#draw(what);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#later.length === 0) {
      return;
    }
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#quiet = QUIET_MS;
      const later = this.#later;
      this.#later = [];
      this.schedule(later);
    }, this.#quiet);
  }
}
