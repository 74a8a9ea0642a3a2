/** All settings of the emulator that can change while it runs. `--help` prints the descriptions. */
import * as z from "zod";

/** Ten minutes in milliseconds. Node's timers fire at once above 2^31. */
export const MAX_WAIT_MS = 600_000;
const waitSchema = z.number().int().nonnegative().max(MAX_WAIT_MS);

/** A status with which a server may send a body. */
const statusSchema = z.number().int().min(200).max(599);
const textSchema = z.string().max(8 * 1024 * 1024);

/** The shortest interval of the background sync in milliseconds, so that syncs don't overlap. */
const MIN_BACKGROUND_MS = 100;
const YEAR_SECONDS = 31_536_000;

/**
 * Behaviours of Cloudflare's that are unknown or have been seen to vary. They apply to all servers
 * and portals (`all`), or to one server (`servers`), which takes precedence.
 */
export const behaviourSchema = z.strictObject({
  duplicateId: z
    .enum(["400", "409", "500"])
    .describe("creating with an id that exists answers 400/7001, 409/7006 or 500/7000"),
  put: z
    .enum(["merge", "replace"])
    .describe("a key left out of a PUT keeps its value, or is set back to its default"),
  ignoreFields: z
    .array(z.string().max(200))
    .max(100)
    .describe('keys of a PUT that are ignored under a 200; "updated_tools.alias" reaches inside'),
  modifiedAtStandsStill: z.boolean().describe("a write leaves modified_at as it was"),
  nullClears: z
    .boolean()
    .describe('null or "" as alias or description of an override clears it instead of a 400'),
  nullCatalogue: z.boolean().describe("tools and prompts are read as null"),
  listCatalogue: z
    .enum(["full", "absent"])
    .describe("the list carries tools and prompts, or leaves them out"),
  emptyOverrides: z
    .enum(["array", "null", "absent"])
    .describe("how updated_tools and updated_prompts without entries are read back"),
  vanishedOverrides: z
    .enum(["drop", "dropAlias", "keep"])
    .describe("what a successful sync does with overrides of names that are gone"),
  vanishedPortalEntries: z
    .enum(["drop", "dropAlias", "keep"])
    .describe("the same for the entries of portals, as when an upstream renames a tool"),
  syncLatency: waitSchema.describe("milliseconds that a sync takes at least"),
  syncTimeout: waitSchema.min(1).describe("milliseconds until an upstream is given up"),
  syncRefreshesNothing: z
    .boolean()
    .describe("a sync says success and moves last_synced, and the catalogue stays"),
  readyWithError: z
    .string()
    .nullable()
    .describe("a successful sync leaves status ready with this error"),
  failedSync: z
    .enum(["200-false", "200-true", "502"])
    .describe("how a failed sync is answered: 200 with success false, with true, or as a 502"),
  unauthorizedSync: z
    .enum(["waiting", "error"])
    .describe("status after syncing an OAuth server that nobody has authenticated"),
  discoverOnCreate: z.boolean().describe("a new server is synced by itself after it was created"),
  deleteInUse: z
    .enum(["detach", "refuse"])
    .describe("deleting a server that a portal uses detaches it, or is refused with 400/7001"),
  portalServerId: z
    .enum(["sent", "absent"])
    .describe("whether the servers of a portal carry server_id"),
  mappingEntries: z
    .enum(["all", "stored"])
    .describe("entries of a mapping that isn't an allowlist: one a synced tool, or those stored"),
  serverDisabledWins: z
    .boolean()
    .describe("what a server turned off stays off, whatever a portal says"),
  codeModeFields: z
    .enum(["both", "modeOnly", "allowOnly"])
    .describe("which of code_mode and allow_code_mode a portal's answer carries"),
  manualCatalogue: z
    .enum(["frozen", "live"])
    .describe("a sync of a server with manual OAuth changes nothing, or asks the upstream"),
  bearerStatus: z
    .enum(["not_required", "connected", "absent"])
    .describe("authentication_status of a server with a bearer token"),
  concurrentSync: z
    .enum(["run", "409", "429"])
    .describe("a sync of a server that is being synced runs as well, or is refused"),
  maxOverrideDescription: z
    .number()
    .int()
    .positive()
    .nullable()
    .describe("longest description of an override; null is no limit"),
  defaultPerPage: z
    .number()
    .int()
    .min(1)
    .max(100)
    .describe("items of a page where per_page isn't sent"),
  aggregatedSeries: z
    .enum(["single", "daily", "empty"])
    .describe("series of analytics with aggregate=true: one count, as without it, or none"),
  monthlyDay: z
    .enum(["first", "month"])
    .describe('day of monthly analytics: "2026-10-01" or "2026-10"'),
  portalWithoutDns: z
    .enum(["522", "1016"])
    .describe("what a portal without a DNS record is answered with: 522, or 530 with error 1016"),
  freshUserTools: z
    .enum(["all", "native"])
    .describe("tools of a user who hasn't chosen servers yet: all, or the portal's own alone"),
  nativeTools: z
    .enum(["always", "plain"])
    .describe("the portal's own tools are listed in every way of connecting, or in the plain one"),
});
export type Behaviours = Readonly<z.infer<typeof behaviourSchema>>;

