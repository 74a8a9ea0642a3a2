import type { Clock } from "../../../../src/cloudflare/transport/clock.ts";

/**
 * A clock whose waits take no time. It notes each wait and ends it in the next turn of the event
 * loop.
 */
export class HastyClock implements Clock {
  readonly waits: number[] = [];
  #now = 0;

  now(): number {
    return this.#now;
  }

  wall(): number {
    return Date.UTC(2026, 9, 10) + this.#now;
  }

  /** No jitter, so that tests can expect exact waits. */
  random(): number {
    return 0;
  }

  after(ms: number, run: () => void): () => void {
    this.waits.push(Math.round(ms));
    const immediate = setImmediate(() => {
      this.#now += ms;
      run();
    });
    return () => clearImmediate(immediate);
  }
}

/** A clock that only moves when it is told to. */
export class HeldClock implements Clock {
  #now = 0;
  #timers: { readonly at: number; readonly run: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  wall(): number {
    return Date.UTC(2026, 9, 10) + this.#now;
  }

  random(): number {
    return 0;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + ms, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  get pending(): number {
    return this.#timers.length;
  }

  /** Moves the time forward and runs what is due, in order. */
  pass(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const due = this.#timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) {
        break;
      }
      this.#timers = this.#timers.filter((other) => other !== due);
      this.#now = Math.max(this.#now, due.at);
      due.run();
    }
    this.#now = end;
  }
}
