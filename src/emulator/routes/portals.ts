import { createPortal, portalBytes, portalView, updatePortal } from "../state/portals.ts";
import type { PortalRecord } from "../state/records.ts";
import type { Behaviours } from "../switches/schemas.ts";
import { type Answer, notFound, plain, plainList, plainPieces } from "../wire/answers.ts";
import {
  applyPortalBodySwitches,
  checkDescriptions,
  createPortalBody,
  type MappingBody,
  updatePortalBody,
} from "../wire/bodies.ts";
import { check, cut, readPaging } from "../wire/validation.ts";
import {
  type AccountCall,
  type AccountRoute,
  authorOf,
  duplicate,
  emptyUpdate,
  isEmptyUpdate,
} from "./call.ts";

const BASE = "/access/ai-controls/mcp/portals";

export const portalRoutes: readonly AccountRoute[] = [
  { method: "GET", path: BASE, needs: "read", handle: list },
  { method: "POST", path: BASE, needs: "write", handle: create },
  { method: "GET", path: `${BASE}/:id`, needs: "read", handle: read },
  { method: "PUT", path: `${BASE}/:id`, needs: "write", handle: update },
  { method: "DELETE", path: `${BASE}/:id`, needs: "write", handle: remove },
  {
    method: "GET",
    path: `${BASE}/:id/servers/:server/effective-redirect-uri`,
    needs: "read",
    handle: effectiveRedirectUri,
  },
];

function list(call: AccountCall): Answer {
  const paging = readPaging(call.query, call.emulation.controls.behaviours());
  const { search } = paging;
  const all = call.account.portals.list();
  const found = search === undefined ? all : all.filter((portal) => matches(portal, search));
  const { items, info } = cut(found, paging);
  return plainList(
    items.map((portal) => bytes(call, portal)),
    info,
  );
}

function matches({ id, name, hostname }: PortalRecord, search: string): boolean {
  return [id, name, hostname].some((text) => text.toLowerCase().includes(search));
}

function read(call: AccountCall): Answer {
  return plainPieces(bytes(call, find(call)));
}

function create(call: AccountCall): Answer {
  const { emulation, account } = call;
  const behaviours = emulation.controls.behaviours();
  const body = check(createPortalBody, applyPortalBodySwitches(call.body, behaviours), "body");
  checkMappings(body.servers ?? [], behaviours);
  if (account.portals.get(body.id)) {
    throw duplicate(behaviours, "portal");
  }
  const record = createPortal(account, body, authorOf(call));
  emulation.store.putPortal(account, record);
  return plainPieces(bytes(call, record), 201);
}

function update(call: AccountCall): Answer {
  const { emulation, account } = call;
  const record = find(call);
  const behaviours = emulation.controls.behaviours();
  const body = check(updatePortalBody, applyPortalBodySwitches(call.body, behaviours), "body");
  checkMappings(body.servers ?? [], behaviours);
  if (isEmptyUpdate(body, call.body, behaviours)) {
    throw emptyUpdate();
  }
  const after = updatePortal(account, record, body, behaviours, authorOf(call));
  emulation.store.putPortal(account, after);
  return plainPieces(bytes(call, after));
}

function remove(call: AccountCall): Answer {
  const { emulation, account } = call;
  const record = find(call);
  emulation.store.deletePortal(account, record.id);
  return plain(portalView(record, emulation.controls));
}

function bytes({ emulation, account }: AccountCall, record: PortalRecord): readonly Buffer[] {
  return portalBytes(record, account, emulation.controls);
}

function find({ account, params }: AccountCall): PortalRecord {
  const record = account.portals.get(params["id"] ?? "");
  if (!record) {
    throw notFound();
  }
  return record;
}

function checkMappings(mappings: readonly MappingBody[], behaviours: Behaviours): void {
  mappings.forEach((mapping, index) => {
    checkDescriptions(mapping, behaviours, ["body", "servers", index]);
  });
}

/** The address to which an upstream's sign-in returns. Source: the OpenAPI description only. */
function effectiveRedirectUri(call: AccountCall): Answer {
  const portal = find(call);
  const id = call.params["server"] ?? "";
  const server = call.account.servers.get(id);
  if (!server || !portal.servers.some(({ server_id }) => server_id === id)) {
    throw notFound();
  }
  return server.is_shared_oauth_callback_enabled
    ? plain({ redirect_uri: SHARED_CALLBACK, source: "shared_mcp22" })
    : plain({
        redirect_uri: `https://${portal.hostname}/servers-callback`,
        source: "per_portal",
      });
}

const SHARED_CALLBACK =
  "https://oauth-callbacks.cloudflareaccess.com/cdn-cgi/access/outbound-oauth-callback";
