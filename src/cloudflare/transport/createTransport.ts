import { ParseScheduler } from "../../base/async.ts";
import type { Credential } from "../../domain/account.ts";
import { ApiError } from "../../domain/apiError.ts";
import { type Deadlines, type SendContext, send, usualDeadlines } from "./attempts.ts";
import { usualBodyLimit } from "./body.ts";
import {
  type Call,
  credentialHeaders,
  type Envelope,
  type LogLine,
  parseRoot,
  rateLimitKey,
  type Transport,
} from "./call.ts";
import { abortError, type Clock, systemClock } from "./clock.ts";
import { createHttpClient, type HttpClient } from "./httpClient.ts";
import type { NetworkSettings } from "./network.ts";
import { takeRateLimiter } from "./rateLimit.ts";

export interface TransportOptions {
  /** The whole API root, such as https://api.cloudflare.com/client/v4. */
  readonly apiRoot: string;
  readonly credential: Credential;
  readonly userAgent: string;
  readonly network?: NetworkSettings;
  readonly log?: (line: LogLine) => void;
  readonly deadlines?: Partial<Deadlines>;
  readonly clock?: Clock;
  /** Bytes of one body, packed or not. */
  readonly bodyLimit?: number;
}

/**
 * Checks root and credential and opens a pool; nothing is sent yet. Throws an ApiError (`unsafeRoot`,
 * `badCredential`, `proxy`) where nothing could be sent safely.
 */
export function createTransport(options: TransportOptions): Transport {
  const clock = options.clock ?? systemClock;
  const deadlines = { ...usualDeadlines, ...options.deadlines };
  const wire = wireFor(options, deadlines);
  const { budget, release } = takeRateLimiter(
    rateLimitKey(options.apiRoot, options.credential),
    clock,
  );
  const closed = new AbortController();
  const means: SendContext = {
    send: (call, signal) => wire.send(call, signal),
    budget,
    answers: new ParseScheduler(),
    clock,
    deadlines,
    log: options.log ?? (() => undefined),
  };
  return {
    request: (call) => bounded(means, call, closed.signal),
    async close() {
      closed.abort();
      release();
      await wire.close();
    },
  };
}

function wireFor(options: TransportOptions, deadlines: Deadlines): HttpClient {
  const root = parseRoot(options.apiRoot);
  return createHttpClient({
    root,
    headers: {
      ...credentialHeaders(options.credential),
      accept: "application/json",
      "accept-encoding": "br, gzip",
      "user-agent": options.userAgent,
    },
    network: options.network ?? {},
    deadlines,
    bodyLimit: options.bodyLimit ?? usualBodyLimit,
  });
}

/** Keeps a call with all its attempts and waits within the whole deadline. */
async function bounded(means: SendContext, call: Call, closed: AbortSignal): Promise<Envelope> {
  const whole = means.deadlines.whole + (call.headersMs ?? 0);
  const late = new AbortController();
  const signals = [closed, late.signal, ...(call.signal === undefined ? [] : [call.signal])];
  const signal = AbortSignal.any(signals);
  const timer = setTimeout(() => late.abort(), whole);
  try {
    if (signal.aborted) {
      throw abortError(signal);
    }
    return await send({ ...means, deadlines: { ...means.deadlines, whole } }, call, signal);
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
