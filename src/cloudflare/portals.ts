import * as v from "valibot";
import type { JsonRecord } from "../base/json.ts";
import type { ApiError } from "../domain/apiError.ts";
import type { CallOptions, CloudflareClient } from "../domain/cloudflareClient.ts";
import type { CodeMode, Mapping, Portal } from "../domain/portals/portal.ts";
import { Catalogues } from "./catalogues.ts";
import { lookForCreated, lookForGone } from "./lostWrites.ts";
import { listAll } from "./pagination.ts";
import {
  lenientBoolean,
  lenientString,
  parse,
  partition,
  type TryParsed,
  tryParse,
  withResponseContext,
} from "./parse.ts";
import { type ResourceRoot, recordOf, SERVER_WIRE, subjectOf } from "./servers.ts";
import { type Call, pathOf } from "./transport/call.ts";

const PER_PAGE = 100;

type PortalsClient = Pick<
  CloudflareClient,
  | "listPortals"
  | "readPortal"
  | "createPortal"
  | "updatePortal"
  | "deletePortal"
  | "readRedirectUri"
>;

/** The part of the port that is about portals. */
export function createPortalsClient(root: ResourceRoot): PortalsClient {
  const { transport, pageSizes, catalogues } = root;
  const pathTo = (id: string) => `${root.path}/portals${pathOf(id)}`;
  const reading = (id: string, options: CallOptions): Call => ({
    ...options,
    path: pathTo(id),
    method: "GET",
    repeat: "safe",
  });
  /** Rejects where one of its servers is broken, because the result has no place to report it. */
  const request = async (call: Call): Promise<Portal> => {
    const envelope = await transport.request(call);
    return withResponseContext(envelope, () => {
      const { result } = envelope;
      const { portal, rejected } = parsePortal(result, subjectOf("portal", result), catalogues);
      if (rejected[0] !== undefined) {
        throw rejected[0];
      }
      return portal;
    });
  };
  return {
    /** Keeps a portal that has a broken server, with its other servers. */
    async listPortals({ search, ...options } = {}) {
      const found = await listAll<TryParsed<ParsedPortal>>({
        transport,
        pageSizes,
        call: {
          ...options,
          path: `${root.path}/portals`,
          ...(search ? { query: { search } } : {}),
        },
        perPage: PER_PAGE,
        subject: "the list of portals",
        parse: (value, place) =>
          tryParse(value, () => parsePortal(value, subjectOf("portal", value, place), catalogues)),
      });
      const { items, rejected } = partition(found);
      // A rejected server isn't a portal, so it is listed without an id.
      const servers = items.flatMap((item) =>
        item.rejected.map((error) => ({ id: undefined, error })),
      );
      return { items: items.map(({ portal }) => portal), rejected: [...servers, ...rejected] };
    },

    async readPortal(id, options = {}) {
      return request(reading(id, options));
    },

    /** Repeated only after a look that didn't find it: a second POST could meet the first's portal. */
    async createPortal(portal, options = {}) {
      const { id, name, hostname } = portal;
      return request({
        ...options,
        path: `${root.path}/portals`,
        method: "POST",
        body: portal,
        repeat: { look: lookForCreated(transport, reading(id, options), { id, name, hostname }) },
      });
    },

    async updatePortal(id, patch, options = {}) {
      return request({
        ...options,
        path: pathTo(id),
        method: "PUT",
        body: patch,
        repeat: "never",
      });
    },

    async deletePortal(id, options = {}) {
      const repeat = { look: lookForGone(transport, reading(id, options)) };
      await transport.request({ ...options, path: pathTo(id), method: "DELETE", repeat });
    },

    async readRedirectUri({ portalId, serverId }, options = {}) {
      const envelope = await transport.request({
        ...options,
        path: `${pathTo(portalId)}${pathOf("servers", serverId, "effective-redirect-uri")}`,
        method: "GET",
        repeat: "safe",
      });
      return withResponseContext(envelope, () => {
        const subject = `${subjectOf("portal", { id: portalId })}: redirect URI`;
        const { redirect_uri: uri, source } = parse(REDIRECT_URI_WIRE, envelope.result, subject);
        return { uri, source };
      });
    },
  };
}

/** A portal, and the errors of those servers that couldn't be parsed. */
interface ParsedPortal {
  readonly portal: Portal;
  readonly rejected: readonly ApiError[];
}

/** Parses a portal. Throws `wrongShape` where the portal itself can't be parsed. */
export function parsePortal(
  value: unknown,
  subject = subjectOf("portal", value),
  catalogues = new Catalogues(),
): ParsedPortal {
  const received = recordOf(value, subject);
  const wire = parse(PORTAL_WIRE, received, subject);
  const sent = wire.servers ?? [];
  const parsed = partition(
    sent.map((server, index) =>
      tryParse(server, () =>
        parseMapping(server, `${subject}: ${subjectOf("server", server, index + 1)}`, catalogues),
      ),
    ),
  );
  return {
    portal: {
      id: wire.id,
      name: wire.name,
      description: wire.description ?? undefined,
      hostname: wire.hostname,
      codeMode: wire.code_mode ?? codeModeOf(wire.allow_code_mode),
      secureWebGateway: wire.secure_web_gateway ?? undefined,
      mappings: new Map(parsed.items.map(({ mapping }) => [mapping.serverId, mapping])),
      createdAt: wire.created_at ?? undefined,
      createdBy: wire.created_by ?? undefined,
      modifiedAt: wire.modified_at ?? undefined,
      modifiedBy: wire.modified_by ?? undefined,
      received: { ...received, servers: parsed.items.map(({ kept }) => kept) },
    },
    rejected: parsed.rejected.map(({ error }) => error),
  };
}

