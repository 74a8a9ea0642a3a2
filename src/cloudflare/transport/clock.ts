/** Time and chance, handed in so that tests need not wait for either. Times are milliseconds. */
export interface Clock {
  /** Monotonic: for distances. */
  now(): number;
  /** Since the epoch: for comparing with dates that a server names. */
  wall(): number;
  /** In [0, 1). */
  random(): number;
  /** Runs something later; the returned function takes it back. */
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

/** What an aborted call ends with, whatever its signal's reason was. */
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
