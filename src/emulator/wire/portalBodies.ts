import * as z from "zod";
import { codeModes } from "../world/records.ts";
import { descriptionSchema, idSchema, nameSchema, overridesBody } from "./serverBodies.ts";

/** A DNS name without a scheme, unlike a server's `hostname`. */
const hostnameSchema = z
  .string()
  .max(253)
  .regex(/^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z]{2,63}$/);

const attachedBody = z.object({
  server_id: z.string(),
  default_disabled: z.boolean().default(false),
  on_behalf: z.boolean().default(true),
  updated_tools: overridesBody.default([]),
  updated_prompts: overridesBody.default([]),
});
export type AttachedBody = z.infer<typeof attachedBody>;

const mostServers = 80;

const optional = {
  description: descriptionSchema.optional(),
  secure_web_gateway: z.boolean().optional(),
  code_mode: z.enum(codeModes).optional(),
  allow_code_mode: z.boolean().optional(),
  servers: z.array(attachedBody).max(mostServers).optional(),
};

export const createPortalBody = z.object({
  id: idSchema,
  name: nameSchema,
  hostname: hostnameSchema,
  ...optional,
});
export type CreatePortalBody = z.infer<typeof createPortalBody>;

export const updatePortalBody = z.object({
  name: nameSchema.optional(),
  hostname: hostnameSchema.optional(),
  ...optional,
});
export type UpdatePortalBody = z.infer<typeof updatePortalBody>;
