import { ApiError } from "../model/failure.ts";
import type { Call } from "./call.ts";

/**
 * Ends a request that overstays one of its phases, with an error that says which. undici has timers
 * of its own, half a second coarse, and none for a proxy that takes a connection and says nothing.
 */
export class Phases {
  /** Aborted with the caller's, or with an ApiError when a phase is over its time. */
  readonly signal: AbortSignal;
  readonly #call: Call;
  readonly #late = new AbortController();
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(call: Call, signal: AbortSignal) {
    this.#call = call;
    this.signal = AbortSignal.any([signal, this.#late.signal]);
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

  endAll(): void {
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
