import type { IncomingHttpHeaders } from "node:http";
import type { Clock } from "../clock.ts";
import type { RateLimit } from "../switches/controls.ts";
import { type Answer, generalError } from "./answers.ts";
import { setBounded } from "./bounded.ts";
import { THROTTLED } from "./faults.ts";

interface Window {
  startedAt: number;
  used: number;
  /** Over the limit, all requests are refused for one more window. */
  blockedUntil: number;
}

/**
 * The most windows. Strangers may send any number of invented credentials, so the oldest window is
 * dropped.
 */
const MAX_WINDOWS = 1000;

/** Cloudflare's global limit for each credential. */
export class RateLimiter {
  readonly #clock: Clock;
  readonly #windows = new Map<string, Window>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts a request. `answer` is set when it is refused; `headers` belong on every answer. */
  count(limit: RateLimit, headers: IncomingHttpHeaders) {
    const now = this.#clock.now();
    const window = this.#window(credentialIn(headers), limit, now);
    window.used += 1;
    if (now >= window.blockedUntil && window.used > limit.requests) {
      window.blockedUntil = now + limit.seconds * 1000;
    }
    const blocked = now < window.blockedUntil;
    const resetAt = blocked ? window.blockedUntil : window.startedAt + limit.seconds * 1000;
    const seconds = Math.ceil((resetAt - now) / 1000);
    const left = Math.max(0, limit.requests - window.used);
    const told = {
      ratelimit: `"default";r=${left};t=${seconds}`,
      "ratelimit-policy": `"default";q=${limit.requests};w=${limit.seconds}`,
    };
    return { headers: told, answer: blocked ? refusal(limit, seconds) : undefined };
  }

  #window(credential: string, limit: RateLimit, now: number): Window {
    const known = this.#windows.get(credential);
    const lasts =
      known && now < Math.max(known.startedAt + limit.seconds * 1000, known.blockedUntil);
    if (lasts) {
      return known;
    }
    const fresh = { startedAt: now, used: 0, blockedUntil: 0 };
    setBounded(this.#windows, credential, fresh, MAX_WINDOWS);
    return fresh;
  }
}

/** The credential, valid or not: a token, or an email and a key. */
function credentialIn(headers: IncomingHttpHeaders): string {
  const { authorization, "x-auth-email": email, "x-auth-key": key } = headers;
  return JSON.stringify([authorization, email, key]);
}

function refusal(limit: RateLimit, seconds: number): Answer {
  const message = `More than ${limit.requests} requests per ${limit.seconds} seconds reached. ${THROTTLED}`;
  const answer = generalError(429, { code: 971, message });
  return { ...answer, headers: { "retry-after": String(seconds) } };
}
