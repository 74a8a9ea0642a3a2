/** Whose tool calls are counted. Cloudflare counts none by tool, and none by mapping. */
export type CallScope =
  | { readonly kind: "account" }
  | { readonly kind: "server" | "portal"; readonly id: string };

/** The days whose calls are counted. Today is the last of them. */
export interface CallWindow {
  /** 1 to 179. Source: Cloudflare docs. */
  readonly days: number;
  /** Where days begin, in minutes east of UTC, -720 to 840. */
  readonly offset: number;
}

/** One day's calls. A day without calls may be left out. */
export interface DayCount {
  /** Its midnight, in milliseconds since 1970. */
  readonly start: number;
  readonly count: number;
}

/** Tool calls by day. Times are in milliseconds since 1970. */
export interface ToolCalls {
  readonly start: number;
  /** The midnight after the last day, which isn't part of the window. */
  readonly end: number;
  readonly days: readonly DayCount[];
}

const DAY_MS = 86_400_000;
const LEAST_OFFSET = -12 * 60;
const LARGEST_OFFSET = 14 * 60;

/** The calls of the last days of the window. Today counts as a day. */
export function callsInLast(days: number, { end, days: counted }: ToolCalls): number {
  const since = end - days * DAY_MS;
  return counted.reduce((sum, { start, count }) => (start < since ? sum : sum + count), 0);
}

/** Minutes by which this machine's clock is east of UTC, within what Cloudflare accepts. */
export function offsetAt(time: Date): number {
  return Math.min(LARGEST_OFFSET, Math.max(LEAST_OFFSET, -time.getTimezoneOffset()));
}
