import type { Controls } from "../switches/controls.ts";
import type { Behaviours } from "../switches/schemas.ts";
import { invalid } from "../wire/answers.ts";
import type { CreatePortalBody, MappingBody, UpdatePortalBody } from "../wire/bodies.ts";
import type { Account } from "./accounts.ts";
import { checkAliases, entries, keepPresent, nameOf, type OverrideKey } from "./overrides.ts";
import type { Mapping, OverrideEntry, PortalRecord, ServerRecord } from "./records.ts";
import { type Author, serverView, viewBytes, withOverrides } from "./servers.ts";

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
    servers: mappings(account, body.servers ?? []),
  };
}

/** Applies a PUT: keys are merged, and the array of servers is replaced. */
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
    servers: body.servers ? mappings(account, body.servers) : base.servers,
    modified_at: behaviours.modifiedAtStandsStill ? record.modified_at : author.at,
    modified_by: author.by,
  };
}

function reset({ description: _description, ...record }: PortalRecord): PortalRecord {
  return { ...record, secure_web_gateway: false, code_mode: "opt_in", servers: [] };
}

function checkHostname(account: Account, id: string, hostname: string): void {
  const wanted = hostname.toLowerCase();
  const others = account.portals.list().filter((portal) => portal.id !== id);
  if (others.some((portal) => portal.hostname.toLowerCase() === wanted)) {
    const message = "This hostname is already in use in a different MCP Portal";
    throw invalid(message, ["body", "hostname"]);
  }
}

type CodeModePair = Pick<UpdatePortalBody, "code_mode" | "allow_code_mode">;

/** The deprecated boolean is true for any mode but off. */
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

/** Sorts by the backend's own order, which differs from that of the request. */
function mappings(account: Account, bodies: readonly MappingBody[]): Mapping[] {
  const all = bodies.map((body, index): Mapping => {
    const path = ["body", "servers", index];
    const server = account.servers.get(body.server_id);
    if (!server) {
      throw invalid(`Unknown server: ${body.server_id}`, [...path, "server_id"]);
    }
    return mapping(server, body, path);
  });
  const byId = new Map(all.map((item) => [item.server_id, item]));
  return [...byId.values()].sort((a, b) => (a.server_id < b.server_id ? -1 : 1));
}

/** @throws Refusal where an override names an item that isn't synced, or an alias is taken */
function mapping(
  server: ServerRecord,
  body: MappingBody,
  path: readonly (string | number)[],
): Mapping {
  const updatedTools = entries(body.updated_tools);
  const updatedPrompts = entries(body.updated_prompts);
  checkNames(updatedTools, server.tools, "tool", [...path, "updated_tools"]);
  checkNames(updatedPrompts, server.prompts, "prompt", [...path, "updated_prompts"]);
  const sent = {
    tools: server.tools,
    prompts: server.prompts,
    updated_tools: updatedTools,
    updated_prompts: updatedPrompts,
  };
  const aliases = [
    ...serverAliases(server.updated_tools, updatedTools),
    ...serverAliases(server.updated_prompts, updatedPrompts),
  ];
  checkAliases(sent, ["updated_tools", "updated_prompts"], path, aliases);
  const { server_id, default_disabled, on_behalf } = body;
  const stored = {
    server_id,
    default_disabled,
    on_behalf,
    updated_tools: updatedTools,
    updated_prompts: updatedPrompts,
  };
  return completed(stored, server);
}

/** Aliases of the server that also hold in the portal, because the portal has none of its own. */
function serverAliases(
  ofServer: readonly OverrideEntry[],
  ofPortal: readonly OverrideEntry[],
): readonly string[] {
  const own = byName(ofPortal);
  return ofServer.flatMap(({ name, alias }) =>
    alias === undefined || alias === name || own.get(name)?.alias !== undefined ? [] : [alias],
  );
}

