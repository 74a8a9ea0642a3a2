import * as v from "valibot";
import type { ApiError } from "../domain/apiError.ts";
import type { Override, Overrides } from "../domain/catalogue/overrides.ts";
import type { CloudflareClient } from "../domain/cloudflareClient.ts";
import type { CodeMode, Portal, PortalOverride, PortalServer } from "../domain/portals/portal.ts";
import { listAll } from "./pagination.ts";
import {
  lenientBoolean,
  lenientString,
  parse,
  parseEntries,
  partition,
  type TryParsed,
  tryParse,
  withResponseContext,
} from "./parse.ts";
import { parseServer, type ResourceRoot, recordOf, subjectOf } from "./servers.ts";
import { pathOf } from "./transport/call.ts";

const PER_PAGE = 100;

type PortalsClient = Pick<CloudflareClient, "listPortals" | "readPortal">;

/** The part of the port that is about portals. */
export function createPortalsClient(root: ResourceRoot): PortalsClient {
  const { transport, pageSizes } = root;
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
          tryParse(value, () => parsePortal(value, subjectOf("portal", value, place))),
      });
      const { items, rejected } = partition(found);
      // A rejected server isn't a portal, so it is listed without an id.
      const servers = items.flatMap((item) =>
        item.rejected.map((error) => ({ id: undefined, error })),
      );
      return { items: items.map(({ portal }) => portal), rejected: [...servers, ...rejected] };
    },

    /** Rejects where one of its servers is broken, because the result has no place to report it. */
    async readPortal(id, options = {}) {
      const path = `${root.path}/portals${pathOf(id)}`;
      const envelope = await transport.request({ ...options, path, method: "GET", repeat: "safe" });
      return withResponseContext(envelope, () => {
        const { portal, rejected } = parsePortal(envelope.result);
        if (rejected[0] !== undefined) {
          throw rejected[0];
        }
        return portal;
      });
    },
  };
}

/** A portal, and the errors of those servers that couldn't be parsed. */
interface ParsedPortal {
  readonly portal: Portal;
  readonly rejected: readonly ApiError[];
}

const OVERRIDE_FIELDS = {
  enabled: "boolean",
  portal_alias: "string",
  portal_description: "string",
  server_alias: "string",
  server_description: "string",
} as const;

/** Parses a portal. Throws `wrongShape` where the portal itself can't be parsed. */
export function parsePortal(value: unknown, subject = subjectOf("portal", value)): ParsedPortal {
  const received = recordOf(value, subject);
  const wire = parse(PORTAL_WIRE, received, subject);
  const servers = partition(
    (wire.servers ?? []).map((server, index) =>
      tryParse(server, () =>
        parsePortalServer(server, `${subject}: ${serverSubject(server, index)}`),
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
      servers: servers.items,
      createdAt: wire.created_at ?? undefined,
      createdBy: wire.created_by ?? undefined,
      modifiedAt: wire.modified_at ?? undefined,
      modifiedBy: wire.modified_by ?? undefined,
      received,
    },
    rejected: servers.rejected.map(({ error }) => error),
  };
}

/**
 * Overrides in a portal differ in shape from a server's own. Both kinds are read from this list.
 */
function parsePortalServer(value: unknown, subject: string): PortalServer {
  const received = recordOf(value, subject);
  const wire = parse(PORTAL_SERVER_WIRE, received, subject);
  const entries = (field: string) => parseEntries(received[field], OVERRIDE_FIELDS, subject, field);
  const tools = entries("updated_tools");
  const prompts = entries("updated_prompts");
  const own = { id: wire.server_id ?? received["id"], updated_tools: [], updated_prompts: [] };
  return {
    server: {
      ...parseServer({ ...received, ...own }, subject),
      toolOverrides: ofServer(tools),
      promptOverrides: ofServer(prompts),
      received,
    },
    defaultDisabled: wire.default_disabled ?? false,
    onBehalf: wire.on_behalf ?? true,
    toolOverrides: tools,
    promptOverrides: prompts,
  };
}

/**
 * The server's own part of these overrides. It doesn't tell whether the server itself enables them.
 */
function ofServer(overrides: ReadonlyMap<string, PortalOverride>): Overrides {
  return new Map(
    [...overrides.values()].flatMap(({ name, server_alias, server_description }) => {
      const override: Override = {
        name,
        ...(server_alias === undefined ? {} : { alias: server_alias }),
        ...(server_description === undefined ? {} : { description: server_description }),
      };
      return Object.keys(override).length > 1 ? [[name, override] as const] : [];
    }),
  );
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

function serverSubject(value: unknown, index: number): string {
  return subjectOf("server", value, index + 1);
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
