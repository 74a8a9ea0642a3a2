import * as z from "zod";

/** One entry of `updated_tools` or `updated_prompts`, as a client sent it. */
const overrideSchema = z.object({
  name: z.string(),
  alias: z.string().optional(),
  description: z.string().optional(),
  enabled: z.boolean().optional(),
});
export type OverrideEntry = Readonly<z.infer<typeof overrideSchema>>;

const errorDetailsSchema = z.object({
  cause: z.string().optional(),
  is_upstream: z.boolean().optional(),
  mcp_code: z.number().optional(),
  retryable: z.boolean().optional(),
  status_code: z.number().optional(),
});
export type ErrorDetails = Readonly<z.infer<typeof errorDetailsSchema>>;

const authConfigSummarySchema = z.object({
  auth_mode: z.enum(["dcr", "manual"]),
  has_client_secret: z.boolean(),
  client_secret_version: z.number(),
  config: z.record(z.string(), z.string()).optional(),
  registration_info: z.record(z.string(), z.unknown()).optional(),
});
export type AuthConfigSummary = Readonly<z.infer<typeof authConfigSummarySchema>>;

/** The credential for requests to the upstream. No answer contains it. */
const secretSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("none") }),
  z.object({ kind: z.literal("bearer"), credentials: z.string() }),
  z.object({ kind: z.literal("manual"), clientSecret: z.string().optional() }),
  z.object({ kind: z.literal("grant"), accessToken: z.string() }),
]);
export type Secret = Readonly<z.infer<typeof secretSchema>>;

/** Null and absent values differ only where they differ in the API's answers. */
export const serverRecordSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  hostname: z.string(),
  auth_type: z.enum(["oauth", "bearer", "unauthenticated"]),
  authentication_status: z.enum(["not_required", "required", "connected", "stale", "manual"]),
  auth_config_summary: authConfigSummarySchema.nullable(),
  status: z.enum(["waiting", "ready", "stale", "error"]),
  error: z.string().optional(),
  error_details: errorDetailsSchema.optional(),
  is_shared_oauth_callback_enabled: z.boolean(),
  secure_web_gateway: z.boolean(),
  created_at: z.string(),
  created_by: z.string(),
  modified_at: z.string(),
  modified_by: z.string(),
  last_synced: z.string().optional(),
  last_successful_sync: z.string().optional(),
  /** As the upstream sent them, so of any type. */
  tools: z.array(z.unknown()),
  prompts: z.array(z.unknown()),
  updated_tools: z.array(overrideSchema),
  updated_prompts: z.array(overrideSchema),
  secret: secretSchema,
});
type WideServerRecord = z.infer<typeof serverRecordSchema>;

/** Never mutated: a change makes a new object, so derived values can be memoized by identity. */
export type ServerRecord = Readonly<
  Omit<WideServerRecord, "tools" | "prompts" | "updated_tools" | "updated_prompts">
> & {
  readonly tools: readonly unknown[];
  readonly prompts: readonly unknown[];
  readonly updated_tools: readonly OverrideEntry[];
  readonly updated_prompts: readonly OverrideEntry[];
};

/** A server's place in a portal. */
const mappingSchema = z.object({
  server_id: z.string(),
  default_disabled: z.boolean(),
  on_behalf: z.boolean(),
  updated_tools: z.array(overrideSchema),
  updated_prompts: z.array(overrideSchema),
});
export type Mapping = Readonly<z.infer<typeof mappingSchema>>;

export const CODE_MODES = ["off", "opt_in", "default_on", "enforced"] as const;

export const portalRecordSchema = z.object({
  id: z.string(),
  name: z.string(),
  hostname: z.string(),
  description: z.string().optional(),
  secure_web_gateway: z.boolean(),
  code_mode: z.enum(CODE_MODES),
  created_at: z.string(),
  created_by: z.string(),
  modified_at: z.string(),
  modified_by: z.string(),
  servers: z.array(mappingSchema),
});
export type PortalRecord = Readonly<z.infer<typeof portalRecordSchema>>;
