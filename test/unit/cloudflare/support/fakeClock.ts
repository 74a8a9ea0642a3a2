import type { Clock } from "../../../../src/cloudflare/transport/clock.ts";

/** A clock whose waits take no time: each is noted and over at the next turn of the event loop. */
export class HastyClock implements Clock {
  readonly waits: number[] = [];
  #now = 0;

  now(): number {
    return this.#now;
  }

  wall(): number {
    return Date.UTC(2026, 9, 10) + this.#now;
  }

  /** No jitter, so that a wait is a number a test can name. */
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

/** A clock that stands still until it is moved. */
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

  /** Moves on, running what becomes due in its order. */
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
