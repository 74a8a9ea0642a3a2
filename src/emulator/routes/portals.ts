import { createPortal, portalView, updatePortal } from "../state/portals.ts";
import type { PortalRecord } from "../state/records.ts";
import { type Answer, json, notFound, plain } from "../wire/answers.ts";
import { bendPortalBody, createPortalBody, updatePortalBody } from "../wire/bodies.ts";
import { check, cut, readPaging } from "../wire/validation.ts";
import {
  type AccountCall,
  type AccountRoute,
  authorOf,
  duplicate,
  emptyUpdate,
  isEmptyUpdate,
} from "./call.ts";

const base = "/access/ai-controls/mcp/portals";

export const portalRoutes: readonly AccountRoute[] = [
  { method: "GET", path: base, needs: "read", handle: list },
  { method: "POST", path: base, needs: "write", handle: create },
  { method: "GET", path: `${base}/:id`, needs: "read", handle: read },
  { method: "PUT", path: `${base}/:id`, needs: "write", handle: update },
  { method: "DELETE", path: `${base}/:id`, needs: "write", handle: remove },
];

function list(call: AccountCall): Answer {
  const paging = readPaging(call.query);
  const { search } = paging;
  const all = call.tenant.portals.list();
  const found = search === undefined ? all : all.filter((portal) => matches(portal, search));
  const { items, info } = cut(found, paging);
  const result = items.map((portal) => view(call, portal));
  return json(200, { success: true, result, result_info: info });
}

function matches({ id, name, hostname }: PortalRecord, search: string): boolean {
  return [id, name, hostname].some((text) => text.toLowerCase().includes(search));
}

function read(call: AccountCall): Answer {
  return plain(view(call, find(call)));
}

function create(call: AccountCall): Answer {
  const { emulation, tenant } = call;
  const behaviours = emulation.controls.behaviours();
  const body = check(createPortalBody, bendPortalBody(call.body, behaviours), "body");
  if (tenant.portals.get(body.id)) throw duplicate(behaviours, "portal");
  const record = createPortal(tenant, body, authorOf(call));
  emulation.world.putPortal(tenant, record);
  return plain(view(call, record), 201);
}

function update(call: AccountCall): Answer {
  const { emulation, tenant } = call;
  const record = find(call);
  const behaviours = emulation.controls.behaviours();
  const body = check(updatePortalBody, bendPortalBody(call.body, behaviours), "body");
  if (isEmptyUpdate(body, call.body, behaviours)) throw emptyUpdate();
  const after = updatePortal(tenant, record, body, behaviours, authorOf(call));
  emulation.world.putPortal(tenant, after);
  return plain(view(call, after));
}

function remove(call: AccountCall): Answer {
  const { emulation, tenant } = call;
  const record = find(call);
  emulation.world.deletePortal(tenant, record.id);
  return plain(portalView(record, tenant, emulation.controls, false));
}

function view({ emulation, tenant }: AccountCall, record: PortalRecord) {
  return portalView(record, tenant, emulation.controls);
}

function find({ tenant, params }: AccountCall): PortalRecord {
  const record = tenant.portals.get(params["id"] ?? "");
  if (!record) throw notFound();
  return record;
}
