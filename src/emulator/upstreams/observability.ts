import * as z from "zod";
import { adds, changes, destroys, type Offer, reads, withTool } from "./spec.ts";

const range = {
  from: z.iso.datetime().describe("Start, ISO 8601"),
  to: z.iso.datetime().optional().describe("End, now by default"),
};
const service = z.string().describe("Name of the service, for example checkout");
const point = z.object({ at: z.string(), value: z.number() });
/**
 * Marks a property as required by itself, as many write it by hand. JSON Schema wants a list of
 * names above it, and VS Code takes no tool with anything else.
 */
const markedAsRequired = z.string().meta({ required: true });

const observability: Offer = {
  title: "Observability",
  version: "1.19.3",
  tools: [
    {
      name: "query_metrics",
      description: "Evaluates a metrics expression over a time range and returns the series.",
      input: z.object({ expression: z.string(), step_seconds: z.number().int().min(1), ...range }),
      output: {
        schema: z.object({
          series: z.array(z.object({ name: z.string(), points: z.array(point) })),
        }),
        sample: { series: [] },
      },
      hints: reads,
    },
    {
      name: "query_logs",
      description: "Searches log lines of one or several services.",
      input: z.object({
        services: z.array(service).min(1),
        filter: z.string().optional().describe("Words, or field:value"),
        level: z.enum(["debug", "info", "warn", "error"]).optional(),
        ...range,
      }),
      hints: reads,
    },
    {
      name: "get_trace",
      description: "Reads a distributed trace with all its spans.",
      input: z.object({ trace_id: z.string().regex(/^[0-9a-f]{32}$/) }),
      hints: reads,
    },
    {
      name: "find_slow_traces",
      description: "Finds the slowest requests of a service, with the span that took longest.",
      input: z.object({ service, slower_than_ms: z.number().positive(), ...range }),
      hints: reads,
    },
    {
      name: "list_alerts",
      description: "Lists alert rules and whether they are firing.",
      input: z.object({ firing: z.boolean().optional(), service: service.optional() }),
      hints: reads,
    },
    {
      name: "silence_alert",
      description: "Silences an alert for a while. The on-call engineer sees who did it and why.",
      input: z.object({
        alert: z.string(),
        minutes: z.number().int().min(5).max(1440),
        reason: z.string(),
      }),
      hints: changes,
    },
    {
      name: "list_dashboards",
      description: "Lists dashboards by name, folder or tag.",
      input: z.object({
        query: z.string().optional(),
        tag: z.string().optional(),
        owner: z.object({ team: markedAsRequired }).optional(),
      }),
      hints: reads,
    },
    {
      name: "render_panel",
      description: "Renders a panel of a dashboard as a picture.",
      input: z.object({ dashboard: z.string(), panel: z.number().int(), ...range }),
      hints: reads,
    },
    {
      name: "list_incidents",
      description: "Lists incidents with severity, commander and timeline.",
      input: z.object({ open: z.boolean().optional() }),
      hints: reads,
    },
    {
      name: "declare_incident",
      description: "Declares an incident and calls the on-call engineer.",
      input: z.object({ title: z.string(), severity: z.enum(["sev1", "sev2", "sev3"]), service }),
      hints: adds,
    },
    {
      name: "delete_dashboard",
      description: "Deletes a dashboard and the links to it.",
      input: z.object({ dashboard: z.string() }),
      hints: destroys,
    },
  ],
  prompts: [
    {
      name: "summarize_incident",
      description: "Writes the summary of an incident for the people who weren't there.",
      args: z.object({ incident: z.string() }),
    },
  ],
};

/** Every other sync finds a tool renamed to which the seed has given an alias. */
export const observabilityRevisions: readonly [Offer, Offer] = [
  observability,
  withTool({ ...observability, version: "1.20.0" }, "query_logs", { name: "search_logs" }),
];
