import type { ParseScheduler } from "../../base/async.ts";
import { ApiError, isApiError } from "../../domain/apiError.ts";
import {
  type Call,
  type Envelope,
  type Headers,
  header,
  type LogLine,
  rayIdOf,
  type Transport,
} from "./call.ts";
import { abortError, type Clock, sleep } from "./clock.ts";
import { parseEnvelope } from "./envelope.ts";
import { networkFailure } from "./network.ts";
import { type RateLimiter, retryAfterMs } from "./rateLimit.ts";

/** An answer whose body is still being received. */
export interface ResponseHead {
  readonly status: number;
  readonly headers: Headers;
  readonly text: Promise<string>;
}

/** The dependencies of a call. */
interface SendContext {
  /** Sends a call once. Rejects with an error of the network, or with an ApiError. */
  readonly send: (call: Call, signal: AbortSignal) => Promise<ResponseHead>;
  readonly limiter: RateLimiter;
  readonly parseScheduler: ParseScheduler;
  readonly clock: Clock;
  readonly deadlines: Deadlines;
  readonly log: (line: LogLine) => void;
}

interface RepeatingTransportOptions extends SendContext {
  /** Closes every connection. */
  readonly close: () => Promise<void>;
}

/** Limits the time of each call, and repeats it where that is safe and may help. */
export class RepeatingTransport implements Transport {
  readonly #options: RepeatingTransportOptions;
  readonly #closed = new AbortController();

  constructor(options: RepeatingTransportOptions) {
    this.#options = options;
  }

