import { ParseScheduler } from "../../base/async.ts";
import type { Credential } from "../../domain/account.ts";
import { ApiError } from "../../domain/apiError.ts";
import { DEFAULT_DEADLINES, type Deadlines, type SendContext, send } from "./attempts.ts";
import { DEFAULT_BODY_LIMIT } from "./body.ts";
import {
  type Call,
  credentialHeaders,
  type Envelope,
  type LogLine,
  parseRoot,
  rateLimitKey,
  type Transport,
} from "./call.ts";
import { abortError, type Clock, SYSTEM_CLOCK } from "./clock.ts";
import { createHttpClient, type HttpClient } from "./httpClient.ts";
import type { NetworkSettings, SystemCertificates } from "./network.ts";
import type { RateLimiters } from "./rateLimit.ts";

export interface TransportOptions {
  /** The whole API root, such as https://api.cloudflare.com/client/v4. */
  readonly apiRoot: string;
  readonly credential: Credential;
  readonly userAgent: string;
  readonly network?: NetworkSettings;
  readonly log?: (line: LogLine) => void;
  readonly deadlines?: Partial<Deadlines>;
  readonly clock?: Clock;
  /** Most bytes of one body, compressed and decompressed. */
  readonly bodyLimit?: number;
}

/** Shared by all transports of one process. */
export interface Shared {
  readonly rateLimiters: RateLimiters;
  readonly certificates: SystemCertificates;
}

/**
 * Checks root and credential and creates a connection pool. Sends nothing yet. Throws an ApiError
 * (`unsafeRoot`, `badCredential`, `proxy`) where nothing can be sent safely.
 */
export function createTransport(options: TransportOptions, shared: Shared): Transport {
  const clock = options.clock ?? SYSTEM_CLOCK;
  const deadlines = { ...DEFAULT_DEADLINES, ...options.deadlines };
  const http = httpClientFor(options, deadlines, shared.certificates);
  const { limiter, release } = shared.rateLimiters.take(
    rateLimitKey(options.apiRoot, options.credential),
    clock,
  );
  const closed = new AbortController();
  const context: SendContext = {
    send: (call, signal) => http.send(call, signal),
    limiter,
    parseScheduler: new ParseScheduler(),
    clock,
    deadlines,
    log: options.log ?? (() => undefined),
  };
  return {
    request: (call) => withDeadline(context, call, closed.signal),
    async close() {
      closed.abort();
      release();
      await http.close();
    },
  };
}

function httpClientFor(
  options: TransportOptions,
  deadlines: Deadlines,
  certificates: SystemCertificates,
): HttpClient {
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
    certificates,
    deadlines,
    bodyLimit: options.bodyLimit ?? DEFAULT_BODY_LIMIT,
  });
}

/** Limits the time of a call with all its attempts and waits. */
async function withDeadline(
  context: SendContext,
  call: Call,
  closed: AbortSignal,
): Promise<Envelope> {
  const whole = context.deadlines.whole + (call.headersMs ?? 0);
  const late = new AbortController();
  const signals = [closed, late.signal, ...(call.signal === undefined ? [] : [call.signal])];
  const signal = AbortSignal.any(signals);
  const timer = setTimeout(() => late.abort(), whole);
  try {
    if (signal.aborted) {
      throw abortError(signal);
    }
    return await send({ ...context, deadlines: { ...context.deadlines, whole } }, call, signal);
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
