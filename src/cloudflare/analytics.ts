import * as v from "valibot";
import type { CloudflareClient } from "../domain/cloudflareClient.ts";
import type { CallScope, CallWindow, DayCount, ToolCalls } from "../domain/usage/toolCalls.ts";
import { parse, withResponseContext, wrongShape } from "./parse.ts";
import { type ResourceRoot, subjectOf } from "./servers.ts";
import { pathOf } from "./transport/call.ts";

/** The part of the port that is about tool calls. */
export function createAnalyticsClient(root: ResourceRoot): Pick<CloudflareClient, "readToolCalls"> {
  return {
    async readToolCalls(scope, window, options = {}) {
      const tz = timeZone(window);
      const envelope = await root.transport.request({
        ...options,
        path: `${root.path}/analytics${pathTo(scope)}/tool-calls/timeseries`,
        query: { granularity: "daily", days: String(window.days), tz },
        method: "GET",
        repeat: "safe",
      });
      return withResponseContext(envelope, () =>
        parseToolCalls(envelope.result, subjectTo(scope), tz),
      );
    },
  };
}

function pathTo(scope: CallScope): string {
  switch (scope.kind) {
    case "account":
      return "";
    case "server":
      return pathOf("servers", scope.id);
    case "portal":
      return pathOf("portals", scope.id);
  }
}

function subjectTo(scope: CallScope): string {
  return scope.kind === "account"
    ? "tool calls"
    : `${subjectOf(scope.kind, { id: scope.id })}: tool calls`;
}

function parseToolCalls(value: unknown, subject: string, tz: string): ToolCalls {
  const { start, end, series } = parse(TOOL_CALLS_WIRE, value, subject);
  const days = series.map(({ day, count }, index): DayCount => {
    const midnight = startOf(day, tz);
    if (midnight === undefined) {
      throw wrongShape(subject, `series.${index}.day`);
    }
    return { start: midnight, count };
  });
  return { start, end, days };
}

/** A day is a date in the time zone that was asked for. */
function startOf(day: string, tz: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) {
    return undefined;
  }
  const time = Date.parse(`${day}T00:00:00${tz}`);
  return Number.isNaN(time) ? undefined : time;
}

/** `Z`, or an offset such as `+05:30`. */
function timeZone({ offset }: CallWindow): string {
  if (offset === 0) {
    return "Z";
  }
  const minutes = Math.abs(offset);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60].map((number) =>
    String(number).padStart(2, "0"),
  );
  return `${offset < 0 ? "-" : "+"}${hours}:${rest}`;
}

/** The counts as the API sends them. Its `total` is their sum. */
export const TOOL_CALLS_WIRE = v.object({
  start: v.number(),
  end: v.number(),
  series: v.array(v.object({ day: v.string(), count: v.number() })),
});
