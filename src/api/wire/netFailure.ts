import { ApiError, type FailureKind, type FailureReason } from "../../model/client/failure.ts";
import type { Call } from "./call.ts";

/** Codes of Node and of undici, by what they mean to a person. */
const reasons: ReadonlyMap<string, FailureReason> = new Map(
  Object.entries({
    dns: ["ENOTFOUND", "EAI_AGAIN", "EAI_FAIL", "EAI_NODATA", "EAI_NONAME"],
    connectionRefused: ["ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "ENETDOWN", "EADDRNOTAVAIL"],
    timeout: [
      "ETIMEDOUT",
      "UND_ERR_CONNECT_TIMEOUT",
      "UND_ERR_HEADERS_TIMEOUT",
      "UND_ERR_BODY_TIMEOUT",
    ],
    proxy: ["UND_ERR_PRX_TLS", "UND_ERR_PRX_CONN", "UND_ERR_SOCKS5"],
    tls: ["EPROTO", "HOSTNAME_MISMATCH", "DEPTH_ZERO_SELF_SIGNED_CERT"],
    tooLarge: ["UND_ERR_HEADERS_OVERFLOW"],
  } satisfies Partial<Record<FailureReason, readonly string[]>>).flatMap(([reason, codes]) =>
    codes.map((code) => [code, reason as FailureReason] as const),
  ),
);

/** OpenSSL's verification results, which Node passes on as codes. */
const tlsCode = /^(CERT_|ERR_TLS_|ERR_SSL_|SELF_SIGNED_|UNABLE_TO_|INVALID_CA|PATH_LENGTH)/;

/** True for a certificate that another set of roots may vouch for. */
export function isUntrusted(error: unknown): boolean {
  return /^(UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_)/.test(codeOf(error) ?? "");
}

/** Gives a failure below HTTP its kind and reason. */
export function networkFailure(call: Call, cause: unknown): ApiError {
  const code = codeOf(cause);
  const reason = reasonOf(code, cause);
  return new ApiError(`${call.method} ${call.path}: ${reason}${code ? `, ${code}` : ""}`, {
    kind: kindOf(reason),
    reason,
    cause,
  });
}

function kindOf(reason: FailureReason): FailureKind {
  return reason === "tooLarge" || reason === "notJson" ? "invalid" : "offline";
}

function reasonOf(code: string | undefined, error: unknown): FailureReason {
  if (error instanceof Error && /^Proxy (response|Authentication)/.test(error.message)) {
    return "proxy";
  }
  // Whoever answered doesn't speak HTTP. The parser's errors come without a code.
  if (error instanceof Error && error.name === "HTTPParserError" && !/EOF/.test(error.message)) {
    return "notJson";
  }
  if (code !== undefined && tlsCode.test(code)) {
    return "tls";
  }
  return reasons.get(code ?? "") ?? "connectionLost";
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) {
    return undefined;
  }
  const own = "code" in error && typeof error.code === "string" ? error.code : undefined;
  return own === "UND_ERR_PRX_TLS" || own === undefined ? (codeOf(error.cause) ?? own) : own;
}
