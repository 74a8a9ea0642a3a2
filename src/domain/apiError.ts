/** The kind of failure, coarse enough to decide what to do next. */
export type FailureKind =
  | "auth"
  | "forbidden"
  | "notFound"
  | "conflict"
  | "rateLimit"
  | "offline"
  | "invalid"
  | "server";

/** The reason of a failure, fine enough for a sentence. */
export type FailureReason =
  /** Cloudflare refused with codes and messages of its own: see `problems`. */
  | "refused"
  | "dns"
  | "connectionRefused"
  | "connectionLost"
  | "timeout"
  | "tls"
  | "proxy"
  /** An HTML page came in place of JSON, from a proxy, a captive portal or a wrong API root. */
  | "html"
  | "notJson"
  | "wrongShape"
  | "tooLarge"
  | "redirect"
  /** The API root is neither https nor http on a loopback address; nothing was sent. */
  | "unsafeRoot"
  /** The credential has characters that a header can't hold; nothing was sent. */
  | "badCredential";

/** One entry of an envelope's `errors`. `field` is its `path` or `source.pointer`, dotted. */
export interface ApiProblem {
  readonly code: number | undefined;
  readonly message: string;
  readonly field: string | undefined;
}

export interface FailureFacts {
  readonly kind: FailureKind;
  readonly reason: FailureReason;
  readonly status?: number | undefined;
  readonly problems?: readonly ApiProblem[];
  readonly rayId?: string | undefined;
  /** Seconds that Cloudflare asked to wait, 300 at most. */
  readonly retryAfter?: number | undefined;
  /** The time when the wait is over, in milliseconds since 1970. */
  readonly retryAt?: number | undefined;
  /** The server and field that a `wrongShape` is about. */
  readonly subject?: string | undefined;
  readonly cause?: unknown;
}

/**
 * The failure of an API call. Its `message` is for the log; `describeFailure` makes the sentence
 * for people.
 */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly kind: FailureKind;
  readonly reason: FailureReason;
  readonly status: number | undefined;
  readonly problems: readonly ApiProblem[];
  readonly rayId: string | undefined;
  readonly retryAfter: number | undefined;
  readonly retryAt: number | undefined;
  readonly subject: string | undefined;

  constructor(message: string, facts: FailureFacts) {
    super(message, { cause: facts.cause });
    this.kind = facts.kind;
    this.reason = facts.reason;
    this.status = facts.status;
    this.problems = facts.problems ?? [];
    this.rayId = facts.rayId;
    this.retryAfter = facts.retryAfter;
    this.retryAt = facts.retryAt;
    this.subject = facts.subject;
  }
}

/**
 * Goes by the name, because the client and its caller may lie in different bundles with a class
 * each.
 */
export function isApiError(error: unknown): error is ApiError {
  return error instanceof Error && error.name === "ApiError" && "kind" in error;
}

/** No answer came from Cloudflare. */
export function isOffline(error: unknown): boolean {
  return isApiError(error) && error.kind === "offline";
}

/** True for the error of a call whose AbortSignal was aborted. It is never shown to anyone. */
export function isCancelled(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}
