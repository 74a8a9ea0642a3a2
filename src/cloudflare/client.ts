import type { AccountId } from "../domain/account.ts";
import type { CloudflareClient } from "../domain/cloudflareClient.ts";
import { accountPath } from "./accounts.ts";
import { getPortal, listPortals } from "./portals.ts";
import {
  createServer,
  deleteServer,
  getServer,
  listServers,
  type Place,
  syncServer,
  updateServer,
} from "./servers.ts";
import type { Transport } from "./transport/call.ts";

/** One account's servers and portals over a transport. */
export function createClient(transport: Transport, account: AccountId): CloudflareClient {
  const place = (): Place => ({
    transport,
    base: accountPath(account, "access", "ai-controls", "mcp"),
  });
  // Async, so that an account that can't stand in a path rejects the call and doesn't throw.
  return {
    listServers: async (options) => listServers(place(), options),
    readServer: async (id, options) => getServer(place(), id, options),
    createServer: async (server, options) => createServer(place(), server, options),
    updateServer: async (id, patch, options) => updateServer(place(), id, patch, options),
    deleteServer: async (id, options) => deleteServer(place(), id, options),
    syncServer: async (id, options) => syncServer(place(), id, options),
    listPortals: async (options) => listPortals(place(), options),
    readPortal: async (id, options) => getPortal(place(), id, options),
  };
}
