import type { ParseScheduler } from "../../base/async.ts";
import { ApiError, isApiError } from "../../domain/apiError.ts";
import { type Call, type Envelope, type Headers, header, type LogLine, rayIdOf } from "./call.ts";
import { abortError, type Clock, sleep } from "./clock.ts";
import { parseEnvelope } from "./envelope.ts";
import { networkFailure } from "./network.ts";
import { type RateLimiter, retryAfterMs } from "./rateLimit.ts";

/** An answer whose body is still on its way. */
export interface ResponseHead {
  readonly status: number;
  readonly headers: Headers;
  readonly text: Promise<string>;
}

/** What making a call needs beside the call. */
export interface SendContext {
  /** Sends a call once. Rejects with whatever the network gave, or with an ApiError. */
  readonly send: (call: Call, signal: AbortSignal) => Promise<ResponseHead>;
  readonly limiter: RateLimiter;
  readonly answers: ParseScheduler;
  readonly clock: Clock;
  readonly deadlines: Deadlines;
  readonly log: (line: LogLine) => void;
}

interface Attempt {
  readonly number: number;
  readonly startedAt: number;
  /** Aborted by the caller, by closing and by the whole call's deadline. */
  readonly signal: AbortSignal;
}

interface Failed {
  readonly error: ApiError;
  readonly head: ResponseHead | undefined;
}

/** Makes a call, again where that is safe and promises something. `signal` must end every wait. */
export async function send(
  context: SendContext,
  call: Call,
  signal: AbortSignal,
): Promise<Envelope> {
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
    const text = await context.answers.take(await head.text);
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

/** Milliseconds until the next attempt, undefined for none. */
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

/** What the headers tell, also of a body that never came whole: for how long a 429 is, say. */
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

/** As many as Cloudflare's own client makes: the first and two more. */
const MAX_ATTEMPTS = 3;

const PASSING_REASONS: ReadonlySet<string> = new Set([
  "dns",
  "connectionRefused",
  "connectionLost",
  "timeout",
]);

/** Whether the same request could fare better a little later. */
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

/** Half a second, doubled with each attempt up to eight, less up to a quarter by chance. */
function backoffMs(attempt: number, clock: Clock): number {
  return Math.min(500 * 2 ** (attempt - 1), 8000) * (1 - clock.random() / 4);
}

/** How long each phase may take, in milliseconds. */
export interface Deadlines {
  /** Name resolution, TCP, proxy tunnel and TLS together. */
  readonly connect: number;
  /** From the request sent to the answer's headers. */
  readonly headers: number;
  /** Between two pieces of a body. */
  readonly idle: number;
  /** The whole body, so that a trickle doesn't go on for ever. */
  readonly body: number;
  /** The whole call with all its attempts and waits. */
  readonly whole: number;
  /** The longest single wait that a server can impose; beyond it the call fails and says so. */
  readonly wait: number;
}

/** A person waits in front of most calls. Cloudflare's own client gives each attempt a minute. */
export const DEFAULT_DEADLINES: Deadlines = {
  connect: 10_000,
  headers: 45_000,
  idle: 15_000,
  body: 60_000,
  whole: 120_000,
  wait: 30_000,
};
