import type { CallOptions, Listed } from "../model/client/client.ts";
import { isRecord } from "../model/record.ts";
import type { NewServer, Server, ServerPatch, SyncOutcome } from "../model/server/server.ts";
import { listAll } from "./lists/pages.ts";
import { readServer, readSyncOutcome, subjectOf } from "./shapes/serverShape.ts";
import { listed, type Tried, tried, within } from "./shapes/shape.ts";
import { lookForCreated, lookForGone } from "./wire/arrived.ts";
import type { Call, Transport } from "./wire/call.ts";
import { pathOf } from "./wire/path.ts";

/** The most that the API gives a page. */
const perPage = 100;
/** A sync asks the upstream while we wait. */
const syncMs = 120_000;

/** Where servers and portals of one account live. */
export interface Place {
  readonly transport: Transport;
  /** `/accounts/{id}/access/ai-controls/mcp`. */
  readonly base: string;
}

export async function listServers(
  { transport, base }: Place,
  { search, ...options }: CallOptions & { readonly search?: string } = {},
): Promise<Listed<Server>> {
  const items = await listAll<Tried<Server>>({
    transport,
    call: { ...options, path: `${base}/servers`, ...(search ? { query: { search } } : {}) },
    perPage,
    subject: "the list of servers",
    read: (value, place) =>
      tried(value, () => readServer(value, subjectOf("server", value, place))),
  });
  return listed(items);
}

export async function getServer(
  place: Place,
  id: string,
  options: CallOptions = {},
): Promise<Server> {
  return answered(place, { ...options, path: pathTo(place, id), method: "GET", repeat: "safe" });
}

/** Repeated only after a look that didn't find it: a second POST could meet the first's server. */
export async function createServer(
  place: Place,
  server: NewServer,
  options: CallOptions = {},
): Promise<Server> {
  const call: Call = { ...options, path: pathTo(place, server.id), method: "GET", repeat: "safe" };
  return answered(place, {
    ...options,
    path: `${place.base}/servers`,
    method: "POST",
    body: server,
    repeat: { look: lookForCreated(place.transport, call, server) },
  });
}

export async function updateServer(
  place: Place,
  id: string,
  patch: ServerPatch,
  options: CallOptions = {},
): Promise<Server> {
  const path = pathTo(place, id);
  return answered(place, { ...options, path, method: "PUT", body: patch, repeat: "never" });
}

export async function deleteServer(
  { transport, base }: Place,
  id: string,
  options: CallOptions = {},
): Promise<void> {
  const path = pathTo({ base }, id);
  const call: Call = { ...options, path, method: "GET", repeat: "safe" };
  const repeat = { look: lookForGone(transport, call) };
  await transport.request({ ...options, path, method: "DELETE", repeat });
}

/** A failed sync is an answer: it comes with `success: false` and a status. */
export async function syncServer(
  place: Place,
  id: string,
  options: CallOptions = {},
): Promise<SyncOutcome> {
  const envelope = await place.transport.request({
    ...options,
    method: "POST",
    path: `${pathTo(place, id)}${pathOf("sync")}`,
    repeat: "safe",
    headersMs: syncMs,
    accepts: (result) => isRecord(result) && typeof result["status"] === "string",
  });
  return within(envelope, () => readSyncOutcome(envelope.result, subjectOf("server", { id })));
}

async function answered({ transport }: Place, call: Call): Promise<Server> {
  const envelope = await transport.request(call);
  return within(envelope, () => readServer(envelope.result));
}

function pathTo({ base }: Pick<Place, "base">, id: string): string {
  return `${base}/servers${pathOf(id)}`;
}
