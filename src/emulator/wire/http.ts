import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { Fault } from "../switches/schemas.ts";
import type { Answer } from "./answers.ts";

/** A request body: the text, and what it says as JSON. */
export interface Body {
  /** For the log: JSON where it is JSON, the text where it isn't, `null` where there is none. */
  readonly logged: unknown;
  /** For handlers: `{}` where there is no JSON, as the real framework has it. */
  readonly parsed: unknown;
}

const MAX_BODY_BYTES = 32 * 1024 * 1024;

export async function readBody(request: IncomingMessage): Promise<Body> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes: Uint8Array = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_BODY_BYTES) {
      throw new Error("The request body is too large");
    }
    chunks.push(bytes);
  }
  const text = Buffer.concat(chunks).toString("utf8");
  if (text === "") {
    return { logged: null, parsed: {} };
  }
  try {
    const parsed: unknown = JSON.parse(text);
    return { logged: parsed, parsed };
  } catch {
    return { logged: text, parsed: {} };
  }
}

export function readQuery(url: URL): Record<string, string> {
  return Object.fromEntries(url.searchParams);
}

const CREDENTIAL_HEADERS = new Set(["authorization", "x-auth-key", "x-auth-email", "cookie"]);

/** Headers for the log, without those that carry a credential. */
export function openHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const open = Object.entries(headers).filter(([name]) => !CREDENTIAL_HEADERS.has(name));
  return Object.fromEntries(open.map(([name, value]) => [name, String(value)]));
}

/** Protects against pages in a browser that had a name of theirs resolved to this machine. */
export function isLoopbackHost(host: string | undefined): boolean {
  const name = (host ?? "").replace(/:\d+$/, "");
  return name === "127.0.0.1" || name === "localhost" || name === "[::1]";
}

/** As Cloudflare sends it, or half of it where the fault cuts it. */
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
