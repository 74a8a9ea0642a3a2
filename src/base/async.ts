/** Runs tasks one after the other. One that fails doesn't take the next one's turn. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();

  /** Settles as the task does. */
  run<T>(task: () => Promise<T>): Promise<T> {
    const run = this.#last.then(task);
    this.#last = run.catch(() => undefined);
    return run;
  }
}

/** Resolves after `ms` milliseconds; rejects with the signal's reason as soon as it is aborted. */
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

/** For an error that is nobody's here: the host hears of it, and what goes on isn't kept from going on. */
export function reportUncaught(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}

/** Somebody who types or clicks meanwhile doesn't notice a wait of this many milliseconds. */
const LONGEST_MS = 12;

/** Long work in turns, so that whoever comes meanwhile waits for one of them and not for all. */
export class TimeSlicer {
  #began = performance.now();

  get isOver(): boolean {
    return performance.now() - this.#began > LONGEST_MS;
  }

  /** Goes on when those had their turn who were waiting. */
  async next(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve));
    this.#began = performance.now();
  }
}

/** What is done to files that may be removed for good: once that is near, nothing begins any more. */
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

  /** Resolves when nothing is under way any more. */
  async end(): Promise<void> {
    this.#ended.abort();
    await Promise.allSettled(this.#underWay);
  }
}

interface Job<T> {
  readonly run: (number: number, signal: AbortSignal) => Promise<T>;
  /** Nothing after this one is worth asking for. */
  readonly isLast: (value: T) => boolean;
}

/**
 * Runs jobs `from` to `to`, at most `width` at a time, and gives their values in order. The first
 * that fails ends the others, and its error is the outcome.
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

/** Characters of an answer that are read in a moment. */
const SMALL = 64 * 1024;

/**
 * Large answers that come together are read one a turn of the event loop: the pages of a large
 * account would otherwise hold up everybody else for as long as it takes to read them all.
 */
export class ParseScheduler {
  #last: Promise<void> = Promise.resolve();

  /** Resolves with the text when it is its turn. */
  async take(text: string): Promise<string> {
    if (text.length > SMALL) {
      this.#last = this.#last.then(() => new Promise((resolve) => setImmediate(resolve)));
      await this.#last;
    }
    return text;
  }
}
