import { appOfServer, letsIn, type Visitor } from "../state/access.ts";
import type { Account } from "../state/accounts.ts";
import { nameOf } from "../state/overrides.ts";
import { byName, isEnabled } from "../state/portals.ts";
import type { Mapping, PortalRecord, ServerRecord } from "../state/records.ts";
import type { Controls } from "../switches/controls.ts";
import { isRecord } from "../wire/json.ts";

/** A tool or prompt with the name that clients see. */
export interface ExposedItem {
  /** `{server_id}_{alias or name}` */
  readonly exposedName: string;
  /** The upstream's name. */
  readonly name: string;
  readonly serverId: string;
  /** The definition with the exposed name and the resolved description. */
  readonly definition: Readonly<Record<string, unknown>>;
}

/** The part of a portal that one visitor sees. */
export interface Exposure {
  readonly servers: readonly ServerRecord[];
  readonly tools: readonly ExposedItem[];
  readonly prompts: readonly ExposedItem[];
}

/**
 * A server is visible only when it is ready and its own Access application lets the visitor in.
 * Service tokens also don't see servers that ask users to sign in upstream.
 */
export function exposureOf(
  account: Account,
  portal: PortalRecord,
  visitor: Visitor,
  controls: Controls,
): Exposure {
  const visible = portal.servers.flatMap((mapping) => {
    const server = account.servers.get(mapping.server_id);
    return server && isVisible(account, server, mapping, visitor) ? [{ mapping, server }] : [];
  });
  return {
    servers: visible.map(({ server }) => server),
    tools: visible.flatMap((place) => exposed(place, "tools", controls)),
    prompts: visible.flatMap((place) => exposed(place, "prompts", controls)),
  };
}

function isVisible(
  account: Account,
  server: ServerRecord,
  mapping: Mapping,
  visitor: Visitor,
): boolean {
  if (server.status !== "ready" || (visitor.kind === "service" && mapping.on_behalf)) {
    return false;
  }
  const app = appOfServer(account, server.id);
  return app !== undefined && letsIn(account, app, visitor);
}

interface Place {
  readonly mapping: Mapping;
  readonly server: ServerRecord;
}

function exposed(
  { mapping, server }: Place,
  kind: "tools" | "prompts",
  controls: Controls,
): readonly ExposedItem[] {
  const byPortal = byName(mapping[`updated_${kind}`]);
  const byServer = byName(server[`updated_${kind}`]);
  const behaviours = controls.behaviours(server.id);
  return server[kind].flatMap((item): ExposedItem[] => {
    const name = nameOf(item);
    if (name === undefined || !isRecord(item)) {
      return [];
    }
    const portal = byPortal.get(name);
    const own = byServer.get(name);
    if (!isEnabled(mapping, portal, own, behaviours)) {
      return [];
    }
    const exposedName = `${server.id}_${portal?.alias ?? own?.alias ?? name}`;
    const description = portal?.description ?? own?.description ?? item["description"];
    const definition = {
      ...item,
      name: exposedName,
      ...(description === undefined ? {} : { description }),
    };
    return [{ exposedName, name, serverId: server.id, definition }];
  });
}
