interface Waiting {
  readonly signal: AbortSignal;
  readonly start: () => void;
}

/** Who waits under one key. Those before `next` have been served, and moving the others up costs. */
interface Queue {
  readonly all: Waiting[];
  next: number;
}

/** A bounded number of places, handed out in turn to all who wait under different keys. */
export class Semaphore {
  readonly #limit: () => number;
  /** The key that was served last stands last. */
  readonly #queues = new Map<string, Queue>();
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

/** Passes over those who gave up waiting. */
function nextOf(queue: Queue): Waiting | undefined {
  for (;;) {
    const waiting = queue.all[queue.next];
    queue.next += 1;
    if (waiting === undefined || !waiting.signal.aborted) {
      return waiting;
    }
  }
}
