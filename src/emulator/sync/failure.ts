import { STATUS_CODES } from "node:http";
import {
  InsufficientScopeError,
  ProtocolError,
  SdkError,
  SdkErrorCode,
  SdkHttpError,
  UnauthorizedError,
} from "@modelcontextprotocol/client";
import type { ErrorDetails } from "../state/records.ts";
import { NotSentError } from "./fetchCatalogue.ts";

/** A failed sync in the API's terms. */
export interface Failure {
  readonly error: string;
  readonly details: ErrorDetails;
}

/** Cloudflare's text for any failure without an answer. */
const UNABLE_TO_CONNECT = "unable to connect";
const MAX_CAUSE_LENGTH = 300;

/** Converts an error of the MCP client into the API's terms. */
export function explain(error: unknown, url: URL): Failure {
  if (isTimeout(error)) {
    return unreachable("The upstream did not answer in time", true);
  }
  if (error instanceof NotSentError) {
    const network = networkError(error.cause);
    return network
      ? unreachable(describe(network, url), TRANSIENT_CODES.has(network.code))
      : unreachable(withoutUserInfo(innermost(error.cause)).slice(0, MAX_CAUSE_LENGTH), false);
  }
  if (error instanceof SdkHttpError) {
    return refusedWith(error.status, textOf(error));
  }
  if (error instanceof UnauthorizedError) {
    return refusedWith(401, error.message);
  }
  if (error instanceof InsufficientScopeError) {
    return refusedWith(403, error.message);
  }
  if (error instanceof ProtocolError) {
    return protocolError(error);
  }
  const network = networkError(error);
  if (network) {
    return unreachable(describe(network, url), TRANSIENT_CODES.has(network.code));
  }
  return notMcp(error);
}

/** The innermost cause explains most: "bad port" rather than "fetch failed". */
function innermost(error: unknown): string {
  if (error instanceof Error) {
    return error.cause instanceof Error ? innermost(error.cause) : error.message;
  }
  return String(error);
}

/** Removes user name and password from URLs, which the messages of `fetch` repeat. */
function withoutUserInfo(text: string): string {
  return text.replace(/\/\/[^/@\s]*@/g, "//");
}

function isTimeout(error: unknown): boolean {
  if (error instanceof SdkError) {
    return error.code === SdkErrorCode.RequestTimeout;
  }
  return error instanceof DOMException && error.name === "TimeoutError";
}

function refusedWith(status: number, cause: string): Failure {
  const reason = STATUS_CODES[status] ?? "";
  const retryable = status >= 500 || status === 429 || status === 408;
  return {
    error: `The upstream answered ${status} ${reason}`.trim(),
    details: {
      cause: (cause || reason).slice(0, MAX_CAUSE_LENGTH),
      is_upstream: true,
      retryable,
      status_code: status,
    },
  };
}

function textOf(error: SdkHttpError): string {
  const { text } = error.data;
  return typeof text === "string" ? text : "";
}

function protocolError(error: ProtocolError): Failure {
  const details = { cause: error.message, is_upstream: true, mcp_code: error.code };
  return { error: `MCP error ${error.code}`, details: { ...details, retryable: false } };
}

function unreachable(cause: string, retryable: boolean): Failure {
  return { error: UNABLE_TO_CONNECT, details: { cause, is_upstream: false, retryable } };
}

/** For a hostname that isn't a URL. No client can store one, but a write past the API can. */
export function notAnAddress(hostname: string): Failure {
  return unreachable(`Invalid URL: ${hostname}`.slice(0, MAX_CAUSE_LENGTH), false);
}

function notMcp(error: unknown): Failure {
  const message = error instanceof Error && error.name !== "ZodError" ? error.message : "";
  const cause = message === "" ? "The answer is not a JSON-RPC message" : message;
  return {
    error: "The upstream is not an MCP server",
    details: { cause: cause.slice(0, MAX_CAUSE_LENGTH), is_upstream: true, retryable: false },
  };
}

interface NetworkError {
  readonly code: string;
  readonly message: string;
}

/** Errors that may pass. An unknown host or a bad certificate doesn't. */
const TRANSIENT_CODES = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_SOCKET",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/**
 * Finds the error in `cause`, where `fetch` puts it. With several addresses it is in an
 * AggregateError.
 */
function networkError(error: unknown): NetworkError | undefined {
  if (!(error instanceof Error)) {
    return undefined;
  }
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  if (code !== undefined && !(error instanceof SdkError)) {
    return { code, message: error.message };
  }
  return networkError(error.cause);
}

/**
 * Leaves the address out, because that of a demo host is a port of this machine and explains
 * nothing.
 */
function describe({ code, message }: NetworkError, url: URL): string {
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") {
    return `getaddrinfo ${code} ${url.hostname}`;
  }
  const port = url.port || (url.protocol === "http:" ? "80" : "443");
  if (code.startsWith("E") && !code.startsWith("ERR_")) {
    return `connect ${code} ${url.hostname}:${port}`;
  }
  return `${code}: ${message.trim()}`.slice(0, MAX_CAUSE_LENGTH);
}
