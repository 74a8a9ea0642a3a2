import { Agent, type Dispatcher, EnvHttpProxyAgent } from "undici";
import { ApiError } from "../../domain/apiError.ts";
import type { Deadlines, ResponseHead } from "./attempts.ts";
import { collect, decode } from "./body.ts";
import type { Call, Headers, Root } from "./call.ts";
import {
  chooseProxy,
  isUntrusted,
  type NetworkSettings,
  type SystemCertificates,
} from "./network.ts";

/** The settings of one connection pool to one API root. */
interface HttpClientOptions {
  readonly root: Root;
  readonly headers: Readonly<Record<string, string>>;
  readonly network: NetworkSettings;
  readonly certificates: SystemCertificates;
  readonly deadlines: Deadlines;
  /** Most bytes of one body, compressed and decompressed. */
  readonly bodyLimit: number;
}

export interface HttpClient {
  /** Sends a call once. Rejects with an error of Node or undici, or with an ApiError. */
  send(call: Call, signal: AbortSignal): Promise<ResponseHead>;
  close(): Promise<void>;
}

/**
 * Creates the HTTP client. No other file uses undici. It follows no redirect, so the credential
 * never goes to another origin.
 */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { root, network } = options;
  const mayWiden =
    root.secure && network.strictSsl !== false && network.systemCertificates !== false;
  const closing = new AbortController();
  const usual = dispatcherFor(options, closing.signal, false);
  let wide: Dispatcher | undefined;
  return {
    async send(call, signal) {
      const used = wide ?? usual;
      try {
        return await sendThrough(used, options, call, signal);
      } catch (cause) {
        // The TLS handshake failed, so nothing was sent and any method may be repeated.
        if (!mayWiden || used === wide || !isUntrusted(cause)) {
          throw cause;
        }
        wide ??= dispatcherFor(options, closing.signal, true);
        return await sendThrough(wide, options, call, signal);
      }
    },
    async close() {
      // Destroying a dispatcher leaves connecting sockets open until their timeout.
      closing.abort();
      await Promise.all([usual.destroy(), wide?.destroy()]);
    },
  };
}

function dispatcherFor(
  { root, network, certificates, deadlines }: HttpClientOptions,
  signal: AbortSignal,
  wide: boolean,
): Dispatcher {
  const tls = {
    signal,
    timeout: deadlines.connect,
    rejectUnauthorized: network.strictSsl !== false,
    ...(wide ? { secureContext: certificates.context } : {}),
  };
  // HTTP/1.1, because concurrent pages would share one flow-control window under HTTP/2.
  const shared = { allowH2: false, connect: tls };
  const proxy = chooseProxy(root, network);
  return proxy === undefined
    ? new Agent(shared)
    : new EnvHttpProxyAgent({
        ...shared,
        httpProxy: proxy.uri,
        httpsProxy: proxy.uri,
        noProxy: proxy.noProxy,
        requestTls: tls,
        proxyTls: tls,
        connectTimeout: deadlines.connect,
      });
}

async function sendThrough(
  dispatcher: Dispatcher,
  options: HttpClientOptions,
  call: Call,
  signal: AbortSignal,
): Promise<ResponseHead> {
  const { root, deadlines } = options;
  const phases = new Phases(call, signal);
  phases.begin("headers", deadlines.connect + (call.headersMs ?? deadlines.headers));
  try {
    const request = dispatcher.request({
      origin: root.origin,
      path: `${root.prefix}${call.path}${queryOf(call)}`,
      method: call.method,
      headers: { ...options.headers, ...(call.body === undefined ? {} : JSON_TYPE) },
      body: call.body === undefined ? null : JSON.stringify(call.body),
      signal: phases.signal,
      headersTimeout: 0,
      bodyTimeout: 0,
      highWaterMark: BUFFERED_BYTES,
    });
    // undici only observes a signal once it is connected, and connecting may take for ever.
    const { statusCode, headers, body } = await Promise.race([request, phases.over]);
    phases.end("headers");
    const text = textOf(options, call, headers, body, phases);
    return { status: statusCode, headers, text };
  } catch (cause) {
    phases.endAll();
    throw cause;
  }
}

async function textOf(
  { deadlines, bodyLimit }: HttpClientOptions,
  call: Call,
  headers: Headers,
  body: AsyncIterable<Buffer>,
  phases: Phases,
): Promise<string> {
  phases.begin("body", deadlines.body);
  phases.begin("a piece of the body", deadlines.idle);
  try {
    const beat = () => phases.renew("a piece of the body");
    const packed = await collect(call, body, bodyLimit, beat);
    return await decode(call, headers, packed, bodyLimit);
  } finally {
    phases.endAll();
  }
}

/** Bytes that undici buffers of a body. With its default of 64 KB a page pauses thirty times. */
const BUFFERED_BYTES = 4 * 1024 * 1024;
const JSON_TYPE = { "content-type": "application/json" };

function queryOf(call: Call): string {
  return call.query === undefined ? "" : `?${new URLSearchParams(call.query)}`;
}

/**
 * Aborts a request whose phase takes too long, with an error that names the phase. undici's own
 * timers have a resolution of half a second, and none covers a proxy that accepts a connection and
 * stays silent.
 */
class Phases {
  /** Aborted with the caller's signal, or with an ApiError when a phase takes too long. */
  readonly signal: AbortSignal;
  /** Rejects when the signal is aborted, with its reason. */
  readonly over: Promise<never>;
  readonly #call: Call;
  readonly #tell: () => void;
  readonly #late = new AbortController();
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(call: Call, signal: AbortSignal) {
    this.#call = call;
    this.signal = AbortSignal.any([signal, this.#late.signal]);
    const { promise, reject } = Promise.withResolvers<never>();
    this.over = promise;
    this.#tell = () => reject(this.signal.reason);
    this.signal.addEventListener("abort", this.#tell);
    if (this.signal.aborted) {
      this.#tell();
    }
    // Prevents an unhandled rejection after the request is over.
    promise.catch(() => undefined);
  }

  begin(phase: string, ms: number): void {
    this.end(phase);
    const timer = setTimeout(() => this.#late.abort(lateness(this.#call, phase, ms)), ms);
    this.#timers.set(phase, timer);
  }

  /** Restarts a phase's timer. */
  renew(phase: string): void {
    this.#timers.get(phase)?.refresh();
  }

  end(phase: string): void {
    clearTimeout(this.#timers.get(phase));
    this.#timers.delete(phase);
  }

  /** Removes the listener, which would otherwise stay in memory as long as the caller's signal. */
  endAll(): void {
    this.signal.removeEventListener("abort", this.#tell);
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
