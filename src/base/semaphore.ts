interface Waiting {
  readonly signal: AbortSignal;
  readonly start: () => void;
}

/**
 * The waiters of one key. Those before `next` have been served; removing them each time would be
 * slow.
 */
interface Queue {
  readonly all: Waiting[];
  next: number;
}

/** Limits concurrency. Waiters under different keys take turns. */
export class Semaphore {
  readonly #limit: () => number;
  /** In the order of turns: the key that was served last is the last. */
  readonly #queues = new Map<string, Queue>();
  #taken = 0;

  /** @param limit read each time, because a setting may change it */
  constructor(limit: () => number) {
    this.#limit = limit;
  }

  /**
   * Resolves with a function that frees the place. Rejects with the signal's reason when it is
   * aborted while waiting.
   */
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
      this.#enqueue(key, { signal, start });
      this.#hand();
    });
  }

  #release(): () => void {
    let given = false;
    return () => {
      if (given) {
        return;
      }
      given = true;
      this.#taken -= 1;
      this.#hand();
    };
  }

  #hand(): void {
    while (this.#taken < this.#limit()) {
      const next = this.#next();
      if (next === undefined) {
        return;
      }
      next.start();
    }
  }

  #enqueue(key: string, waiting: Waiting): void {
    const queue = this.#queues.get(key);
    if (queue === undefined) {
      this.#queues.set(key, { all: [waiting], next: 0 });
    } else {
      queue.all.push(waiting);
    }
  }

  #next(): Waiting | undefined {
    for (const [key, queue] of this.#queues) {
      this.#queues.delete(key);
      const first = nextOf(queue);
      if (queue.next < queue.all.length) {
        this.#queues.set(key, queue);
      }
      if (first !== undefined) {
        return first;
      }
    }
    return undefined;
  }
}

/** Skips waiters that were aborted. */
function nextOf(queue: Queue): Waiting | undefined {
  for (;;) {
    const waiting = queue.all[queue.next];
    queue.next += 1;
    if (waiting === undefined || !waiting.signal.aborted) {
      return waiting;
    }
  }
}
