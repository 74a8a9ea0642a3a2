import type { NewServer, Server } from "../model/server.ts";
import { UNKNOWN_FIELDS } from "../model/unknownFields.ts";

/** A server that isn't at Cloudflare yet, for forms that ask about one. */
export function draftServer({ id, name, hostname, auth_type: authType }: NewServer): Server {
  return {
    ...UNKNOWN_FIELDS,
    id,
    name,
    hostname,
    authType,
    status: "waiting",
    tools: [],
    prompts: [],
    toolOverrides: new Map(),
    promptOverrides: new Map(),
    received: {},
  };
}
