export interface Job<T> {
  readonly run: (number: number, signal: AbortSignal) => Promise<T>;
  /** Nothing after this one is worth asking for. */
  readonly isLast: (value: T) => boolean;
}

/**
 * Runs jobs `from` to `to`, at most `width` at a time, and gives their values in order. The first
 * that fails ends the others, and its error is the outcome.
 */
export async function sideBySide<T>(
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
