import { ApiError } from "../../domain/apiError.ts";
import { type Headers, header, serverTimeOf } from "./call.ts";
import { abortError, type Clock } from "./clock.ts";

type Priority = "user" | "background";

/** A request for permission to send. */
export interface Ticket {
  readonly priority: Priority;
  readonly signal: AbortSignal;
  /** The longest wait in milliseconds that makes sense. A longer one is refused at once. */
  readonly maxWaitMs: number;
}

interface Waiter extends Ticket {
  readonly since: number;
  readonly go: () => void;
  readonly refuse: (error: Error) => void;
}

/** Most concurrent requests, and so connections. Each sync holds one for seconds. */
const MAX_IN_FLIGHT = 32;
/** Requests of these that only a person's calls may use. */
const USER_SHARE = 8;

/**
 * Limits the rate of requests so that Cloudflare's limits aren't exceeded. A person's calls go
 * before background work. All users of one credential share a limiter.
 */
export class RateLimiter {
  readonly #clock: Clock;
  #quota: Quota;
  readonly #waiting: Record<Priority, Waiter[]> = { user: [], background: [] };
  #inFlight = 0;
  #cancelWake: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#quota = new Quota(clock);
  }

  /**
   * Resolves when the request may be sent, with a function to call when it is over. Rejects with an
   * AbortError, or with an ApiError where the wait would be too long.
   */
  async enter(ticket: Ticket): Promise<() => void> {
    if (ticket.signal.aborted) {
      throw abortError(ticket.signal);
    }
    await new Promise<void>((resolve, reject) => {
      const leave = () => {
        this.#remove(waiter);
        reject(abortError(ticket.signal));
      };
      const settled = () => ticket.signal.removeEventListener("abort", leave);
      const waiter: Waiter = {
        ...ticket,
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
      ticket.signal.addEventListener("abort", leave, { once: true });
      this.#waiting[ticket.priority].push(waiter);
      this.#pump();
    });
    return () => {
      this.#inFlight -= 1;
      this.#pump();
    };
  }

  /** Reads the limits from an answer. */
  observe(status: number, headers: Headers): void {
    this.#quota.observe(status, headers, Math.max(0, this.#inFlight - 1));
    this.#pump();
  }

  /**
   * Forgets all counts and limits, because a person wants to try. Cloudflare's next answer tells
   * them again.
   */
  reset(): void {
    this.#quota = new Quota(this.#clock);
    this.#pump();
  }

  #pump(): void {
    this.#cancelWake?.();
    this.#cancelWake = undefined;
    while (this.#inFlight < MAX_IN_FLIGHT) {
      const next = this.#waiting.user[0] ?? this.#waiting.background[0];
      if (next === undefined) {
        return;
      }
      if (next.priority === "background" && this.#inFlight >= MAX_IN_FLIGHT - USER_SHARE) {
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

  /** Refuses at once those that would have to wait too long. */
  #refuseHopeless(): void {
    const now = this.#clock.now();
    for (const waiter of [...this.#waiting.user, ...this.#waiting.background]) {
      const wait = this.#quota.waitMs(waiter.priority);
      if (now - waiter.since + wait > waiter.maxWaitMs) {
        this.#remove(waiter);
        waiter.refuse(heldBack(wait, this.#clock));
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

function heldBack(waitMs: number, clock: Clock): ApiError {
  return new ApiError("held back: Cloudflare's rate limit", {
    kind: "rateLimit",
    reason: "refused",
    retryAfter: Math.ceil(waitMs / 1000),
    retryAt: clock.wall() + waitMs,
  });
}

interface Used {
  readonly limiter: RateLimiter;
  users: number;
}

/** One rate limiter for each credential, shared by all its transports. */
export class RateLimiters {
  readonly #byKey = new Map<string, Used>();

  /** Kept until everybody who took it has released it. */
  take(key: string, clock: Clock): { limiter: RateLimiter; release: () => void } {
    const entry = this.#byKey.get(key) ?? { limiter: new RateLimiter(clock), users: 0 };
    this.#byKey.set(key, entry);
    entry.users += 1;
    let held = true;
    return {
      limiter: entry.limiter,
      release: () => {
        entry.users -= held ? 1 : 0;
        held = false;
        if (entry.users === 0 && this.#byKey.get(key) === entry) {
          this.#byKey.delete(key);
        }
      },
    };
  }

  /** Forgets the counts and limits of all limiters. */
  reset(): void {
    for (const { limiter } of this.#byKey.values()) {
      limiter.reset();
    }
  }
}

/** Cloudflare's global limit for a token. Exceeding it blocks the token for five minutes. */
const GLOBAL_LIMIT = { requests: 1200, windowMs: 300_000 };
/** Below this share of the quota, the rest is spread over the remaining time. */
const SLOW_BELOW = { user: 0.1, background: 0.3 };

interface Told extends Limit {
  readonly at: number;
  readonly spentSince: number;
}

/** The wait for the next request, by our own count and by what Cloudflare reports. */
class Quota {
  readonly #clock: Clock;
  /** The times of the last window's requests, the oldest first. */
  #sent: number[] = [];
  #told: Told | undefined;
  #closedUntil = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Milliseconds; 0 means now. */
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

  /** @param others requests under way, which the answer's count may not include yet */
  observe(status: number, headers: Headers, others: number): void {
    const now = this.#clock.now();
    const limit = readLimit(headers, GLOBAL_LIMIT.requests);
    if (limit !== undefined) {
      this.#told = { ...limit, at: now, spentSince: others };
    }
    if (status === 429) {
      const wait = retryAfterMs(headers, this.#clock) ?? limit?.resetMs;
      this.#closedUntil = Math.max(this.#closedUntil, now + (wait ?? 0));
    }
  }

  #counted(now: number): Limit | undefined {
    const keep = this.#sent.findIndex((at) => at > now - GLOBAL_LIMIT.windowMs);
    this.#sent = keep < 0 ? [] : keep === 0 ? this.#sent : this.#sent.slice(keep);
    const oldest = this.#sent[0];
    return oldest === undefined
      ? undefined
      : {
          quota: GLOBAL_LIMIT.requests,
          remaining: GLOBAL_LIMIT.requests - this.#sent.length,
          resetMs: oldest + GLOBAL_LIMIT.windowMs - now,
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
    if (limit === undefined || limit.remaining > limit.quota * SLOW_BELOW[priority]) {
      return 0;
    }
    if (limit.remaining <= 0) {
      return limit.resetMs;
    }
    const last = this.#sent.at(-1) ?? Number.NEGATIVE_INFINITY;
    return last + limit.resetMs / limit.remaining - now;
  }
}

/** The rest of a limit, and the time until it is reset. */
interface Limit {
  readonly quota: number;
  readonly remaining: number;
  readonly resetMs: number;
}

interface Item {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, number>;
}

/**
 * Parses `Ratelimit: "default";r=50;t=30` and `Ratelimit-Policy: "default";q=100;w=60`. Returns the
 * limit with the smallest share left. A limit without a policy has `usualQuota`.
 */
export function readLimit(headers: Headers, usualQuota: number): Limit | undefined {
  const policies = new Map(
    items(header(headers, "ratelimit-policy")).map(({ name, parameters }) => [name, parameters]),
  );
  return items(header(headers, "ratelimit"))
    .flatMap(({ name, parameters }): readonly Limit[] => {
      const remaining = parameters.get("r");
      const seconds = parameters.get("t");
      return remaining === undefined || seconds === undefined
        ? []
        : [
            {
              quota: policies.get(name)?.get("q") || usualQuota,
              remaining,
              resetMs: Math.min(seconds * 1000, LONGEST_WAIT_MS),
            },
          ];
    })
    .sort((a, b) => a.remaining / a.quota - b.remaining / b.quota)[0];
}

/** Parses a structured field (RFC 9651): a list of quoted names with integer parameters. */
function items(text: string | undefined): readonly Item[] {
  return (text ?? "").split(",").map((item) => {
    const [name = "", ...parameters] = item.split(";").map((part) => part.trim());
    return {
      name,
      parameters: new Map(
        parameters.flatMap((parameter) => {
          // Limits the digits, because Infinity would spoil later calculations.
          const match = /^(\w+)=(\d{1,15})$/.exec(parameter);
          return match?.[1] === undefined ? [] : [[match[1], Number(match[2])] as const];
        }),
      ),
    };
  });
}

/** The longest wait that an answer can impose: the length of Cloudflare's own penalty. */
const LONGEST_WAIT_MS = 300_000;

/**
 * A date of RFC 9110, such as `Sun, 06 Nov 1994 08:49:37 GMT`. Date.parse would accept `-1` too.
 */
const HTTP_DATE = /^\s*[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT\s*$/;

/**
 * Milliseconds that a server asks to wait, five minutes at most. Reads `retry-after-ms`, or
 * `retry-after` in seconds or as a date. A date is compared with the server's own clock where the
 * answer has one. Undefined for invalid values.
 */
export function retryAfterMs(headers: Headers, clock: Clock): number | undefined {
  const asked = askedMs(headers, clock);
  return asked === undefined ? undefined : Math.min(asked, LONGEST_WAIT_MS);
}

function askedMs(headers: Headers, clock: Clock): number | undefined {
  const precise = positive(header(headers, "retry-after-ms"));
  if (precise !== undefined) {
    return precise;
  }
  const text = header(headers, "retry-after");
  const seconds = positive(text);
  if (seconds !== undefined) {
    return seconds * 1000;
  }
  const date = text !== undefined && HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date)
    ? undefined
    : Math.max(0, date - (serverTimeOf(headers) ?? clock.wall()));
}

function positive(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}
