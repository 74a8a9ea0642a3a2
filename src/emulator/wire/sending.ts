import type { ServerResponse } from "node:http";
import type { Fault } from "../switches/fault.ts";
import type { Answer } from "./answers.ts";

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

/** Then the connection ends. */
function sendHalf(response: ServerResponse, bytes: Buffer): void {
  const half = bytes.subarray(0, Math.floor(bytes.length / 2));
  response.write(half, () => response.socket?.destroy());
}
