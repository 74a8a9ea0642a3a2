import type { Portal } from "../portals/portal.ts";
import { UNKNOWN_FIELDS as UNKNOWN_OF_PORTAL } from "../portals/portalSnapshot.ts";
import type { AuthType, Server } from "../servers/server.ts";
import { UNKNOWN_FIELDS as UNKNOWN_OF_SERVER } from "../servers/serverSnapshot.ts";

/** A server of which nothing is there yet, for its file to be compared with. */
export function blankServer(id: string, hostname: string, authType: AuthType): Server {
  return {
    ...UNKNOWN_OF_SERVER,
    id,
    name: "",
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

/** Likewise a portal. */
export function blankPortal(id: string, hostname: string): Portal {
  return { ...UNKNOWN_OF_PORTAL, id, name: "", hostname, mappings: new Map(), received: {} };
}
