import * as z from "zod";
import type { Account } from "../state/accounts.ts";
import { nameOf } from "../state/overrides.ts";
import { byName, isEnabled } from "../state/portals.ts";
import type { Mapping, ServerRecord } from "../state/records.ts";
import type { Behaviours } from "../switches/schemas.ts";
import { type Answer, invalid, notFound, plain } from "../wire/answers.ts";
import { check } from "../wire/validation.ts";
import type { AccountCall, AccountRoute } from "./call.ts";

const BASE = "/access/ai-controls/mcp/analytics";
const DAY_MS = 86_400_000;
/** The months of a monthly answer. The real number isn't documented; `days` may be up to 179. */
const MONTHS = 6;

/** Counts of tool calls by day or month. There are none by tool. Source: Cloudflare docs. */
export const analyticsRoutes: readonly AccountRoute[] = [
  { method: "GET", path: `${BASE}/tool-calls/timeseries`, needs: "read", handle: ofAccount },
  {
    method: "GET",
    path: `${BASE}/servers/:id/tool-calls/timeseries`,
    needs: "read",
    handle: ofServer,
  },
  {
    method: "GET",
    path: `${BASE}/portals/:id/tool-calls/timeseries`,
    needs: "read",
    handle: ofPortal,
  },
];

const querySchema = z.object({
  granularity: z.enum(["daily", "monthly"]).default("daily"),
  aggregate: z.enum(["true", "false"]).default("false"),
  tz: z
    .string()
    .regex(/^(?:utc|Z|[+-]\d\d:[0-5]\d)$/)
    .default("utc"),
  days: z.coerce.number().int().min(1).max(179).default(7),
});

/** A mapping whose tools were called. */
interface Source {
  readonly portal: string;
  readonly mapping: Mapping;
  readonly server: ServerRecord;
}

function ofAccount(call: AccountCall): Answer {
  return timeseries(call, sources(call.account));
}

function ofServer(call: AccountCall): Answer {
  const { account, params } = call;
  const id = params["id"] ?? "";
  if (!account.servers.get(id)) {
    throw notFound();
  }
  return timeseries(
    call,
    sources(account).filter(({ server }) => server.id === id),
  );
}

function ofPortal(call: AccountCall): Answer {
  const { account, params } = call;
  const id = params["id"] ?? "";
  if (!account.portals.get(id)) {
    throw notFound();
  }
  return timeseries(
    call,
    sources(account).filter(({ portal }) => portal === id),
  );
}

function sources({ portals, servers }: Account): readonly Source[] {
  return portals.list().flatMap((portal) =>
    portal.servers.flatMap((mapping) => {
      const server = servers.get(mapping.server_id);
      return server ? [{ portal: portal.id, mapping, server }] : [];
    }),
  );
}

function timeseries({ emulation, query }: AccountCall, from: readonly Source[]): Answer {
  const { granularity, aggregate, tz, days } = check(querySchema, query, "query");
  const behaviours = emulation.controls.behaviours();
  const now = emulation.clock.now();
  const offset = offsetMs(tz);
  const { start, end } =
    granularity === "daily" ? trailingDays(now, offset, days) : months(now, offset);
  const counts = new Map<string, number>();
  for (let at = start; at < end; at += DAY_MS) {
    const day = labelOf(at + offset, granularity, behaviours);
    const sum = from.reduce((total, source) => total + callsOn(source, at, now, behaviours), 0);
    counts.set(day, (counts.get(day) ?? 0) + sum);
  }
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const daily = [...counts].map(([day, count]) => ({ day, count }));
  const series = aggregate === "true" ? aggregated(daily, total, behaviours) : daily;
  return plain({ granularity, aggregate: aggregate === "true", tz, start, end, series, total });
}

type Series = readonly { readonly day: string; readonly count: number }[];

function aggregated(daily: Series, total: number, { aggregatedSeries }: Behaviours): Series {
  switch (aggregatedSeries) {
    case "single":
      return daily.slice(0, 1).map(({ day }) => ({ day, count: total }));
    case "daily":
      return daily;
    case "empty":
      return [];
  }
}

/** Parses an offset from -12:00 to +14:00. */
function offsetMs(tz: string): number {
  const match = /^([+-])(\d\d):(\d\d)$/.exec(tz);
  if (!match) {
    return 0;
  }
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  const signed = match[1] === "-" ? -minutes : minutes;
  if (signed < -12 * 60 || signed > 14 * 60) {
    throw invalid("Invalid", ["query", "tz"]);
  }
  return signed * 60_000;
}

/** The window that ends with today in the time zone. It includes `start` and excludes `end`. */
function trailingDays(now: number, offset: number, days: number) {
  const midnight = Math.floor((now + offset) / DAY_MS) * DAY_MS - offset;
  return { start: midnight - (days - 1) * DAY_MS, end: midnight + DAY_MS };
}

function months(now: number, offset: number) {
  const today = new Date(now + offset);
  const firstOf = (monthsAgo: number) =>
    Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - monthsAgo, 1) - offset;
  return { start: firstOf(MONTHS - 1), end: firstOf(-1) };
}

/** @param local a time, shifted so that its UTC date is the date in the time zone */
function labelOf(
  local: number,
  granularity: "daily" | "monthly",
  { monthlyDay }: Behaviours,
): string {
  const day = new Date(local).toISOString().slice(0, 10);
  if (granularity === "daily") {
    return day;
  }
  return monthlyDay === "first" ? `${day.slice(0, 7)}-01` : day.slice(0, 7);
}

/**
 * Invented counts, which are the same every time for the same day. They grow with the enabled tools
 * and are small at weekends. They are 0 before the server existed, in the future, and for a server
 * that isn't ready.
 */
function callsOn(source: Source, day: number, now: number, behaviours: Behaviours): number {
  const { server, mapping, portal } = source;
  const elapsed = Math.min(1, (now - day) / DAY_MS);
  if (elapsed <= 0 || day + DAY_MS < Date.parse(server.created_at) || server.status !== "ready") {
    return 0;
  }
  const weekday = new Date(day).getUTCDay();
  const share = weekday === 0 || weekday === 6 ? 0.12 : 1;
  const noise = 0.7 + 0.6 * fraction(`${portal}/${server.id}/${Math.floor(day / DAY_MS)}`);
  const popularity = 4 + 14 * fraction(`${portal}/${server.id}`);
  return Math.round(
    enabledTools(mapping, server, behaviours) * popularity * share * noise * elapsed,
  );
}

function enabledTools(mapping: Mapping, server: ServerRecord, behaviours: Behaviours): number {
  const byPortal = byName(mapping.updated_tools);
  const byServer = byName(server.updated_tools);
  return server.tools.filter((tool) => {
    const name = nameOf(tool) ?? "";
    return isEnabled(mapping, byPortal.get(name), byServer.get(name), behaviours);
  }).length;
}

/** A number from 0 to 1 that depends only on the text (FNV-1a). */
function fraction(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) {
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  }
  return (hash >>> 0) / 2 ** 32;
}
