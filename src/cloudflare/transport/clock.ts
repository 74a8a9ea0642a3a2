/** Time and randomness, which tests replace so that they needn't wait. Times are milliseconds. */
export interface Clock {
  /** Monotonic, for durations. */
  now(): number;
  /** Since 1970, for comparison with dates from a server. */
  wall(): number;
  /** In [0, 1). */
  random(): number;
  /** Runs a function later. The returned function cancels it. */
  after(ms: number, run: () => void): () => void;
}

export const SYSTEM_CLOCK: Clock = {
  now: () => performance.now(),
  wall: () => Date.now(),
  random: () => Math.random(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** The error of an aborted call, whatever the signal's reason is. */
export function abortError(signal: AbortSignal): Error {
  const error = new Error("The call was ended by its caller", { cause: signal.reason });
  error.name = "AbortError";
  return error;
}

/** Rejects with an AbortError as soon as the signal is aborted. */
export function sleep(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) {
    return Promise.reject(abortError(signal));
  }
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ms, () => {
      signal.removeEventListener("abort", stop);
      resolve();
    });
    const stop = () => {
      cancel();
      reject(abortError(signal));
    };
    signal.addEventListener("abort", stop, { once: true });
  });
}
