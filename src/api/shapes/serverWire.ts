import * as v from "valibot";
import { isRecord } from "../../model/record.ts";
import { shown, shownNumber, shownSwitch } from "./shape.ts";

const text = v.nullish(v.string());
const flag = v.nullish(v.boolean());
const object = v.fallback(v.nullish(v.custom<object>(isRecord)), undefined);
/** Only that it is a list: what is in it is read by hand. */
const list = v.nullish(v.custom<readonly unknown[]>(Array.isArray));

const errorDetailsWire = v.fallback(
  v.nullish(
    v.object({
      cause: shown,
      is_upstream: shownSwitch,
      mcp_code: shownNumber,
      retryable: shownSwitch,
      status_code: shownNumber,
    }),
  ),
  undefined,
);

const authConfigSummaryWire = v.fallback(
  v.nullish(
    v.object({
      auth_mode: shown,
      client_secret_version: shownNumber,
      has_client_secret: shownSwitch,
      config: object,
      registration_info: object,
    }),
  ),
  undefined,
);

/**
 * A server as the API sends it. Strict where a decision or a write stands on it, lenient where a
 * value is only shown. Every optional field has been seen absent and as `null`.
 */
export const serverWire = v.object({
  id: v.pipe(v.string(), v.nonEmpty()),
  name: v.string(),
  hostname: v.string(),
  auth_type: v.string(),
  description: text,
  status: text,
  error: shown,
  error_details: errorDetailsWire,
  authentication_status: shown,
  auth_config_summary: authConfigSummaryWire,
  secure_web_gateway: flag,
  is_shared_oauth_callback_enabled: flag,
  created_at: shown,
  created_by: shown,
  modified_at: shown,
  modified_by: shown,
  last_synced: shown,
  last_successful_sync: shown,
  tools: list,
  prompts: list,
  updated_tools: list,
  updated_prompts: list,
});

/** What a sync answers: no server, whatever the documentation says. */
export const syncWire = v.object({
  status: text,
  error: shown,
  error_details: errorDetailsWire,
});

export type ErrorDetailsWire = v.InferOutput<typeof errorDetailsWire>;
export type AuthConfigSummaryWire = v.InferOutput<typeof authConfigSummaryWire>;
