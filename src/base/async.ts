/** Runs tasks one after another. The next one runs even when one fails. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();

  /** Settles as the task does. */
  run<T>(task: () => Promise<T>): Promise<T> {
    const run = this.#last.then(task);
    this.#last = run.catch(() => undefined);
    return run;
  }
}

/** Resolves after `ms` milliseconds. Rejects with the signal's reason as soon as it is aborted. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const abort = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", abort);
      resolve();
    }, ms);
    signal.addEventListener("abort", abort, { once: true });
  });
}

/** Throws an error in a microtask, so that the host reports it and the caller goes on. */
export function reportUncaught(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}

/**
 * Milliseconds for which work may block the thread. People don't notice them while they type or
 * click.
 */
const LONGEST_MS = 12;

/** Splits long work into short turns, so that other work waits for one turn and not for all. */
export class TimeSlicer {
  #began = performance.now();

  get isOver(): boolean {
    return performance.now() - this.#began > LONGEST_MS;
  }

  /** Resolves after the event loop has run other work. */
  async next(): Promise<void> {
    // Where I/O is being handled, one immediate runs before all timers and before further I/O.
    await new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));
    this.#began = performance.now();
  }
}

/** Tracks tasks on files that are going to be removed. After the end no task can start. */
export class TaskTracker {
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #ended = new AbortController();

  /** Rejects with an AbortError after the end. */
  async run<T>(task: () => Promise<T>): Promise<T> {
    this.#ended.signal.throwIfAborted();
    const running = task();
    this.#underWay.add(running);
    try {
      return await running;
    } finally {
      this.#underWay.delete(running);
    }
  }

  /** Prevents further tasks, and resolves when the running ones have settled. */
  async end(): Promise<void> {
    this.#ended.abort();
    await Promise.allSettled(this.#underWay);
  }
}

interface Job<T> {
  readonly run: (number: number, signal: AbortSignal) => Promise<T>;
  /** True for a value after which no later job is needed. */
  readonly isLast: (value: T) => boolean;
}

/**
 * Runs jobs `from` to `to`, at most `width` at a time, and returns their values in order. The first
 * job that fails aborts the others, and the promise rejects with its error.
 */
export async function mapConcurrent<T>(
  from: number,
  to: number,
  width: number,
  signal: AbortSignal | undefined,
  job: Job<T>,
): Promise<readonly T[]> {
  const group = new AbortController();
  const joined = signal === undefined ? group.signal : AbortSignal.any([group.signal, signal]);
  const values = new Map<number, T>();
  let next = from;
  let end = to;
  const worker = async () => {
    while (next <= end) {
      const number = next;
      next += 1;
      const value = await job.run(number, joined);
      values.set(number, value);
      if (job.isLast(value)) {
        end = Math.min(end, number);
      }
    }
  };
  const workers = Array.from({ length: Math.min(width, to - from + 1) }, worker);
  try {
    await Promise.all(workers);
  } catch (error) {
    group.abort();
    await Promise.allSettled(workers);
    throw error;
  }
  return [...values].sort(([a], [b]) => a - b).map(([, value]) => value);
}

/** Most characters of an answer that is parsed without noticeable delay. */
const SMALL = 64 * 1024;

/**
 * Lets only one large answer be parsed in each turn of the event loop. The pages of a large account
 * would otherwise block everything until all are parsed.
 */
export class ParseScheduler {
  #last: Promise<void> = Promise.resolve();

  /**
   * Resolves when an answer of this length may be parsed.
   * @param length in characters
   */
  async waitTurn(length: number): Promise<void> {
    if (length > SMALL) {
      this.#last = this.#last.then(() => new Promise((resolve) => setImmediate(resolve)));
      await this.#last;
    }
  }
}