/** A portal refuses overrides of names that aren't in the catalogue. A server accepts them. */
function checkNames(
  overrides: Mapping["updated_tools"],
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

/** An allowlist stores exactly one entry for each synced item, in the order of the catalogue. */
function completed(stored: Mapping, server: ServerRecord): Mapping {
  if (!stored.default_disabled) {
    return stored;
  }
  return {
    ...stored,
    updated_tools: completeEntries(stored.updated_tools, server.tools),
    updated_prompts: completeEntries(stored.updated_prompts, server.prompts),
  };
}

function completeEntries(
  stored: readonly OverrideEntry[],
  items: readonly unknown[],
): OverrideEntry[] {
  const byStored = byName(stored);
  const names = namesOf(items);
  const complete = [...names].map((name) => ({ name, enabled: false, ...byStored.get(name) }));
  return [...complete, ...stored.filter(({ name }) => !names.has(name))];
}

/** The portals with a server after its sync. By default they keep entries of vanished items. */
export function portalsAfterSync(
  account: Account,
  server: ServerRecord,
  { vanishedPortalEntries }: Behaviours,
): readonly PortalRecord[] {
  const users = account.portals
    .list()
    .filter((portal) => portal.servers.some(({ server_id }) => server_id === server.id));
  return users.map((portal) => ({
    ...portal,
    servers: portal.servers.map((item) => {
      if (item.server_id !== server.id) {
        return item;
      }
      const { updated_tools, updated_prompts } = item;
      const kept = {
        ...item,
        updated_tools: keepPresent(updated_tools, server.tools, vanishedPortalEntries),
        updated_prompts: keepPresent(updated_prompts, server.prompts, vanishedPortalEntries),
      };
      return completed(kept, server);
    }),
  }));
}

/** A portal in the form of an answer, without its servers. */
export function portalView(portal: PortalRecord, controls: Controls): Record<string, unknown> {
  const { servers: _servers, code_mode, ...fields } = portal;
  const { codeModeFields } = controls.behaviours();
  return {
    ...fields,
    ...(codeModeFields === "allowOnly" ? {} : { code_mode }),
    ...(codeModeFields === "modeOnly" ? {} : { allow_code_mode: code_mode !== "off" }),
  };
}

/**
 * The whole portal as JSON text in pieces, with all servers that still exist. 50 portals with 20
 * servers of 25 tools are 20 MB. From kept bytes they take 40 ms on a busy machine, otherwise 650
 * ms.
 */
export function portalBytes(
  portal: PortalRecord,
  account: Account,
  controls: Controls,
): readonly Buffer[] {
  const servers = portal.servers.flatMap((item) => {
    const server = account.servers.get(item.server_id);
    if (!server) {
      return [];
    }
    return [viewBytes(mappingView(item, server, controls.behaviours(server.id)), server)];
  });
  const head = JSON.stringify(portalView(portal, controls)).slice(0, -1);
  return [
    Buffer.from(`${head},"servers":[`),
    ...servers.flatMap((pieces, index) => (index === 0 ? pieces : [COMMA, ...pieces])),
    SERVERS_END,
  ];
}

const COMMA = Buffer.from(",");
const SERVERS_END = Buffer.from("]}");

/** The whole server, with the mapping's own fields and both layers of overrides. */
function mappingView(
  item: Mapping,
  server: ServerRecord,
  behaviours: Behaviours,
): Record<string, unknown> {
  const { server_id, default_disabled, on_behalf } = item;
  const view = {
    ...serverView(server, behaviours),
    ...(behaviours.portalServerId === "sent" ? { server_id } : {}),
    default_disabled,
    on_behalf,
  };
  return withOverrides(view, behaviours, {
    updated_tools: layeredEntries(item, server, "updated_tools", behaviours),
    updated_prompts: layeredEntries(item, server, "updated_prompts", behaviours),
  });
}

/** One entry for each synced item in catalogue order, then those of vanished items. */
function layeredEntries(
  item: Mapping,
  server: ServerRecord,
  key: OverrideKey,
  behaviours: Behaviours,
): Record<string, unknown>[] {
  const byPortal = byName(item[key]);
  const byServer = byName(server[key]);
  const synced = namesOf(key === "updated_tools" ? server.tools : server.prompts);
  const stored = item[key].map(({ name }) => name);
  const listed =
    item.default_disabled || behaviours.mappingEntries === "all"
      ? [...synced, ...stored.filter((name) => !synced.has(name))]
      : stored;
  return listed.map((name) => {
    const portal = byPortal.get(name);
    const own = byServer.get(name);
    return {
      name,
      enabled: isEnabled(item, portal, own, behaviours),
      portal_alias: portal?.alias,
      portal_description: portal?.description,
      server_alias: own?.alias,
      server_description: own?.description,
    };
  });
}

/** Whether a portal can enable what the server disabled is unknown, so a switch decides. */
export function isEnabled(
  { default_disabled }: Mapping,
  portal: OverrideEntry | undefined,
  own: OverrideEntry | undefined,
  behaviours: Behaviours,
): boolean {
  if (own?.enabled === false && (behaviours.serverDisabledWins || portal?.enabled === undefined)) {
    return false;
  }
  return portal?.enabled ?? !default_disabled;
}

export function byName(overrides: readonly OverrideEntry[]): ReadonlyMap<string, OverrideEntry> {
  return new Map(overrides.map((entry) => [entry.name, entry]));
}

function namesOf(items: readonly unknown[]): ReadonlySet<string> {
  return new Set(items.flatMap((item) => nameOf(item) ?? []));
}
