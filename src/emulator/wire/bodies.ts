import * as z from "zod";
import { CODE_MODES } from "../state/records.ts";
import type { Behaviours } from "../switches/schemas.ts";
import { invalid } from "./answers.ts";
import { isRecord } from "./json.ts";

/** Limits and patterns that Cloudflare documents for servers and portals. */
export const idSchema = z
  .string()
  .min(1)
  .max(32)
  .regex(/^[a-z0-9_]+(?:-[a-z0-9_]+)*$/);
export const nameSchema = z.string().max(350);
export const descriptionSchema = z.string().max(512);

const overrideBody = z.object({
  name: z.string(),
  alias: z
    .string()
    .min(1)
    .max(40)
    .regex(/^[a-zA-Z0-9]+([_-][a-zA-Z0-9]+)*$/)
    .optional(),
  description: z.string().optional(),
  enabled: z.boolean().optional(),
});
export const overridesBody = z.array(overrideBody);

const authTypeSchema = z.enum(["oauth", "bearer", "unauthenticated"]);

const serverOptional = {
  auth_credentials: z.string().optional(),
  client_secret: z.string().optional(),
  description: descriptionSchema.nullish(),
  is_shared_oauth_callback_enabled: z.boolean().optional(),
  secure_web_gateway: z.boolean().optional(),
  updated_tools: overridesBody.optional(),
  updated_prompts: overridesBody.optional(),
};

export const createServerBody = z.object({
  id: idSchema,
  name: nameSchema,
  hostname: z.url(),
  auth_type: authTypeSchema,
  ...serverOptional,
});
export type CreateServerBody = z.infer<typeof createServerBody>;

/** The real API accepts `auth_type`, which isn't documented here, and ignores `hostname`. */
export const updateServerBody = z.object({
  name: nameSchema.optional(),
  auth_type: authTypeSchema.optional(),
  ...serverOptional,
});
export type UpdateServerBody = z.infer<typeof updateServerBody>;

/**
 * The JSON text in `auth_credentials` for OAuth with a client that the administrator registered.
 */
export const manualCredentials = z.object({
  auth_mode: z.literal("manual"),
  config: z.object({
    authorization_endpoint: z.url(),
    token_endpoint: z.url(),
    issuer: z.string().optional(),
    revocation_endpoint: z.url().optional(),
  }),
  registration_info: z.object({
    client_id: z.string().min(1),
    redirect_uris: z.array(z.url()).optional(),
    token_endpoint_auth_method: z
      .enum(["none", "client_secret_post", "client_secret_basic"])
      .optional(),
    scope: z.string().optional(),
  }),
});
export type ManualCredentials = z.infer<typeof manualCredentials>;

/** A DNS name without a scheme. A server's `hostname` is a full URL. */
const hostnameSchema = z
  .string()
  .max(253)
  .regex(/^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z]{2,63}$/);

const mappingBody = z.object({
  server_id: z.string(),
  default_disabled: z.boolean().default(false),
  on_behalf: z.boolean().default(true),
  updated_tools: overridesBody.default([]),
  updated_prompts: overridesBody.default([]),
});
export type MappingBody = z.infer<typeof mappingBody>;

const MAX_SERVERS = 80;

const portalOptional = {
  description: descriptionSchema.optional(),
  secure_web_gateway: z.boolean().optional(),
  code_mode: z.enum(CODE_MODES).optional(),
  allow_code_mode: z.boolean().optional(),
  servers: z.array(mappingBody).max(MAX_SERVERS).optional(),
};

export const createPortalBody = z.object({
  id: idSchema,
  name: nameSchema,
  hostname: hostnameSchema,
  ...portalOptional,
});
export type CreatePortalBody = z.infer<typeof createPortalBody>;

export const updatePortalBody = z.object({
  name: nameSchema.optional(),
  hostname: hostnameSchema.optional(),
  ...portalOptional,
});
export type UpdatePortalBody = z.infer<typeof updatePortalBody>;

/** Applies the switches to a body before it is validated. */
export function applyBodySwitches(body: unknown, behaviours: Behaviours): unknown {
  if (!isRecord(body)) {
    return body;
  }
  const { ignoreFields, nullClears } = behaviours;
  const kept = Object.entries(body).filter(([key]) => !ignoreFields.includes(key));
  return Object.fromEntries(kept.map(([key, value]) => [key, switchedValue(key, value)]));

  function switchedValue(key: string, value: unknown): unknown {
    if (!Array.isArray(value) || !key.startsWith("updated_")) {
      return value;
    }
    const inside = ignoreFields.filter((field) => field.startsWith(`${key}.`));
    const ignored = inside.map((field) => field.slice(key.length + 1));
    return value.map((entry: unknown) => switchedEntry(entry, ignored, nullClears));
  }
}

/** The same for a portal, whose overrides are in its servers. */
export function applyPortalBodySwitches(body: unknown, behaviours: Behaviours): unknown {
  const switched = applyBodySwitches(body, behaviours);
  if (!isRecord(switched) || !Array.isArray(switched["servers"])) {
    return switched;
  }
  const servers = switched["servers"].map((server: unknown) =>
    applyBodySwitches(server, behaviours),
  );
  return { ...switched, servers };
}

function switchedEntry(entry: unknown, ignored: readonly string[], nullClears: boolean): unknown {
  if (!isRecord(entry)) {
    return entry;
  }
  const kept = Object.entries(entry).filter(([key, value]) => {
    if (ignored.includes(key)) {
      return false;
    }
    const isText = key === "alias" || key === "description";
    return !(nullClears && isText && (value === null || value === ""));
  });
  return Object.fromEntries(kept);
}

type Described = { readonly description?: string | undefined };
interface OverrideLists {
  readonly updated_tools?: readonly Described[] | undefined;
  readonly updated_prompts?: readonly Described[] | undefined;
}

/** @throws Refusal where an override's description is longer than the switch allows */
export function checkDescriptions(
  lists: OverrideLists,
  { maxOverrideDescription: max }: Behaviours,
  path: readonly (string | number)[] = ["body"],
): void {
  for (const key of ["updated_tools", "updated_prompts"] as const) {
    lists[key]?.forEach(({ description = "" }, index) => {
      if (max !== null && description.length > max) {
        const message = `String must contain at most ${max} character(s)`;
        throw invalid(message, [...path, key, index, "description"]);
      }
    });
  }
}
