import { ApiError } from "../../model/client/failure.ts";
import type { Call } from "./call.ts";

/**
 * Ends a request that overstays one of its phases, with an error that says which. undici has timers
 * of its own, half a second coarse, and none for a proxy that takes a connection and says nothing.
 */
export class Phases {
  /** Aborted with the caller's, or with an ApiError when a phase is over its time. */
  readonly signal: AbortSignal;
  /** Rejects when the signal is aborted, with its reason. */
  readonly over: Promise<never>;
  readonly #call: Call;
  readonly #tell: () => void;
  readonly #late = new AbortController();
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(call: Call, signal: AbortSignal) {
    this.#call = call;
    this.signal = AbortSignal.any([signal, this.#late.signal]);
    const { promise, reject } = Promise.withResolvers<never>();
    this.over = promise;
    this.#tell = () => reject(this.signal.reason);
    this.signal.addEventListener("abort", this.#tell);
    if (this.signal.aborted) {
      this.#tell();
    }
    // Nobody may be waiting any more when it happens.
    promise.catch(() => undefined);
  }

  begin(phase: string, ms: number): void {
    this.end(phase);
    const timer = setTimeout(() => this.#late.abort(lateness(this.#call, phase, ms)), ms);
    this.#timers.set(phase, timer);
  }

  /** Starts a phase's time again. */
  renew(phase: string): void {
    this.#timers.get(phase)?.refresh();
  }

  end(phase: string): void {
    clearTimeout(this.#timers.get(phase));
    this.#timers.delete(phase);
  }

  /** A listener left behind would keep this alive for as long as the caller's signal. */
  endAll(): void {
    this.signal.removeEventListener("abort", this.#tell);
    for (const phase of [...this.#timers.keys()]) {
      this.end(phase);
    }
  }
}

function lateness(call: Call, phase: string, ms: number): ApiError {
  return new ApiError(`${call.method} ${call.path}: ${phase} took longer than ${ms} ms`, {
    kind: "offline",
    reason: "timeout",
  });
}
