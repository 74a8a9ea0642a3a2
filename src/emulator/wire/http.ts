import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { Fault } from "../switches/schemas.ts";
import { type Answer, generalError, Refusal } from "./answers.ts";
import { parseJson } from "./json.ts";

/** A request body as text and as JSON. */
export interface Body {
  /** For the log: the JSON, or the text where it isn't JSON, or null without a body. */
  readonly logged: unknown;
  /** For handlers: `{}` where it isn't JSON, as in the real framework. */
  readonly parsed: unknown;
  /** True for a body of valid JSON. */
  readonly isJson: boolean;
  /** Length on the wire. */
  readonly bytes: number;
}

/** Stands for the body of a request that isn't authenticated, which is never read. */
export const UNREAD_BODY: Body = { logged: null, parsed: {}, isJson: false, bytes: 0 };

/** A portal of 80 servers with an override of every tool is smaller than this. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

/**
 * Reads the body of a request. Call it only after the request was authenticated.
 * @param maxBytes 16 MiB by default
 * @throws Refusal with 413 where the body is over the limit
 */
export async function readBody(
  request: IncomingMessage,
  response: ServerResponse,
  maxBytes = MAX_BODY_BYTES,
): Promise<Body> {
  if (Number(request.headers["content-length"] ?? 0) > maxBytes) {
    throw tooLarge(maxBytes);
  }
  if (request.headers.expect !== undefined) {
    response.writeContinue();
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // The request isn't destroyed when the loop ends early, so that an answer can still be sent.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const piece: Uint8Array = Buffer.from(chunk);
    bytes += piece.length;
    if (bytes > maxBytes) {
      throw tooLarge(maxBytes);
    }
    chunks.push(piece);
  }
  const text = Buffer.concat(chunks).toString("utf8");
  if (text === "") {
    return UNREAD_BODY;
  }
  const parsed = parseJson(text);
  return parsed === undefined
    ? { logged: text, parsed: {}, isJson: false, bytes }
    : { logged: parsed, parsed, isJson: true, bytes };
}

function tooLarge(maxBytes: number): Refusal {
  const message = `The request body is larger than ${maxBytes} bytes`;
  const answer = generalError(413, { code: 413, message });
  return new Refusal(withHeaders(answer, { connection: "close" }));
}

export function readQuery(url: URL): Record<string, string> {
  return Object.fromEntries(url.searchParams);
}

const CREDENTIAL_HEADERS = new Set([
  "authorization",
  "x-auth-key",
  "x-auth-email",
  "cookie",
  "cf-access-client-id",
  "cf-access-client-secret",
]);

/** Headers for the log, without those that carry a credential. */
export function openHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const open = Object.entries(headers).filter(([name]) => !CREDENTIAL_HEADERS.has(name));
  return Object.fromEntries(open.map(([name, value]) => [name, String(value)]));
}

const LOOPBACK_NAME = /^(?:127\.0\.0\.1|localhost|\[::1\])$/i;

/**
 * True for a request from a program of this machine, and false for one from a web page. A page can
 * have its own hostname resolve to this machine, or send requests across origins. The browser then
 * names it in `Host`, `Origin` or `Sec-Fetch-Site`. Every endpoint of the emulator checks this
 * first.
 */
export function isLocalRequest(headers: IncomingHttpHeaders): boolean {
  const { host = "", origin } = headers;
  if (!LOOPBACK_NAME.test(host.replace(/:\d+$/, ""))) {
    return false;
  }
  if (headers["sec-fetch-site"] === "cross-site") {
    return false;
  }
  return origin === undefined || isLoopbackOrigin(origin);
}

/** False for `null`, which sandboxed pages and files send. */
function isLoopbackOrigin(origin: string): boolean {
  const url = URL.parse(origin);
  const isHttp = url?.protocol === "http:" || url?.protocol === "https:";
  return url !== null && isHttp && LOOPBACK_NAME.test(url.hostname);
}

/** Sends the answer as Cloudflare does, or half of it where the fault cuts it. */
export function sendThrough(
  fault: Fault | undefined,
  response: ServerResponse,
  answer: Answer,
): void {
  if (fault?.kind !== "cut") {
    send(response, answer);
    return;
  }
  const bytes = Buffer.from(answer.body);
  response.writeHead(answer.status, headersOf(answer, bytes));
  sendHalf(response, bytes);
}

export function send(response: ServerResponse, answer: Answer): void {
  const bytes = Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(answer.body);
  response.writeHead(answer.status, headersOf(answer, bytes));
  response.end(bytes);
}

function headersOf(answer: Answer, bytes: Buffer): Record<string, string | number> {
  return {
    "content-type": "application/json",
    "content-length": bytes.length,
    ...answer.headers,
  };
}

export function withHeaders(answer: Answer, headers: Readonly<Record<string, string>>): Answer {
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

/** Sends half of the body, then ends the connection. */
function sendHalf(response: ServerResponse, bytes: Buffer): void {
  const half = bytes.subarray(0, Math.floor(bytes.length / 2));
  response.write(half, () => response.socket?.destroy());
}
