import * as v from "valibot";
import { shown, shownSwitch } from "./shape.ts";

/** A portal as the API sends it. A DELETE's answer has no `servers`. */
export const portalWire = v.object({
  id: v.pipe(v.string(), v.nonEmpty()),
  name: v.string(),
  hostname: v.string(),
  description: v.nullish(v.string()),
  code_mode: v.nullish(v.string()),
  /** Older than `code_mode`, and says less. */
  allow_code_mode: shownSwitch,
  secure_web_gateway: v.nullish(v.boolean()),
  servers: v.nullish(v.custom<readonly unknown[]>(Array.isArray)),
  created_at: shown,
  created_by: shown,
  modified_at: shown,
  modified_by: shown,
});

/** What a portal's server has beside a server's own fields. Older answers lack `server_id`. */
export const portalServerWire = v.object({
  server_id: v.nullish(v.string()),
  default_disabled: v.nullish(v.boolean()),
  on_behalf: v.nullish(v.boolean()),
});
