interface Waiting {
  readonly signal: AbortSignal;
  readonly start: () => void;
}

/** A bounded number of places, handed out in turn to all who wait under different keys. */
export class Slots {
  readonly #limit: () => number;
  /** The key that was served last stands last. */
  readonly #queues = new Map<string, Waiting[]>();
  #taken = 0;

  /** `limit` is asked for each time, since a setting may change it. */
  constructor(limit: () => number) {
    this.#limit = limit;
  }

  /** Resolves with the function that gives the place back. Rejects when aborted while waiting. */
  take(key: string, signal: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      const abort = (): void => reject(signal.reason);
      signal.addEventListener("abort", abort, { once: true });
      const start = (): void => {
        signal.removeEventListener("abort", abort);
        this.#taken += 1;
        resolve(this.#release());
      };
      this.#queues.set(key, [...(this.#queues.get(key) ?? []), { signal, start }]);
      this.#hand();
    });
  }

  #release(): () => void {
    let given = false;
    return () => {
      if (given) return;
      given = true;
      this.#taken -= 1;
      this.#hand();
    };
  }

  #hand(): void {
    while (this.#taken < this.#limit()) {
      const next = this.#next();
      if (next === undefined) return;
      next.start();
    }
  }

  #next(): Waiting | undefined {
    for (const [key, queue] of [...this.#queues]) {
      this.#queues.delete(key);
      const [first, ...rest] = queue.filter(({ signal }) => !signal.aborted);
      if (rest.length > 0) this.#queues.set(key, rest);
      if (first !== undefined) return first;
    }
    return undefined;
  }
}
