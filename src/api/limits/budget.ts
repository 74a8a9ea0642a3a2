import { ApiError } from "../../model/client/failure.ts";
import type { Headers } from "../answers/headers.ts";
import { abortError, type Clock } from "../wire/clock.ts";
import { Quota } from "./quota.ts";

type Priority = "user" | "background";

/** What somebody who wants to send a request tells. */
export interface Wish {
  readonly priority: Priority;
  readonly signal: AbortSignal;
  /** The longest wait that makes sense, milliseconds. Beyond it the wish is refused at once. */
  readonly patienceMs: number;
}

interface Waiter extends Wish {
  readonly since: number;
  readonly go: () => void;
  readonly refuse: (error: Error) => void;
}

/** Requests at a time, and so connections: syncs hold theirs for seconds. */
const maxInFlight = 32;
/** Of these, kept for what a person waits for. */
const userShare = 8;

/**
 * Lets requests through at a pace that Cloudflare's limits bear, people before background work.
 * Everybody who uses the same credential shares one.
 */
export class Budget {
  readonly #clock: Clock;
  readonly #quota: Quota;
  readonly #waiting: Record<Priority, Waiter[]> = { user: [], background: [] };
  #inFlight = 0;
  #cancelWake: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#quota = new Quota(clock);
  }

  /** Resolves when a request may go, with what has to be called once it is over. */
  async enter(wish: Wish): Promise<() => void> {
    if (wish.signal.aborted) {
      throw abortError(wish.signal);
    }
    await new Promise<void>((resolve, reject) => {
      const leave = () => {
        this.#remove(waiter);
        reject(abortError(wish.signal));
      };
      const settled = () => wish.signal.removeEventListener("abort", leave);
      const waiter: Waiter = {
        ...wish,
        since: this.#clock.now(),
        go: () => {
          settled();
          resolve();
        },
        refuse: (error) => {
          settled();
          reject(error);
        },
      };
      wish.signal.addEventListener("abort", leave, { once: true });
      this.#waiting[wish.priority].push(waiter);
      this.#pump();
    });
    return () => {
      this.#inFlight -= 1;
      this.#pump();
    };
  }

  /** Takes in what an answer tells of the limits. */
  learn(status: number, headers: Headers): void {
    this.#quota.learn(status, headers, Math.max(0, this.#inFlight - 1));
    this.#pump();
  }

  #pump(): void {
    this.#cancelWake?.();
    this.#cancelWake = undefined;
    while (this.#inFlight < maxInFlight) {
      const next = this.#waiting.user[0] ?? this.#waiting.background[0];
      if (next === undefined) {
        return;
      }
      if (next.priority === "background" && this.#inFlight >= maxInFlight - userShare) {
        return;
      }
      const wait = this.#quota.waitMs(next.priority);
      if (wait > 0) {
        this.#refuseHopeless();
        this.#wakeIn(wait);
        return;
      }
      this.#waiting[next.priority].shift();
      this.#inFlight += 1;
      this.#quota.spend();
      next.go();
    }
  }

  #wakeIn(wait: number): void {
    if (this.#waiting.user.length + this.#waiting.background.length > 0) {
      this.#cancelWake = this.#clock.after(wait, () => this.#pump());
    }
  }

  /** Whoever would have to wait longer than makes sense hears it now and not at the end. */
  #refuseHopeless(): void {
    const now = this.#clock.now();
    for (const waiter of [...this.#waiting.user, ...this.#waiting.background]) {
      const wait = this.#quota.waitMs(waiter.priority);
      if (now - waiter.since + wait > waiter.patienceMs) {
        this.#remove(waiter);
        waiter.refuse(heldBack(wait));
      }
    }
  }

  #remove(waiter: Waiter): void {
    const queue = this.#waiting[waiter.priority];
    const index = queue.indexOf(waiter);
    if (index >= 0) {
      queue.splice(index, 1);
    }
  }
}

function heldBack(waitMs: number): ApiError {
  return new ApiError("held back: Cloudflare's rate limit", {
    kind: "rateLimit",
    reason: "refused",
    retryAfter: Math.ceil(waitMs / 1000),
  });
}
