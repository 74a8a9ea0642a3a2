import { unattended } from "../clock.ts";
import type { ServerRecord } from "../state/records.ts";
import { createServer, serverBytes, updateServer } from "../state/servers.ts";
import type { Behaviours } from "../switches/schemas.ts";
import { type SyncResult, syncServer } from "../sync/syncServer.ts";
import { type Answer, invalid, json, notFound, plain } from "../wire/answers.ts";
import { bendBody, createServerBody, isRecord, updateServerBody } from "../wire/bodies.ts";
import { check, cut, readPaging } from "../wire/validation.ts";
import {
  type AccountCall,
  type AccountRoute,
  authorOf,
  duplicate,
  emptyUpdate,
  isEmptyUpdate,
} from "./call.ts";

const base = "/access/ai-controls/mcp/servers";

export const serverRoutes: readonly AccountRoute[] = [
  { method: "GET", path: base, needs: "read", handle: list },
  { method: "POST", path: base, needs: "write", handle: create },
  { method: "GET", path: `${base}/:id`, needs: "read", handle: read },
  { method: "PUT", path: `${base}/:id`, needs: "write", handle: update },
  { method: "DELETE", path: `${base}/:id`, needs: "write", handle: remove },
  { method: "POST", path: `${base}/:id/sync`, needs: "write", handle: sync },
];

function list({ emulation, tenant, query }: AccountCall): Answer {
  const paging = readPaging(query);
  const { search } = paging;
  const all = tenant.servers.list();
  const found = search === undefined ? all : all.filter((server) => matches(server, search));
  const { items, info } = cut(found, paging);
  const pieces: Buffer[] = [listStart];
  items.forEach((record, index) => {
    if (index > 0) pieces.push(comma);
    pieces.push(...serverBytes(record, emulation.controls.behaviours(record.id), true));
  });
  pieces.push(Buffer.from(`],"result_info":${JSON.stringify(info)}}`));
  return { status: 200, body: Buffer.concat(pieces) };
}

const listStart = Buffer.from('{"success":true,"result":[');
const objectStart = Buffer.from('{"success":true,"result":');
const comma = Buffer.from(",");
const end = Buffer.from("}");

function matches(server: ServerRecord, search: string): boolean {
  return server.id.includes(search) || server.name.toLowerCase().includes(search);
}

function read(call: AccountCall): Answer {
  return answer(find(call), behavioursOf(call));
}

async function create(call: AccountCall): Promise<Answer> {
  const { emulation, tenant } = call;
  const id = isRecord(call.body) ? call.body["id"] : undefined;
  const behaviours = emulation.controls.behaviours(typeof id === "string" ? id : undefined);
  const body = check(createServerBody, bendBody(call.body, behaviours), "body");
  if (tenant.servers.get(body.id)) throw duplicate(behaviours, "server");
  const record = createServer(body, authorOf(call));
  emulation.world.putServer(tenant, record);
  const created = answer(record, behaviours, 201);
  if (behaviours.discoverOnCreate) {
    unattended(syncServer(emulation, tenant, record.id).then(() => emulation.saved()));
  }
  return created;
}

function update(call: AccountCall): Answer {
  const { emulation, tenant } = call;
  const record = find(call);
  const behaviours = behavioursOf(call);
  const bent = bendBody(call.body, behaviours);
  const body = check(updateServerBody, bent, "body");
  if (isEmptyUpdate(body, call.body, behaviours)) throw emptyUpdate();
  const after = updateServer(record, body, behaviours, authorOf(call));
  emulation.world.putServer(tenant, after);
  return answer(after, behaviours);
}

function remove(call: AccountCall): Answer {
  const { emulation, tenant } = call;
  const record = find(call);
  const behaviours = behavioursOf(call);
  const users = tenant.portals
    .list()
    .filter((portal) => portal.servers.some((server) => server.server_id === record.id));
  if (users.length > 0 && behaviours.deleteInUse === "refuse") {
    throw invalid("This server is in use by an MCP Portal");
  }
  for (const portal of users) {
    const servers = portal.servers.filter((server) => server.server_id !== record.id);
    emulation.world.putPortal(tenant, { ...portal, servers });
  }
  emulation.world.deleteServer(tenant, record.id);
  return answer(record, behaviours);
}

async function sync(call: AccountCall): Promise<Answer> {
  const record = find(call);
  const synced = await syncServer(call.emulation, call.tenant, record.id);
  if (!synced) throw notFound();
  return syncAnswer(synced, behavioursOf(call));
}

function find({ tenant, params }: AccountCall): ServerRecord {
  const record = tenant.servers.get(params["id"] ?? "");
  if (!record) throw notFound();
  return record;
}

function behavioursOf(call: AccountCall): Behaviours {
  return call.emulation.controls.behaviours(call.params["id"]);
}

function answer(record: ServerRecord, behaviours: Behaviours, status = 200): Answer {
  return { status, body: Buffer.concat([objectStart, ...serverBytes(record, behaviours), end]) };
}

/** A sync's answer carries its outcome alone, never the catalogue. */
export function syncAnswer(result: SyncResult, behaviours: Behaviours): Answer {
  if (result.ok) return plain(outcome(result));
  switch (behaviours.failedSync) {
    case "200-true":
      return plain(outcome(result));
    case "502": {
      const message = result.error ?? "Sync failed";
      const errors = [{ code: 7000, message }];
      return json(502, { success: false, errors, result: outcome(result) });
    }
    default:
      return json(200, { success: false, result: outcome(result) });
  }
}

function outcome({ status, error, error_details }: SyncResult) {
  return { status, error, error_details };
}
