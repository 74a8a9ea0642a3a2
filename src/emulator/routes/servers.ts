import { unattended } from "../clock.ts";
import type { ServerRecord } from "../state/records.ts";
import { createServer, serverBytes, updateServer } from "../state/servers.ts";
import type { Behaviours } from "../switches/schemas.ts";
import { type SyncResult, syncKey, syncServer } from "../sync/syncServer.ts";
import {
  type Answer,
  invalid,
  json,
  notFound,
  plain,
  plainError,
  plainList,
  plainPieces,
  Refusal,
} from "../wire/answers.ts";
import {
  applyBodySwitches,
  checkDescriptions,
  createServerBody,
  updateServerBody,
} from "../wire/bodies.ts";
import { isRecord } from "../wire/json.ts";
import { check, cut, readPaging } from "../wire/validation.ts";
import {
  type AccountCall,
  type AccountRoute,
  authorOf,
  duplicate,
  emptyUpdate,
  isEmptyUpdate,
} from "./call.ts";

const BASE = "/access/ai-controls/mcp/servers";

export const serverRoutes: readonly AccountRoute[] = [
  { method: "GET", path: BASE, needs: "read", handle: list },
  { method: "POST", path: BASE, needs: "write", handle: create },
  { method: "GET", path: `${BASE}/:id`, needs: "read", handle: read },
  { method: "PUT", path: `${BASE}/:id`, needs: "write", handle: update },
  { method: "DELETE", path: `${BASE}/:id`, needs: "write", handle: remove },
  { method: "POST", path: `${BASE}/:id/sync`, needs: "write", handle: sync },
];

function list({ emulation, account, query }: AccountCall): Answer {
  const paging = readPaging(query, emulation.controls.behaviours());
  const { search } = paging;
  const all = account.servers.list();
  const found = search === undefined ? all : all.filter((server) => matches(server, search));
  const { items, info } = cut(found, paging);
  const results = items.map((record) => {
    return serverBytes(record, emulation.controls.behaviours(record.id), true);
  });
  return plainList(results, info);
}

function matches(server: ServerRecord, search: string): boolean {
  return server.id.includes(search) || server.name.toLowerCase().includes(search);
}

function read(call: AccountCall): Answer {
  return answer(find(call), behavioursOf(call));
}

async function create(call: AccountCall): Promise<Answer> {
  const { emulation, account } = call;
  const id = isRecord(call.body) ? call.body["id"] : undefined;
  const behaviours = emulation.controls.behaviours(typeof id === "string" ? id : undefined);
  const body = check(createServerBody, applyBodySwitches(call.body, behaviours), "body");
  checkDescriptions(body, behaviours);
  if (account.servers.get(body.id)) {
    throw duplicate(behaviours, "server");
  }
  const record = createServer(body, authorOf(call));
  emulation.store.putServer(account, record);
  const created = answer(record, behaviours, 201);
  if (behaviours.discoverOnCreate) {
    unattended(syncServer(emulation, account, record.id).then(() => emulation.saved()));
  }
  return created;
}

function update(call: AccountCall): Answer {
  const { emulation, account } = call;
  const record = find(call);
  const behaviours = behavioursOf(call);
  const switched = applyBodySwitches(call.body, behaviours);
  const body = check(updateServerBody, switched, "body");
  checkDescriptions(body, behaviours);
  if (isEmptyUpdate(body, call.body, behaviours)) {
    throw emptyUpdate();
  }
  const after = updateServer(record, body, behaviours, authorOf(call));
  emulation.store.putServer(account, after);
  return answer(after, behaviours);
}

function remove(call: AccountCall): Answer {
  const { emulation, account } = call;
  const record = find(call);
  const behaviours = behavioursOf(call);
  const users = account.portals
    .list()
    .filter((portal) => portal.servers.some((server) => server.server_id === record.id));
  if (users.length > 0 && behaviours.deleteInUse === "refuse") {
    throw invalid("This server is in use by an MCP Portal");
  }
  for (const portal of users) {
    const servers = portal.servers.filter((server) => server.server_id !== record.id);
    emulation.store.putPortal(account, { ...portal, servers });
  }
  emulation.store.deleteServer(account, record.id);
  return answer(record, behaviours);
}

async function sync(call: AccountCall): Promise<Answer> {
  const record = find(call);
  const { emulation, account } = call;
  const behaviours = behavioursOf(call);
  if (emulation.syncing.has(syncKey(account, record.id)) && behaviours.concurrentSync !== "run") {
    throw alreadySyncing(behaviours.concurrentSync);
  }
  const synced = await syncServer(emulation, account, record.id);
  if (!synced) {
    throw notFound();
  }
  return syncAnswer(synced, behaviours);
}

function find({ account, params }: AccountCall): ServerRecord {
  const record = account.servers.get(params["id"] ?? "");
  if (!record) {
    throw notFound();
  }
  return record;
}

function behavioursOf(call: AccountCall): Behaviours {
  return call.emulation.controls.behaviours(call.params["id"]);
}

function answer(record: ServerRecord, behaviours: Behaviours, status = 200): Answer {
  return plainPieces(serverBytes(record, behaviours), status);
}

function alreadySyncing(status: "409" | "429"): Refusal {
  return status === "409"
    ? new Refusal(plainError(409, { code: 7006, message: "A sync is already running" }))
    : new Refusal(plainError(429, { code: 7008, message: "Too many requests" }));
}

/** The answer to a sync has only its outcome, never the catalogue. */
export function syncAnswer(result: SyncResult, behaviours: Behaviours): Answer {
  if (result.ok) {
    return plain(outcome(result));
  }
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
