/** What is to be drawn again: these rows with all below them, or everything. */
export type Refresh<N> = readonly N[] | "all";

/** Milliseconds without a click or a key after which the person may have finished. */
const QUIET_MS = 300;
/** After a pause of so many milliseconds, earlier clicks don't tell the pace any more. */
const LONGEST_MS = 1000;
/** Events that come this close together have one cause. */
const SAME_MS = 50;
/** How many of the person's own pauses are waited for. */
const PAUSES = 2.5;

/**
 * Decides when rows are drawn again. With a row VS Code draws all rows below it. So a row that
 * others stand below waits until nobody is at work on those.
 */
export class RefreshScheduler<N> {
  readonly #draw: (what: Refresh<N>) => void;
  readonly #id: (node: N) => string;
  #soon: Refresh<N> | undefined;
  #later: readonly N[] = [];
  #timer: NodeJS.Timeout | undefined;
  #touchedAt = 0;
  /** Follows the person's pace, so that the next click doesn't meet a row that is being drawn. */
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
    // Only the person's own activity prolongs the wait.
    if (this.#timer === undefined) {
      this.#wait();
    }
  }

  /** Somebody clicks or presses keys: what waits for quiet waits on. */
  noteActivity(): void {
    const pause = Date.now() - this.#touchedAt;
    if (pause > SAME_MS) {
      const isAtWork = pause < LONGEST_MS;
      this.#quiet = isAtWork ? Math.max(QUIET_MS, pause * PAUSES) : QUIET_MS;
      this.#touchedAt += pause;
    }
    this.#wait();
  }

  /** Draws at once what doesn't wait for quiet. */
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
