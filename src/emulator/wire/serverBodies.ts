import * as z from "zod";

/** Limits and patterns as documented for both servers and portals. */
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

const optional = {
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
  ...optional,
});
export type CreateServerBody = z.infer<typeof createServerBody>;

/** `auth_type` isn't documented here and works; `hostname` is taken and ignored. */
export const updateServerBody = z.object({
  name: nameSchema.optional(),
  auth_type: authTypeSchema.optional(),
  ...optional,
});
export type UpdateServerBody = z.infer<typeof updateServerBody>;

/** JSON text of `auth_credentials` for OAuth with a client that the administrator registered. */
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
