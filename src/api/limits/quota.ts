import type { Headers } from "../answers/headers.ts";
import type { Clock } from "../wire/clock.ts";
import { type Limit, readLimit } from "./rateLimitHeaders.ts";
import { retryAfterMs } from "./retryAfter.ts";

/** Cloudflare's global limit a token; going over it costs the next five minutes. */
const usual = { requests: 1200, windowMs: 300_000 };
/** Below this share of what is allowed, requests are spread over the time that is left. */
const slowBelow = { user: 0.1, background: 0.3 };

interface Told extends Limit {
  readonly at: number;
  readonly spentSince: number;
}

/** How long the next request has to wait, by our own count and by what Cloudflare tells. */
export class Quota {
  readonly #clock: Clock;
  /** When each request of the last window went out, oldest first. */
  #sent: number[] = [];
  #told: Told | undefined;
  #closedUntil = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** 0 means now. */
  waitMs(priority: "user" | "background"): number {
    const now = this.#clock.now();
    return Math.max(
      0,
      this.#closedUntil - now,
      this.#pace(this.#counted(now), priority, now),
      this.#pace(this.#reported(now), priority, now),
    );
  }

  spend(): void {
    this.#sent.push(this.#clock.now());
    if (this.#told !== undefined) {
      this.#told = { ...this.#told, spentSince: this.#told.spentSince + 1 };
    }
  }

  /** `others`: requests still under way, which the answer's count may not hold yet. */
  learn(status: number, headers: Headers, others: number): void {
    const now = this.#clock.now();
    const limit = readLimit(headers, usual.requests);
    if (limit !== undefined) {
      this.#told = { ...limit, at: now, spentSince: others };
    }
    if (status === 429) {
      const wait = retryAfterMs(headers, this.#clock) ?? limit?.resetMs;
      this.#closedUntil = Math.max(this.#closedUntil, now + (wait ?? 0));
    }
  }

  #counted(now: number): Limit | undefined {
    const keep = this.#sent.findIndex((at) => at > now - usual.windowMs);
    this.#sent = keep < 0 ? [] : keep === 0 ? this.#sent : this.#sent.slice(keep);
    const oldest = this.#sent[0];
    return oldest === undefined
      ? undefined
      : {
          quota: usual.requests,
          remaining: usual.requests - this.#sent.length,
          resetMs: oldest + usual.windowMs - now,
        };
  }

  #reported(now: number): Limit | undefined {
    const told = this.#told;
    const resetMs = told === undefined ? 0 : told.at + told.resetMs - now;
    return told === undefined || resetMs <= 0
      ? undefined
      : { quota: told.quota, remaining: told.remaining - told.spentSince, resetMs };
  }

  #pace(limit: Limit | undefined, priority: "user" | "background", now: number): number {
    if (limit === undefined || limit.remaining > limit.quota * slowBelow[priority]) {
      return 0;
    }
    if (limit.remaining <= 0) {
      return limit.resetMs;
    }
    const last = this.#sent.at(-1) ?? Number.NEGATIVE_INFINITY;
    return last + limit.resetMs / limit.remaining - now;
  }
}