/** The emulator's behaviour without switches. */
export const DEFAULT_BEHAVIOURS: Behaviours = {
  duplicateId: "400",
  put: "merge",
  ignoreFields: [],
  modifiedAtStandsStill: false,
  nullClears: false,
  nullCatalogue: false,
  listCatalogue: "full",
  emptyOverrides: "array",
  vanishedOverrides: "drop",
  vanishedPortalEntries: "keep",
  syncLatency: 0,
  syncTimeout: 15_000,
  syncRefreshesNothing: false,
  readyWithError: null,
  failedSync: "200-false",
  unauthorizedSync: "waiting",
  discoverOnCreate: false,
  deleteInUse: "detach",
  portalServerId: "sent",
  mappingEntries: "all",
  serverDisabledWins: false,
  codeModeFields: "both",
  manualCatalogue: "frozen",
  bearerStatus: "not_required",
  concurrentSync: "run",
  maxOverrideDescription: null,
  defaultPerPage: 20,
  aggregatedSeries: "single",
  monthlyDay: "first",
  portalWithoutDns: "522",
  freshUserTools: "all",
  nativeTools: "always",
};

/** Selects requests. Without any condition it selects all. */
export const matchSchema = z.strictObject({
  method: z.string().optional().describe("GET, POST, PUT or DELETE"),
  path: z
    .string()
    .max(1000)
    .refine(isRegularExpression, "Not a regular expression")
    .optional()
    .describe("regular expression on the path below the API root"),
  nth: z.number().int().positive().optional().describe("it begins with this match, 1 by default"),
  count: z
    .number()
    .int()
    .nonnegative()
    .optional()
    .describe("how many matches it happens to, 1 by default, 0 is every one"),
});
function isRegularExpression(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}

export type Match = Readonly<z.infer<typeof matchSchema>>;

const applied = z
  .boolean()
  .optional()
  .describe("true: the request takes effect and only its answer is lost");

/** A fault of the network, in a request or in its answer. */
export const faultSchema = z.discriminatedUnion("kind", [
  z
    .strictObject({ kind: z.literal("reset"), match: matchSchema, applied })
    .describe("the connection is reset without an answer"),
  z
    .strictObject({ kind: z.literal("hang"), match: matchSchema, applied })
    .describe("no answer ever comes"),
  z
    .strictObject({ kind: z.literal("cut"), match: matchSchema })
    .describe("the connection ends in the middle of the answer"),
  z
    .strictObject({ kind: z.literal("slow"), match: matchSchema, ms: waitSchema })
    .describe("the answer comes `ms` later"),
  z
    .strictObject({
      kind: z.literal("html"),
      match: matchSchema,
      status: statusSchema.optional(),
      applied,
    })
    .describe("a proxy's page instead of an answer, status 200 unless told"),
  z
    .strictObject({
      kind: z.literal("status"),
      match: matchSchema,
      status: statusSchema,
      code: z.number().int().optional(),
      message: textSchema.optional(),
      retryAfter: z.number().nonnegative().optional(),
      applied,
    })
    .describe("an error envelope with `status`, `code`, `message` and `retryAfter` in seconds"),
  z
    .strictObject({
      kind: z.literal("body"),
      match: matchSchema,
      status: statusSchema.optional(),
      body: textSchema,
      applied,
    })
    .describe("`body` as application/json, whatever it is; broken JSON, a wrong shape"),
  z
    .strictObject({ kind: z.literal("successFalse"), match: matchSchema, applied })
    .describe("status 200 with success false; nothing is changed unless `applied`"),
]);
export type Fault = Readonly<z.infer<typeof faultSchema>>;

/** A write that doesn't come from the client under test. */
export const writeSchema = z.strictObject({
  account: z.string().optional().describe("account id, the first one by default"),
  server: z.string().optional().describe("id of the server that is written, new or not"),
  portal: z.string().optional().describe("id of the portal that is written"),
  patch: z
    .record(z.string(), z.unknown())
    .optional()
    .describe("fields of the stored record, taken as they are"),
  delete: z.boolean().optional().describe("true: it is deleted instead"),
});
export type Write = Readonly<z.infer<typeof writeSchema>>;

export const interventionSchema = z.strictObject({
  match: matchSchema,
  when: z
    .enum(["before", "after"])
    .describe("before the request takes effect, or after its answer"),
  write: writeSchema,
});
export type Intervention = Readonly<z.infer<typeof interventionSchema>>;

/**
 * The body of a change to the switches. Given values are set; faults and interventions are added.
 */
export const switchesSchema = z.strictObject({
  all: behaviourSchema.partial().optional().describe("behaviours of every server and portal"),
  servers: z
    .record(z.string(), behaviourSchema.partial())
    .optional()
    .describe("behaviours of one server, by its id"),
  faults: z
    .array(faultSchema)
    .max(1000)
    .optional()
    .describe("network faults; the first that matches is it"),
  interventions: z
    .array(interventionSchema)
    .max(1000)
    .optional()
    .describe("writes by somebody else around a request"),
  latency: waitSchema.optional().describe("milliseconds that every request takes"),
  rateLimit: z
    .strictObject({
      requests: z.number().int().positive(),
      seconds: z.number().min(0.001).max(YEAR_SECONDS),
    })
    .nullable()
    .optional()
    .describe("Cloudflare's own is 1200 requests in 300 seconds; null is none"),
  backgroundSync: z
    .union([
      z.literal(0),
      z
        .number()
        .min(MIN_BACKGROUND_MS)
        .max(YEAR_SECONDS * 1000),
    ])
    .optional()
    .describe("milliseconds between syncs of every server on the emulator's clock; 0 is never"),
});
export type SwitchChange = Readonly<z.infer<typeof switchesSchema>>;
