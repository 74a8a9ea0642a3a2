import { createHash } from "node:crypto";
import { withoutEnding } from "../../base/text.ts";
import { type Credential, safeRoot } from "../../domain/account.ts";
import { ApiError, type FailureKind } from "../../domain/apiError.ts";
import type { CallOptions } from "../../domain/cloudflareClient.ts";

type Method = "GET" | "POST" | "PUT" | "DELETE";

/**
 * Whether a call that may have arrived can be sent again.
 * - `safe`: twice is as good as once.
 * - `never`: a second one could run over what was written since.
 * - `look`: asks whether the one that failed arrived all the same. What it finds is the answer;
 *   nothing found means that the call can be sent again; what it throws is what the caller hears.
 */
type Repeat =
  | "safe"
  | "never"
  | { readonly look: (failure: ApiError) => Promise<Envelope | undefined> };

/** One call of the API, as the resources describe it. */
export interface Call extends CallOptions {
  readonly method: Method;
  /** Below the API root, made with `pathOf`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly repeat: Repeat;
  /** How long Cloudflare may think about it, where that is longer than usual. */
  readonly headersMs?: number;
  /** True for a result that is an answer although the envelope calls it a failure. */
  readonly accepts?: (result: unknown) => boolean;
}

/** A successful answer. Nothing in `result` and `info` has been checked yet. */
export interface Envelope {
  readonly status: number;
  readonly result: unknown;
  /** `result_info` of a list. */
  readonly info: unknown;
  readonly rayId: string | undefined;
  /** Cloudflare's own clock when it answered, milliseconds since the epoch. */
  readonly serverTime: number | undefined;
}

/** All that is ever logged of a request. */
export interface LogLine {
  readonly method: Method;
  /** Without the query: it may hold what somebody searched for. */
  readonly path: string;
  readonly attempt: number;
  readonly durationMs: number;
  readonly status?: number;
  readonly rayId?: string;
  readonly failure?: FailureKind;
}

/** Carries calls to one API root with one credential. */
export interface Transport {
  /** Rejects with an ApiError, or with an AbortError once the call's signal is aborted. */
  request(call: Call): Promise<Envelope>;
  /** Ends whatever is under way and closes every connection. */
  close(): Promise<void>;
}

/**
 * A path below the API root, every segment encoded. A segment that would change which resource is
 * meant (an empty one makes a list of it, dots climb) is refused.
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

/** An API root that a credential may be sent to. `prefix` has no slash at its end. */
export interface Root {
  readonly origin: string;
  readonly prefix: string;
  readonly secure: boolean;
  readonly hostname: string;
}

/** Throws `unsafeRoot` where nothing may be sent to. The message doesn't repeat the root. */
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

/** What a header can hold without being cut, folded or refused half-way: visible ASCII. */
const VISIBLE_ASCII = /^[\x21-\x7e]+$/;

/** Throws `badCredential` before anything is sent. */
export function credentialHeaders(credential: Credential): Record<string, string> {
  const headers: Record<string, string> =
    credential.kind === "token"
      ? { authorization: `Bearer ${checked(credential.token)}` }
      : { "x-auth-email": checked(credential.email), "x-auth-key": checked(credential.key) };
  return headers;
}

/** Whom Cloudflare counts requests against. Safe to keep: the credential can't be read from it. */
export function rateLimitKey(apiRoot: string, credential: Credential): string {
  const owner = credential.kind === "token" ? credential.token : credential.email;
  return createHash("sha256").update(`${apiRoot}\n${credential.kind}\n${owner}`).digest("base64");
}

function checked(value: string): string {
  if (!VISIBLE_ASCII.test(value)) {
    throw new ApiError("the credential can't stand in a header", {
      kind: "auth",
      reason: "badCredential",
    });
  }
  return value;
}

/** Headers as undici gives them: names in lower case, repeated ones as lists. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** A header's text; several of one name count as one list, as HTTP says. */
export function header(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(", ") : value;
}

/** The ray id that Cloudflare's support asks for. */
export function rayIdOf(headers: Headers): string | undefined {
  const value = header(headers, "cf-ray");
  // It goes into log and messages, so nothing but a ray id may pass for one.
  return value !== undefined && /^[\w-]{1,64}$/.test(value) ? value : undefined;
}

export function serverTimeOf(headers: Headers): number | undefined {
  const time = Date.parse(header(headers, "date") ?? "");
  return Number.isNaN(time) ? undefined : time;
}

export { isLoopback } from "../../domain/account.ts";
