import * as z from "zod";

/**
 * Cloudflare's behaviour is unknown or has been seen to vary in each of these. Set for all servers and
 * portals (`all`) or for one server (`servers`), which wins.
 */
export const behaviourSchema = z.strictObject({
  duplicateId: z
    .enum(["400", "409", "500"])
    .describe("creating with an id that exists answers 400/7001, 409/7006 or 500/7000"),
  put: z
    .enum(["merge", "replace"])
    .describe("a key left out of a PUT keeps its value, or is set back to its default"),
  ignoreFields: z
    .array(z.string())
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
  syncLatency: z.number().nonnegative().describe("milliseconds that a sync takes at least"),
  syncTimeout: z.number().positive().describe("milliseconds until an upstream is given up"),
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
});
export type Behaviours = Readonly<z.infer<typeof behaviourSchema>>;

/** What the emulator does by itself. */
export const defaultBehaviours: Behaviours = {
  duplicateId: "400",
  put: "merge",
  ignoreFields: [],
  modifiedAtStandsStill: false,
  nullClears: false,
  nullCatalogue: false,
  listCatalogue: "full",
  emptyOverrides: "array",
  vanishedOverrides: "drop",
  syncLatency: 0,
  syncTimeout: 15_000,
  syncRefreshesNothing: false,
  readyWithError: null,
  failedSync: "200-false",
  unauthorizedSync: "waiting",
  discoverOnCreate: false,
  deleteInUse: "detach",
  portalServerId: "sent",
};
