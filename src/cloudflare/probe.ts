import { isRecord } from "../base/json.ts";
import { type ProbeOutcome, probeOutcome } from "../domain/access/probe.ts";
import { isLoopback } from "../domain/account.ts";
import { ApiError, isApiError } from "../domain/apiError.ts";
import type { CallOptions } from "../domain/cloudflareClient.ts";
import { publicEndpoint } from "../domain/portals/endpoint.ts";
import { DEFAULT_DEADLINES, type ResponseHead } from "./transport/attempts.ts";
import { type Call, credentialHeaders, header, parseRoot, type Root } from "./transport/call.ts";
import { abortError } from "./transport/clock.ts";
import type { Shared, TransportOptions } from "./transport/createTransport.ts";
import { createHttpClient } from "./transport/httpClient.ts";
import { networkFailure } from "./transport/network.ts";

/** The most bytes that are read of an answer. A portal's own is a few. */
const BODY_LIMIT = 256 * 1024;
/** Where the emulator tells the addresses of its portals. */
const EMULATOR_PORTALS = "/__emulator/portals";

interface ProbedPortal {
  readonly id: string;
  readonly hostname: string;
}

/** Asks a portal's endpoint for what it says to a client that has no credential. */
export class PortalProbe {
  readonly #options: TransportOptions;
  readonly #shared: Shared;
  readonly #closed = new AbortController();

  constructor(options: TransportOptions, shared: Shared) {
    this.#options = options;
    this.#shared = shared;
  }

  /**
   * Sends one request, without the credential, to the portal's own host alone. Rejects with an
   * ApiError where the portal has no address that may be asked.
   */
  async probe(portal: ProbedPortal, { signal }: CallOptions = {}): Promise<ProbeOutcome> {
    const whole = this.#untilClosed(signal);
    const url = await this.#endpoint(portal, whole);
    const call: Call = { method: "GET", path: url.pathname, repeat: "safe" };
    try {
      const { status, headers, text } = await this.#send(rootOf(url), {}, call, whole);
      return probeOutcome({
        status,
        contentType: header(headers, "content-type") ?? "",
        wwwAuthenticate: header(headers, "www-authenticate") ?? "",
        text,
      });
    } catch (cause) {
      throwIfAborted(whole);
      const failure = isApiError(cause) ? cause : networkFailure(call, cause);
      if (failure.kind !== "offline") {
        throw failure;
      }
      return { kind: "offline", why: failure.reason === "dns" ? "dns" : "network" };
    }
  }

  /**
   * The address at which clients reach the portal. Rejects with an ApiError where it has none that
   * may be asked.
   */
  endpoint(portal: ProbedPortal, { signal }: CallOptions = {}): Promise<URL> {
    return this.#endpoint(portal, this.#untilClosed(signal));
  }

  close(): void {
    this.#closed.abort();
  }

  #untilClosed(signal: AbortSignal | undefined): AbortSignal {
    return AbortSignal.any([this.#closed.signal, ...(signal === undefined ? [] : [signal])]);
  }

  async #endpoint(portal: ProbedPortal, signal: AbortSignal): Promise<URL> {
    const root = parseRoot(this.#options.apiRoot);
    const url = isLoopback(root.hostname)
      ? await this.#emulatedUrl(root, portal.id, signal)
      : publicEndpoint(portal.hostname);
    if (url === undefined) {
      throw noAddress();
    }
    return url;
  }

  /** A portal of the emulator stands on this machine, whatever its host. */
  async #emulatedUrl(root: Root, id: string, signal: AbortSignal): Promise<URL> {
    const call: Call = { method: "GET", path: EMULATOR_PORTALS, repeat: "safe" };
    const { credential } = this.#options;
    const { text } = await this.#send(
      { ...root, prefix: "" },
      credentialHeaders(credential),
      call,
      signal,
    ).catch((cause: unknown) => {
      throwIfAborted(signal);
      throw isApiError(cause) ? cause : networkFailure(call, cause);
    });
    const address = addressIn(text, id);
    if (address === undefined || !isLoopback(address.hostname)) {
      throw noAddress();
    }
    return address;
  }

  async #send(
    root: Root,
    headers: Readonly<Record<string, string>>,
    call: Call,
    signal: AbortSignal,
  ): Promise<Omit<ResponseHead, "text"> & { readonly text: string }> {
    const { network = {}, deadlines, userAgent } = this.#options;
    const http = createHttpClient({
      root,
      headers: {
        ...headers,
        accept: "application/json, text/event-stream",
        "accept-encoding": "br, gzip",
        "user-agent": userAgent,
      },
      network,
      certificates: this.#shared.certificates,
      deadlines: { ...DEFAULT_DEADLINES, ...deadlines },
      bodyLimit: BODY_LIMIT,
    });
    try {
      const { text, ...head } = await http.send(call, signal);
      return { ...head, text: await text.catch(whenTooLarge) };
    } finally {
      await http.close();
    }
  }
}

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) {
    throw abortError(signal);
  }
}

/** The status alone says enough of an answer that is too long to read. */
function whenTooLarge(cause: unknown): string {
  if (isApiError(cause) && cause.reason === "tooLarge") {
    return "";
  }
  throw cause;
}

function addressIn(text: string, id: string): URL | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const address = isRecord(value) && Object.hasOwn(value, id) ? value[id] : undefined;
    return (typeof address === "string" && URL.parse(address)) || undefined;
  } catch {
    return undefined;
  }
}

function rootOf(url: URL): Root {
  return {
    origin: url.origin,
    prefix: "",
    secure: url.protocol === "https:",
    hostname: url.hostname,
  };
}

function noAddress(): ApiError {
  return new ApiError("the portal has no address that may be asked", {
    kind: "invalid",
    reason: "wrongShape",
    subject: "the portal's host",
  });
}
