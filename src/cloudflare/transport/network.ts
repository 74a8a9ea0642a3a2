import { createSecureContext, getCACertificates, type SecureContext } from "node:tls";
import { isLoopback } from "../../domain/account.ts";
import { ApiError, type FailureKind, type FailureReason } from "../../domain/apiError.ts";
import type { Call, Root } from "./call.ts";

/** The editor's network settings. An absent one has VS Code's default. */
export interface NetworkSettings {
  /** `http.proxy`. Takes precedence over the environment. */
  readonly proxy?: string | undefined;
  /** `http.noProxy`. Takes precedence over the environment. */
  readonly noProxy?: readonly string[] | undefined;
  /** `http.proxyStrictSSL`. False accepts any certificate. */
  readonly strictSsl?: boolean | undefined;
  /** `http.systemCertificates`. Also trusts the operating system's certificates. */
  readonly systemCertificates?: boolean | undefined;
  /**
   * The variables in which proxies are looked up. Default: those of the process. Empty when
   * `http.proxySupport` is off.
   */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
}

/** The proxy for one API root. */
interface ProxyChoice {
  readonly uri: string;
  /** Hosts that are reached directly, in the format of NO_PROXY. */
  readonly noProxy: string;
}

/**
 * Undefined for a direct connection. Throws an ApiError when the setting isn't a URL, because
 * bypassing a proxy that somebody asked for would be worse. Neither its message nor its cause
 * contains the setting, which may hold a password.
 */
export function chooseProxy(root: Root, network: NetworkSettings): ProxyChoice | undefined {
  const environment = network.environment ?? process.env;
  const read = (name: string) =>
    environment[name.toLowerCase()] || environment[name.toUpperCase()] || undefined;
  const uri =
    network.proxy || read(root.secure ? "https_proxy" : "http_proxy") || read("all_proxy");
  // The emulator and the demo listen here, and no proxy could reach them.
  if (uri === undefined || isLoopback(root.hostname)) {
    return undefined;
  }
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(uri) ? uri : `http://${uri}`;
  if (!URL.canParse(full) || !/^(https?|socks5?):/i.test(full)) {
    throw new ApiError("the proxy setting isn't a URL", { kind: "offline", reason: "proxy" });
  }
  const own = network.noProxy ?? [];
  return { uri: full, noProxy: own.length > 0 ? own.join(",") : (read("no_proxy") ?? "") };
}

/** Node's certificates and those of the operating system. */
export class SystemCertificates {
  #context: SecureContext | undefined;

  /**
   * Reading them takes some 50 ms and creating a context 40 ms more. Both happen once at most, and
   * only when Node's own certificates weren't enough.
   */
  get context(): SecureContext {
    this.#context ??= createSecureContext({
      ca: [...getCACertificates("default"), ...getCACertificates("system")],
    });
    return this.#context;
  }
}

/** Error codes of Node and undici, by reason. */
const REASONS: ReadonlyMap<string, FailureReason> = new Map(
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

/** OpenSSL's verification errors, which Node passes on as codes. */
const TLS_CODE = /^(CERT_|ERR_TLS_|ERR_SSL_|SELF_SIGNED_|UNABLE_TO_|INVALID_CA|PATH_LENGTH)/;

/** True for a certificate that may be valid with other root certificates. */
export function isUntrusted(error: unknown): boolean {
  return /^(UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_)/.test(codeOf(error) ?? "");
}

/** Converts an error below HTTP into an ApiError. */
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
  if (error instanceof Error && isForeignProtocol(error)) {
    return "notJson";
  }
  if (code !== undefined && TLS_CODE.test(code)) {
    return "tls";
  }
  return REASONS.get(code ?? "") ?? "connectionLost";
}

/**
 * True when the answer isn't the HTTP that was asked for. Errors of the parser have no code. "bad
 * response" is undici's word for an unexpected 100 Continue or a switch of protocols.
 */
function isForeignProtocol(error: Error): boolean {
  const isUnasked =
    codeOf(error) === "UND_ERR_SOCKET" && /^bad (response|upgrade)$/.test(error.message);
  return isUnasked || (error.name === "HTTPParserError" && !error.message.includes("EOF"));
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) {
    return undefined;
  }
  const own = "code" in error && typeof error.code === "string" ? error.code : undefined;
  return own === "UND_ERR_PRX_TLS" || own === undefined ? (codeOf(error.cause) ?? own) : own;
}
