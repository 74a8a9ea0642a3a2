import type { Target } from "../../contributions.ts";

/** What is to be drawn again: these rows with all below them, or everything. */
export type Drawn = readonly Target[] | "all";

/** Milliseconds after which somebody has finished clicking or pressing keys, or thinks about it. */
const QUIET_MS = 800;

/**
 * When rows are drawn again. With a row VS Code draws all rows below it, and until it has asked for
 * them it knows none of them: a key or a click on one is lost. So a row that others stand below
 * waits until nobody is at work on those.
 */
export class Redraw {
  readonly #draw: (what: Drawn) => void;
  #soon: Drawn | undefined;
  #later: readonly Target[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(draw: (what: Drawn) => void) {
    this.#draw = draw;
  }

  /** Once for all changes of one turn. */
  soon(what: Drawn): void {
    if (what !== "all" && what.length === 0) return;
    if (this.#soon === undefined) queueMicrotask(() => this.flush());
    this.#soon = what === "all" || this.#soon === "all" ? "all" : [...(this.#soon ?? []), ...what];
  }

  whenQuiet(what: readonly Target[]): void {
    if (what.length === 0) return;
    this.#later = [...this.#later, ...what];
    this.postpone();
  }

  /** Somebody is at work: what waits for quiet waits on. */
  postpone(): void {
    clearTimeout(this.#timer);
    if (this.#later.length === 0) return;
    this.#timer = setTimeout(() => {
      const later = this.#later;
      this.#later = [];
      this.soon(later);
    }, QUIET_MS);
  }

  /** What doesn't wait for quiet is drawn at once. */
  flush(): void {
    const what = this.#soon;
    this.#soon = undefined;
    if (what !== undefined) this.#draw(what);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}
