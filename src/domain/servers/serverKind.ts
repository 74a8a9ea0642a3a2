import { sameJson } from "../../base/json.ts";
import type { AccountId } from "../account.ts";
import type { Ref } from "../changes/change.ts";
import type { ResourceKind } from "../resources/resource.ts";
import { SERVER_FIELDS } from "./fields.ts";
import { planPatch, refusalsOf, untouchedFields } from "./patch.ts";
import { type NewServer, SERVER, type Server, type ServerPatch } from "./server.ts";
import { SERVER_SNAPSHOT } from "./serverSnapshot.ts";

/** Tells the engine how servers are read, written and compared. */
export const serverKind: ResourceKind<typeof SERVER, Server, ServerPatch, NewServer> = {
  name: SERVER,
  list: (api, options) => api.listServers(options),
  read: (api, id, options) => api.readServer(id, options),
  create: (api, server) => api.createServer(server),
  update: (api, id, patch) => api.updateServer(id, patch),
  delete: (api, id) => api.deleteServer(id),
  fields: {
    ...SERVER_FIELDS,
    patch: planPatch,
    untouched: untouchedFields,
    // A server takes overrides of what it no longer has.
    lost: () => [],
    refusals: refusalsOf,
  },
  snapshot: SERVER_SNAPSHOT,
  same: (one, other) => sameJson(one.received, other.received),
  hasStoppedWorking: (before, after) =>
    before.status === "ready" && (after.status === "error" || after.status === "stale"),
};

export function serverRef(accountId: AccountId, serverId: string): Ref {
  return { accountId, kind: SERVER, id: serverId };
}
