import { createHash } from "node:crypto";
import { isVisibleAscii, withoutEnding } from "../../base/text.ts";
import { type Credential, safeRoot } from "../../domain/account.ts";
import { ApiError, type FailureKind } from "../../domain/apiError.ts";
import type { CallOptions } from "../../domain/cloudflareClient.ts";

type Method = "GET" | "POST" | "PUT" | "DELETE";

/**
 * Says whether a call that may have arrived can be sent again.
 * - `safe`: sending it twice has the effect of sending it once.
 * - `never`: a second request could overwrite what was written since.
 * - `look`: finds out whether the failed call arrived. A result becomes the answer of the call;
 *   undefined allows another attempt; an error becomes the error of the call.
 */
type Repeat =
  | "safe"
  | "never"
  | { readonly look: (failure: ApiError) => Promise<Envelope | undefined> };

/** One call of the API. */
export interface Call extends CallOptions {
  readonly method: Method;
  /** Relative to the API root, made with `pathOf`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly repeat: Repeat;
  /** Milliseconds until the headers, where a call takes longer than usual. */
  readonly headersMs?: number;
  /** True for a result that is a valid answer although the envelope reports a failure. */
  readonly accepts?: (result: unknown) => boolean;
}

/** A successful answer. `result` and `info` aren't checked yet. */
export interface Envelope {
  readonly status: number;
  readonly result: unknown;
  /** The `result_info` of a list. */
  readonly info: unknown;
  readonly rayId: string | undefined;
  /** Cloudflare's clock when it answered, in milliseconds since 1970. */
  readonly serverTime: number | undefined;
}

/** The only facts about a request that are logged. */
export interface LogLine {
  readonly method: Method;
  /** Without the query, which may contain a search text. */
  readonly path: string;
  readonly attempt: number;
  readonly durationMs: number;
  readonly status?: number;
  readonly rayId?: string;
  readonly failure?: FailureKind;
}

/** Sends calls to one API root with one credential. */
export interface Transport {
  /** Rejects with an ApiError, or with an AbortError once the call's signal is aborted. */
  request(call: Call): Promise<Envelope>;
  /** Aborts all calls and closes every connection. */
  close(): Promise<void>;
}

/**
 * A path relative to the API root, with every segment encoded. Throws an ApiError for a segment
 * that would address another resource: an empty one addresses the list, and dots go up.
 */
export function pathOf(...segments: readonly string[]): string {
  return segments.map((segment) => `/${encoded(segment)}`).join("");
}

function encoded(segment: string): string {
  if (/^\.{0,2}$/.test(segment)) {
    throw new ApiError(`"${segment}" can't name a resource`, {
      kind: "invalid",
      reason: "wrongShape",
      subject: `id "${segment}"`,
    });
  }
  // encodeURIComponent throws on a lone surrogate.
  return encodeURIComponent(segment.toWellFormed());
}

/** An API root to which a credential may be sent. `prefix` has no slash at its end. */
export interface Root {
  readonly origin: string;
  readonly prefix: string;
  readonly secure: boolean;
  readonly hostname: string;
}

/**
 * Throws `unsafeRoot` for a root to which nothing may be sent. The message doesn't contain the
 * root.
 */
export function parseRoot(text: string): Root {
  const url = safeRoot(text);
  if (url === undefined) {
    throw new ApiError("the API root is neither https nor http on a loopback address", {
      kind: "invalid",
      reason: "unsafeRoot",
    });
  }
  return {
    origin: url.origin,
    prefix: withoutEnding(url.pathname, "/"),
    secure: url.protocol === "https:",
    hostname: url.hostname,
  };
}

/** Throws `badCredential` for a credential that doesn't fit into a header. */
export function credentialHeaders(credential: Credential): Record<string, string> {
  const headers: Record<string, string> =
    credential.kind === "token"
      ? { authorization: `Bearer ${checked(credential.token)}` }
      : { "x-auth-email": checked(credential.email), "x-auth-key": checked(credential.key) };
  return headers;
}

/**
 * Identifies whom Cloudflare counts requests for. It is a hash, so the credential can't be read
 * from it.
 */
export function rateLimitKey(apiRoot: string, credential: Credential): string {
  const owner = credential.kind === "token" ? credential.token : credential.email;
  return createHash("sha256").update(`${apiRoot}\n${credential.kind}\n${owner}`).digest("base64");
}

function checked(value: string): string {
  if (!isVisibleAscii(value)) {
    throw new ApiError("the credential has characters that a header can't hold", {
      kind: "auth",
      reason: "badCredential",
    });
  }
  return value;
}

/** Headers as undici gives them: names in lower case, repeated headers as lists. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** The value of a header. Repeated headers are one list, as HTTP defines it. */
export function header(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(", ") : value;
}

/** The ray id that Cloudflare's support asks for. */
export function rayIdOf(headers: Headers): string | undefined {
  const value = header(headers, "cf-ray");
  // It is logged and shown, so other text isn't accepted.
  return value !== undefined && /^[\w-]{1,64}$/.test(value) ? value : undefined;
}

export function serverTimeOf(headers: Headers): number | undefined {
  const time = Date.parse(header(headers, "date") ?? "");
  return Number.isNaN(time) ? undefined : time;
}