/** A mapping, and what of its answer distinguishes it from another answer. */
interface ParsedMapping {
  readonly mapping: Mapping;
  readonly kept: JsonRecord;
}

/**
 * The answer repeats the whole server. Its own answer tells the same and is read anyway, so of the
 * copy only what a portal can't do without is kept, and a catalogue that is known isn't read again.
 */
function parseMapping(value: unknown, subject: string, catalogues: Catalogues): ParsedMapping {
  const received = recordOf(value, subject);
  const wire = parse(MAPPING_WIRE, received, subject);
  const serverId = wire.server_id ?? wire.id;
  const asked = { serverId, subject };
  const tools = catalogues.ofMapping({ ...asked, kind: "tool", sent: wire.tools });
  const prompts = catalogues.ofMapping({ ...asked, kind: "prompt", sent: wire.prompts });
  const layers = {
    tools: catalogues.overridesOf({ ...asked, kind: "tool", sent: wire.updated_tools }),
    prompts: catalogues.overridesOf({ ...asked, kind: "prompt", sent: wire.updated_prompts }),
  };
  const others = unknownKeys(received, catalogues);
  const { name, auth_type, status, default_disabled, on_behalf } = wire;
  return {
    mapping: {
      serverId,
      defaultDisabled: default_disabled ?? false,
      onBehalf: on_behalf ?? true,
      toolOverrides: layers.tools.value.ofPortal,
      promptOverrides: layers.prompts.value.ofPortal,
      server: {
        id: serverId,
        name,
        authType: auth_type,
        status: status ?? "waiting",
        tools: tools.value,
        prompts: prompts.value,
        toolOverrides: layers.tools.value.ofServer,
        promptOverrides: layers.prompts.value.ofServer,
      },
      others,
    },
    kept: {
      ...others,
      serverId,
      name,
      auth_type,
      status,
      default_disabled,
      on_behalf,
      tools: tools.sent,
      prompts: prompts.sent,
      updated_tools: layers.tools.sent,
      updated_prompts: layers.prompts.sent,
    },
  };
}

/**
 * Keys that neither we nor the server's own object know. A write keeps them. Gives none until a
 * server's answer has been read, because until then the server's own keys aren't known.
 */
function unknownKeys(received: JsonRecord, catalogues: Catalogues): JsonRecord {
  const unknown = Object.entries(received).filter(
    ([key]) => !KNOWN_KEYS.has(key) && catalogues.isServerKey(key) === false,
  );
  return Object.fromEntries(unknown);
}

/**
 * The older `allow_code_mode` is true for any policy but off. Cloudflare's default among those is
 * `opt_in`.
 */
function codeModeOf(allowed: boolean | null | undefined): CodeMode | undefined {
  if (allowed === null || allowed === undefined) {
    return undefined;
  }
  return allowed ? "opt_in" : "off";
}

/** A portal as the API sends it. The answer to a DELETE has no `servers`. */
export const PORTAL_WIRE = v.object({
  id: v.pipe(v.string(), v.nonEmpty()),
  name: v.string(),
  hostname: v.string(),
  description: v.nullish(v.string()),
  code_mode: v.nullish(v.string()),
  /** Older than `code_mode`, and less precise. */
  allow_code_mode: lenientBoolean,
  secure_web_gateway: v.nullish(v.boolean()),
  servers: v.nullish(v.custom<readonly unknown[]>(Array.isArray)),
  created_at: lenientString,
  created_by: lenientString,
  modified_at: lenientString,
  modified_by: lenientString,
});

/**
 * The fields of a portal's server that a plain server doesn't have. Older answers lack `server_id`.
 */
export const PORTAL_SERVER_WIRE = v.object({
  server_id: v.nullish(v.string()),
  default_disabled: v.nullish(v.boolean()),
  on_behalf: v.nullish(v.boolean()),
});

export const REDIRECT_URI_WIRE = v.object({ redirect_uri: v.string(), source: v.string() });

/** What of a portal's server is read here. */
const MAPPING_WIRE = v.object({
  ...v.pick(SERVER_WIRE, [
    "id",
    "name",
    "auth_type",
    "status",
    "tools",
    "prompts",
    "updated_tools",
    "updated_prompts",
  ]).entries,
  ...PORTAL_SERVER_WIRE.entries,
});

const KNOWN_KEYS = new Set([
  ...Object.keys(SERVER_WIRE.entries),
  ...Object.keys(PORTAL_SERVER_WIRE.entries),
]);
