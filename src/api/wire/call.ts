import type { CallOptions } from "../../model/client/client.ts";
import type { ApiError, FailureKind } from "../../model/client/failure.ts";

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
