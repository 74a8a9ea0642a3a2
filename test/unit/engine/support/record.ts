import { SERVER_FIELDS } from "../../../../src/domain/servers/fields.ts";
import type { Server } from "../../../../src/domain/servers/server.ts";
import { type ServerRecord, serverRecordSchema } from "../../../../src/emulator/state/records.ts";
import { Cloudflare } from "./cloudflare.ts";
import type { Dice } from "./dice.ts";
import type { ForeignEntry, Subject } from "./history.ts";

export const toolNames = ["search", "delete_page", "list_pages", "__proto__"] as const;

/** An override of a tool that no catalogue has. Nobody in a history edits it. */
export const strange = { name: "vanished", alias: "keep_me", enabled: false };

/** The server of a history. */
export const serverSubject: Subject<Server> = {
  access: SERVER_FIELDS,
  fields: [
    { of: undefined, key: "name" },
    { of: undefined, key: "description" },
    { of: undefined, key: "secure_web_gateway" },
    ...toolNames.flatMap((name) =>
      (["alias", "description", "enabled"] as const).map((key) => ({
        of: { kind: "tool", name },
        key,
      })),
    ),
    { of: { kind: "prompt", name: "summarise" }, key: "alias" },
    { of: { kind: "prompt", name: "summarise" }, key: "enabled" },
  ],
  foreignNames: toolNames,
  isStrange: ({ field }) => field.of?.name === strange.name,
  strangeEntry: ({ toolOverrides }) => ({ now: toolOverrides.get(strange.name), first: strange }),
  received: ({ received }) => received,
};

export function foreignWrite(
  entries: readonly ForeignEntry[],
): (record: Pick<ServerRecord, "updated_tools">) => Pick<ServerRecord, "updated_tools"> {
  return ({ updated_tools }) => {
    const names = new Set(entries.map(({ name }) => name));
    return { updated_tools: [...updated_tools.filter(({ name }) => !names.has(name)), ...entries] };
  };
}

export function docsAtCloudflare(dice: Dice): Cloudflare {
  return new Cloudflare(docsRecord(), dice);
}

/** A server with a few tools, and an override of a tool that it doesn't have. */
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
