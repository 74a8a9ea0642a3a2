import type { ApiError } from "../../model/client/failure.ts";
import { type Headers, header } from "../answers/headers.ts";
import type { Call } from "./call.ts";
import type { Clock } from "./clock.ts";

/** As many as Cloudflare's own client makes: the first and two more. */
export const maxAttempts = 3;

const passing: ReadonlySet<string> = new Set([
  "dns",
  "connectionRefused",
  "connectionLost",
  "timeout",
]);

/** Whether the same request could fare better a little later. */
export function mayPass(call: Call, error: ApiError, headers: Headers | undefined): boolean {
  const advice = headers === undefined ? undefined : header(headers, "x-should-retry");
  if (advice === "true" || advice === "false") {
    return advice === "true";
  }
  const { status } = error;
  if (status === undefined) {
    return passing.has(error.reason);
  }
  const crossed = status === 409 && call.method === "GET";
  return crossed || status === 408 || status === 429 || status >= 500 || passing.has(error.reason);
}

/** Half a second, doubled with each attempt up to eight, less up to a quarter by chance. */
export function backoffMs(attempt: number, clock: Clock): number {
  return Math.min(500 * 2 ** (attempt - 1), 8000) * (1 - clock.random() / 4);
}
