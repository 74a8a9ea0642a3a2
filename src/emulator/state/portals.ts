import type { Controls } from "../switches/controls.ts";
import type { Behaviours } from "../switches/schemas.ts";
import { invalid } from "../wire/answers.ts";
import type { AttachedBody, CreatePortalBody, UpdatePortalBody } from "../wire/bodies.ts";
import type { Account } from "./accounts.ts";
import { checkAliases, entries, nameOf } from "./overrides.ts";
import type { AttachedServer, OverrideEntry, PortalRecord, ServerRecord } from "./records.ts";
import { type Author, serverView } from "./servers.ts";

export function createPortal(
  account: Account,
  body: CreatePortalBody,
  author: Author,
): PortalRecord {
  checkHostname(account, body.id, body.hostname);
  return {
    id: body.id,
    name: body.name,
    hostname: body.hostname,
    ...(body.description === undefined ? {} : { description: body.description }),
    secure_web_gateway: body.secure_web_gateway ?? false,
    code_mode: codeMode(body, "opt_in"),
    created_at: author.at,
    created_by: author.by,
    modified_at: author.at,
    modified_by: author.by,
    servers: attach(account, body.servers ?? []),
  };
}

/** A PUT: keys are merged, the array of servers is replaced. */
export function updatePortal(
  account: Account,
  record: PortalRecord,
  body: UpdatePortalBody,
  behaviours: Behaviours,
  author: Author,
): PortalRecord {
  const base = behaviours.put === "merge" ? record : reset(record);
  if (body.hostname !== undefined) {
    checkHostname(account, record.id, body.hostname);
  }
  return {
    ...base,
    name: body.name ?? base.name,
    hostname: body.hostname ?? base.hostname,
    ...(body.description === undefined ? {} : { description: body.description }),
    secure_web_gateway: body.secure_web_gateway ?? base.secure_web_gateway,
    code_mode: codeMode(body, base.code_mode),
    servers: body.servers ? attach(account, body.servers) : base.servers,
    modified_at: behaviours.modifiedAtStandsStill ? record.modified_at : author.at,
    modified_by: author.by,
  };
}

function reset({ description: _description, ...record }: PortalRecord): PortalRecord {
  return { ...record, secure_web_gateway: false, code_mode: "opt_in", servers: [] };
}

function checkHostname(account: Account, id: string, hostname: string): void {
  const other = account.portals.list().find((portal) => portal.hostname === hostname);
  if (other === undefined || other.id === id) {
    return;
  }
  throw invalid("This hostname is already in use in a different MCP Portal", ["body", "hostname"]);
}

type CodeModePair = Pick<UpdatePortalBody, "code_mode" | "allow_code_mode">;

/** The deprecated boolean stands for any mode but off. */
function codeMode(
  pair: CodeModePair,
  before: PortalRecord["code_mode"],
): PortalRecord["code_mode"] {
  const { code_mode, allow_code_mode } = pair;
  if (code_mode !== undefined && allow_code_mode !== undefined) {
    if ((code_mode !== "off") !== allow_code_mode) {
      throw invalid(
        "code_mode and allow_code_mode disagree. Send only code_mode, or a consistent pair.",
      );
    }
  }
  if (code_mode !== undefined) {
    return code_mode;
  }
  if (allow_code_mode === undefined) {
    return before;
  }
  if (!allow_code_mode) {
    return "off";
  }
  return before === "off" ? "opt_in" : before;
}

/** Sorts by the backend's own order, which isn't the order of the request. */
function attach(account: Account, bodies: readonly AttachedBody[]): AttachedServer[] {
  const attached = bodies.map((body, index): AttachedServer => {
    const path = ["body", "servers", index];
    const server = account.servers.get(body.server_id);
    if (!server) {
      throw invalid(`Unknown server: ${body.server_id}`, [...path, "server_id"]);
    }
    const { server_id, default_disabled, on_behalf } = body;
    const updated_tools = entries(body.updated_tools);
    const updated_prompts = entries(body.updated_prompts);
    checkNames(updated_tools, server.tools, "tool", [...path, "updated_tools"]);
    checkNames(updated_prompts, server.prompts, "prompt", [...path, "updated_prompts"]);
    const after = { ...server, updated_tools, updated_prompts } satisfies ServerRecord;
    checkAliases(after, ["updated_tools", "updated_prompts"], path);
    return { server_id, default_disabled, on_behalf, updated_tools, updated_prompts };
  });
  const byId = new Map(attached.map((server) => [server.server_id, server]));
  return [...byId.values()].sort((a, b) => (a.server_id < b.server_id ? -1 : 1));
}

/** Unlike a server, a portal takes no overrides of names that aren't in the catalogue. */
function checkNames(
  overrides: AttachedServer["updated_tools"],
  items: readonly unknown[],
  kind: string,
  path: readonly (string | number)[],
): void {
  const names = new Set(items.map(nameOf));
  overrides.forEach(({ name }, index) => {
    if (!names.has(name)) {
      throw invalid(`Unknown ${kind}: ${name}`, [...path, index, "name"]);
    }
  });
}

/** A portal as answers carry it, with each server whole but for the deleted one's. */
export function portalView(
  portal: PortalRecord,
  account: Account,
  controls: Controls,
  withServers = true,
): Record<string, unknown> {
  const { servers, ...fields } = portal;
  const view = { ...fields, allow_code_mode: portal.code_mode !== "off" };
  if (!withServers) {
    return view;
  }
  return {
    ...view,
    servers: servers.flatMap((attached) => attachedView(attached, account, controls)),
  };
}

function attachedView(attached: AttachedServer, account: Account, controls: Controls): unknown[] {
  const server = account.servers.get(attached.server_id);
  if (!server) {
    return [];
  }
  const behaviours = controls.behaviours(server.id);
  const { server_id, default_disabled, on_behalf } = attached;
  return [
    {
      ...serverView(server, behaviours),
      ...(behaviours.portalServerId === "sent" ? { server_id } : {}),
      default_disabled,
      on_behalf,
      updated_tools: layered(attached, server, "tools"),
      updated_prompts: layered(attached, server, "prompts"),
    },
  ];
}

/** One entry for each synced item, in catalogue order, with both layers side by side. */
function layered(attached: AttachedServer, server: ServerRecord, kind: "tools" | "prompts") {
  const byPortal = byName(attached[`updated_${kind}`]);
  const byServer = byName(server[`updated_${kind}`]);
  return server[kind].flatMap((item) => {
    const name = nameOf(item);
    if (name === undefined) {
      return [];
    }
    const portal = byPortal.get(name);
    const own = byServer.get(name);
    const enabled = portal?.enabled ?? (!attached.default_disabled && (own?.enabled ?? true));
    return [
      {
        name,
        enabled,
        portal_alias: portal?.alias,
        portal_description: portal?.description,
        server_alias: own?.alias,
        server_description: own?.description,
      },
    ];
  });
}

function byName(entries: readonly OverrideEntry[]): ReadonlyMap<string, OverrideEntry> {
  return new Map(entries.map((entry) => [entry.name, entry]));
}
