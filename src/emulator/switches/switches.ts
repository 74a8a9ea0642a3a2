/**
 * Everything about the emulator that can be turned while it runs. The texts are what `--help` prints.
 */
import * as z from "zod";
import { behaviourSchema } from "./behaviours.ts";
import { faultSchema } from "./fault.ts";
import { interventionSchema } from "./intervention.ts";

/** Body of a change to the switches: what is given is set, faults and interventions are added. */
export const switchesSchema = z.strictObject({
  all: behaviourSchema.partial().optional().describe("behaviours of every server and portal"),
  servers: z
    .record(z.string(), behaviourSchema.partial())
    .optional()
    .describe("behaviours of one server, by its id"),
  faults: z.array(faultSchema).optional().describe("network faults; the first that matches is it"),
  interventions: z
    .array(interventionSchema)
    .optional()
    .describe("writes by somebody else around a request"),
  latency: z.number().nonnegative().optional().describe("milliseconds that every request takes"),
  rateLimit: z
    .strictObject({ requests: z.number().int().positive(), seconds: z.number().positive() })
    .nullable()
    .optional()
    .describe("Cloudflare's own is 1200 requests in 300 seconds; null is none"),
  backgroundSync: z
    .number()
    .nonnegative()
    .optional()
    .describe("milliseconds between syncs of every server on the emulator's clock; 0 is never"),
});
export type SwitchChange = Readonly<z.infer<typeof switchesSchema>>;
