import { type ServerRecord, serverRecordSchema } from "../../../../src/emulator/state/records.ts";
import { Cloudflare } from "./cloudflare.ts";
import type { Dice } from "./dice.ts";
import { strange, toolNames } from "./history.ts";

export function docsAtCloudflare(dice: Dice): Cloudflare {
  return new Cloudflare(docsRecord(), dice);
}

/** A server with a few tools, and an override of one that it doesn't have. */
export function docsRecord(): ServerRecord {
  const at = "2026-10-10T09:00:00Z";
  return serverRecordSchema.parse({
    id: "docs",
    name: "Docs",
    description: null,
    hostname: "https://docs.example.com/mcp",
    auth_type: "unauthenticated",
    authentication_status: "not_required",
    auth_config_summary: null,
    status: "ready",
    is_shared_oauth_callback_enabled: false,
    secure_web_gateway: false,
    created_at: at,
    created_by: "somebody",
    modified_at: at,
    modified_by: "somebody",
    tools: toolNames.map((name) => ({ name, inputSchema: { type: "object" } })),
    prompts: [{ name: "summarise" }],
    updated_tools: [strange],
    updated_prompts: [],
    secret: { kind: "none" },
  });
}
