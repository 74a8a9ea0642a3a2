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

/** What one connection pool to one API root needs to know. */
interface HttpClientOptions {
  readonly root: Root;
  readonly headers: Readonly<Record<string, string>>;
  readonly network: NetworkSettings;
  readonly certificates: SystemCertificates;
  readonly deadlines: Deadlines;
  /** Bytes of one body, packed or not. */
  readonly bodyLimit: number;
}

export interface HttpClient {
  /** Sends a call once; rejects with whatever Node or undici gave, or with an ApiError. */
  send(call: Call, signal: AbortSignal): Promise<ResponseHead>;
  close(): Promise<void>;
}

/** The only file that knows undici. Follows no redirect, so the credential stays at its origin. */
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
        // The handshake failed, so nothing has been sent, whatever the method.
        if (!mayWiden || used === wide || !isUntrusted(cause)) {
          throw cause;
        }
        wide ??= dispatcherFor(options, closing.signal, true);
        return await sendThrough(wide, options, call, signal);
      }
    },
    async close() {
      // Destroying a dispatcher leaves sockets that are still connecting to their timeout.
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
  // HTTP/1.1: side by side pages would share one flow-control window under HTTP/2.
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
    // undici listens to a signal once it is connected, and connecting is what may never end.
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

/** Bytes of a body that may wait to be collected: with undici's 64 KB, a page stops thirty times. */
const BUFFERED_BYTES = 4 * 1024 * 1024;
const JSON_TYPE = { "content-type": "application/json" };

function queryOf(call: Call): string {
  return call.query === undefined ? "" : `?${new URLSearchParams(call.query)}`;
}

/**
 * Ends a request that overstays one of its phases, with an error that says which. undici has timers
 * of its own, half a second coarse, and none for a proxy that takes a connection and says nothing.
 */
class Phases {
  /** Aborted with the caller's, or with an ApiError when a phase is over its time. */
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
    // Nobody may be waiting any more when it happens.
    promise.catch(() => undefined);
  }

  begin(phase: string, ms: number): void {
    this.end(phase);
    const timer = setTimeout(() => this.#late.abort(lateness(this.#call, phase, ms)), ms);
    this.#timers.set(phase, timer);
  }

  /** Starts a phase's time again. */
  renew(phase: string): void {
    this.#timers.get(phase)?.refresh();
  }

  end(phase: string): void {
    clearTimeout(this.#timers.get(phase));
    this.#timers.delete(phase);
  }

  /** A listener left behind would keep this alive for as long as the caller's signal. */
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
