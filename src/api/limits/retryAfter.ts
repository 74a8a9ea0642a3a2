import { type Headers, header, serverTimeOf } from "../answers/headers.ts";
import type { Clock } from "../wire/clock.ts";

/**
 * Milliseconds that a server asks to wait: `retry-after-ms`, or `retry-after` in seconds or as a
 * date. A date is read against the server's own clock where it tells it. Nonsense is no answer.
 */
export function retryAfterMs(headers: Headers, clock: Clock): number | undefined {
  const precise = positive(header(headers, "retry-after-ms"));
  if (precise !== undefined) {
    return precise;
  }
  const text = header(headers, "retry-after");
  const seconds = positive(text);
  if (seconds !== undefined) {
    return seconds * 1000;
  }
  const date = Date.parse(text ?? "");
  return Number.isNaN(date)
    ? undefined
    : Math.max(0, date - (serverTimeOf(headers) ?? clock.wall()));
}

function positive(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}
