import { ParseScheduler } from "../../base/async.ts";
import type { Credential } from "../../domain/account.ts";
import { DEFAULT_DEADLINES, type Deadlines, RepeatingTransport } from "./attempts.ts";
import { DEFAULT_BODY_LIMIT } from "./body.ts";
import {
  credentialHeaders,
  type LogLine,
  parseRoot,
  rateLimitKey,
  type Transport,
} from "./call.ts";
import { type Clock, SYSTEM_CLOCK } from "./clock.ts";
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
  /** Most pages of a list that are requested ahead of those that have arrived. */
  readonly pagesAhead?: number;
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
  return new RepeatingTransport({
    send: (call, signal) => http.send(call, signal),
    limiter,
    parseScheduler: new ParseScheduler(),
    clock,
    deadlines,
    log: options.log ?? (() => undefined),
    async close() {
      release();
      await http.close();
    },
  });
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