  /** The deadline is for the call with all its attempts and waits. */
  async request(call: Call): Promise<Envelope> {
    const deadlines = this.#options.deadlines;
    const whole = deadlines.whole + (call.headersMs ?? 0);
    const closed = this.#closed.signal;
    const late = new AbortController();
    const signals = [closed, late.signal, ...(call.signal === undefined ? [] : [call.signal])];
    const signal = AbortSignal.any(signals);
    const timer = setTimeout(() => late.abort(), whole);
    try {
      if (signal.aborted) {
        throw abortError(signal);
      }
      return await send({ ...this.#options, deadlines: { ...deadlines, whole } }, call, signal);
    } catch (cause) {
      if (late.signal.aborted && !closed.aborted && !call.signal?.aborted) {
        throw new ApiError(`${call.method} ${call.path}: not done within ${whole} ms`, {
          kind: "offline",
          reason: "timeout",
          cause,
        });
      }
      throw cause;
    } finally {
      clearTimeout(timer);
    }
  }

  async close(): Promise<void> {
    this.#closed.abort();
    await this.#options.close();
  }
}

interface Attempt {
  readonly number: number;
  readonly startedAt: number;
  /** Aborted by the caller, by closing, and by the deadline of the whole call. */
  readonly signal: AbortSignal;
}

interface Failed {
  readonly error: ApiError;
  readonly head: ResponseHead | undefined;
}

/**
 * Makes a call, and repeats it where that is safe and may help. `signal` must abort every wait.
 * Rejects with an ApiError or an AbortError.
 */
async function send(context: SendContext, call: Call, signal: AbortSignal): Promise<Envelope> {
  const startedAt = context.clock.now();
  for (let number = 1; ; number += 1) {
    const outcome = await attempt(context, call, { number, startedAt, signal });
    if ("result" in outcome) {
      return outcome;
    }
    const found = await lookFor(call, outcome);
    if (found !== undefined) {
      return found;
    }
    const waitMs = waitBefore(context, call, outcome, number);
    const left = context.deadlines.whole - (context.clock.now() - startedAt);
    if (waitMs === undefined || waitMs > Math.min(left, context.deadlines.wait)) {
      throw outcome.error;
    }
    await sleep(context.clock, waitMs, signal);
  }
}

async function attempt(context: SendContext, call: Call, now: Attempt): Promise<Envelope | Failed> {
  const leave = await context.limiter.enter({
    priority: call.priority ?? "user",
    signal: now.signal,
    maxWaitMs: Math.min(
      context.deadlines.wait,
      context.deadlines.whole - (context.clock.now() - now.startedAt),
    ),
  });
  const sentAt = context.clock.now();
  const noted = (head: ResponseHead | undefined, error?: ApiError) =>
    context.log(lineOf(call, now.number, context.clock.now() - sentAt, head, error));
  let head: ResponseHead | undefined;
  try {
    head = await context.send(call, now.signal);
    context.limiter.observe(head.status, head.headers);
    const text = await head.text;
    await context.parseScheduler.waitTurn(text.length);
    const answer = { status: head.status, headers: head.headers, text };
    const envelope = parseEnvelope(call, answer);
    noted(head);
    return envelope;
  } catch (cause) {
    if (now.signal.aborted) {
      throw abortError(now.signal);
    }
    const error = withHead(isApiError(cause) ? cause : networkFailure(call, cause), head, context);
    noted(head, error);
    return { error, head };
  } finally {
    leave();
  }
}

async function lookFor(call: Call, failed: Failed): Promise<Envelope | undefined> {
  return typeof call.repeat === "object" && isRetryable(call, failed.error, failed.head?.headers)
    ? call.repeat.look(failed.error)
    : undefined;
}

/** Milliseconds until the next attempt; undefined for none. */
function waitBefore(
  context: SendContext,
  call: Call,
  failed: Failed,
  number: number,
): number | undefined {
  const { error, head } = failed;
  if (
    call.repeat === "never" ||
    number >= MAX_ATTEMPTS ||
    !isRetryable(call, error, head?.headers)
  ) {
    return undefined;
  }
  const asked = head === undefined ? undefined : retryAfterMs(head.headers, context.clock);
  return asked ?? backoffMs(number, context.clock);
}

/**
 * Adds the facts from the headers, such as the wait of a 429. They are known even where the body
 * was lost.
 */
function withHead(error: ApiError, head: ResponseHead | undefined, context: SendContext): ApiError {
  if (head === undefined) {
    return error;
  }
  const { kind, reason, problems, subject, cause } = error;
  const wait = kind === "rateLimit" ? retryAfterMs(head.headers, context.clock) : undefined;
  return new ApiError(error.message, {
    kind,
    reason,
    problems,
    subject,
    cause,
    status: head.status,
    rayId: rayIdOf(head.headers),
    ...(wait === undefined
      ? {}
      : { retryAfter: Math.ceil(wait / 1000), retryAt: context.clock.wall() + wait }),
  });
}

function lineOf(
  call: Call,
  attemptNumber: number,
  durationMs: number,
  head: ResponseHead | undefined,
  error: ApiError | undefined,
): LogLine {
  const rayId = head === undefined ? undefined : rayIdOf(head.headers);
  return {
    method: call.method,
    path: call.path,
    attempt: attemptNumber,
    durationMs: Math.round(durationMs),
    ...(head === undefined ? {} : { status: head.status }),
    ...(rayId === undefined ? {} : { rayId }),
    ...(error === undefined ? {} : { failure: error.kind }),
  };
}

/** The first attempt and two more, as Cloudflare's own client does. */
const MAX_ATTEMPTS = 3;

const PASSING_REASONS: ReadonlySet<string> = new Set([
  "dns",
  "connectionRefused",
  "connectionLost",
  "timeout",
]);

/** True when the same request may succeed a little later. */
function isRetryable(call: Call, error: ApiError, headers: Headers | undefined): boolean {
  const advice = headers === undefined ? undefined : header(headers, "x-should-retry");
  if (advice === "true" || advice === "false") {
    return advice === "true";
  }
  const { status } = error;
  if (status === undefined) {
    return PASSING_REASONS.has(error.reason);
  }
  const crossed = status === 409 && call.method === "GET";
  return (
    crossed ||
    status === 408 ||
    status === 429 ||
    status >= 500 ||
    PASSING_REASONS.has(error.reason)
  );
}

/**
 * Half a second, doubled with each attempt up to eight seconds, less a random part of up to a
 * quarter.
 */
function backoffMs(attempt: number, clock: Clock): number {
  return Math.min(500 * 2 ** (attempt - 1), 8000) * (1 - clock.random() / 4);
}

/** The time limit of each phase, in milliseconds. */
export interface Deadlines {
  /** DNS, TCP, proxy tunnel and TLS together. */
  readonly connect: number;
  /** From the end of the request to the headers of the answer. */
  readonly headers: number;
  /** Between two chunks of a body. */
  readonly idle: number;
  /** The whole body, so that a slow one doesn't take for ever. */
  readonly body: number;
  /** The whole call with all attempts and waits. */
  readonly whole: number;
  /** The longest wait that a server can ask for. Beyond it the call fails and reports the wait. */
  readonly wait: number;
}

/** A person waits for most calls. Cloudflare's own client allows a minute for each attempt. */
export const DEFAULT_DEADLINES: Deadlines = {
  connect: 10_000,
  headers: 45_000,
  idle: 15_000,
  body: 60_000,
  whole: 120_000,
  wait: 30_000,
};
