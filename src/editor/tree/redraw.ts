import { nodeId } from "../../features/servers/nodes.ts";
import type { Target } from "../../manifest.ts";

/** What is to be drawn again: these rows with all below them, or everything. */
export type Refresh = readonly Target[] | "all";

/** Milliseconds without a click or a key after which somebody may have finished. */
const QUIET_MS = 300;
/** Who pauses for longer has finished, or begins anew. */
const LONGEST_MS = 1000;
/** Of what comes that close together, the second came with the first. */
const SAME_MS = 50;
/** How many of the pauses that somebody makes are waited for. */
const PAUSES = 2.5;

/**
 * When rows are drawn again. With a row VS Code draws all rows below it, and until it has asked for
 * them it knows none of them: a key or a click on one is lost. So a row that others stand below
 * waits until nobody is at work on those.
 */
export class RefreshScheduler {
  readonly #draw: (what: Refresh) => void;
  #soon: Refresh | undefined;
  #later: readonly Target[] = [];
  #timer: NodeJS.Timeout | undefined;
  #touchedAt = 0;
  /** Follows how fast somebody works, so that the next click doesn't meet a row being drawn. */
  #quiet = QUIET_MS;

  constructor(draw: (what: Refresh) => void) {
    this.#draw = draw;
  }

  /** Once for all changes of one turn. */
  schedule(what: Refresh): void {
    if (what !== "all" && what.length === 0) {
      return;
    }
    if (this.#soon === undefined) {
      queueMicrotask(() => this.flush());
    }
    this.#soon = what === "all" || this.#soon === "all" ? "all" : [...(this.#soon ?? []), ...what];
  }

  whenQuiet(what: readonly Target[]): void {
    if (what.length === 0) {
      return;
    }
    this.#later = [...this.#later, ...what];
    // Only who is at work has it wait for longer, and not what else goes on.
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

  /** What doesn't wait for quiet is drawn at once. */
  flush(): void {
    const what = this.#soon;
    this.#soon = undefined;
    if (what === undefined) {
      return;
    }
    const drawn = new Set(what === "all" ? [] : what.map(nodeId));
    this.#later = what === "all" ? [] : this.#later.filter((row) => !drawn.has(nodeId(row)));
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
