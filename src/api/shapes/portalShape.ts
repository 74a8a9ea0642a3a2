import type { ApiError } from "../../model/client/failure.ts";
import type { Override, Overrides } from "../../model/server/overrides.ts";
import type { CodeMode, Portal, PortalOverride, PortalServer } from "../../model/server/portal.ts";
import { readEntries } from "../lists/entries.ts";
import { portalServerWire, portalWire } from "./portalWire.ts";
import { readServer, recordOf, subjectOf } from "./serverShape.ts";
import { listed, shaped, tried } from "./shape.ts";

/** A portal and what of it couldn't be understood. */
export interface ReadPortal {
  readonly portal: Portal;
  readonly rejected: readonly ApiError[];
}

const overrideFields = {
  enabled: "boolean",
  portal_alias: "string",
  portal_description: "string",
  server_alias: "string",
  server_description: "string",
} as const;

/** A portal out of an answer. Throws `wrongShape` where the portal itself can't be understood. */
export function readPortal(value: unknown, subject = subjectOf("portal", value)): ReadPortal {
  const received = recordOf(value, subject);
  const wire = shaped(portalWire, received, subject);
  const servers = listed(
    (wire.servers ?? []).map((server, index) =>
      tried(server, () => readPortalServer(server, `${subject}: ${serverSubject(server, index)}`)),
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

/** Its overrides have another shape than a server's own, so both are read from the one list. */
function readPortalServer(value: unknown, subject: string): PortalServer {
  const received = recordOf(value, subject);
  const wire = shaped(portalServerWire, received, subject);
  const read = (field: string) => readEntries(received[field], overrideFields, subject, field);
  const tools = read("updated_tools");
  const prompts = read("updated_prompts");
  const own = { id: wire.server_id ?? received["id"], updated_tools: [], updated_prompts: [] };
  return {
    server: {
      ...readServer({ ...received, ...own }, subject),
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

/** The server's part of what a portal reports; whether it is enabled there isn't told. */
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

/** `true` stands for any policy but off, of which `opt_in` is Cloudflare's default. */
function codeModeOf(allowed: boolean | null | undefined): CodeMode | undefined {
  if (allowed === null || allowed === undefined) {
    return undefined;
  }
  return allowed ? "opt_in" : "off";
}

function serverSubject(value: unknown, index: number): string {
  return subjectOf("server", value, index + 1);
}
