import type { Controls } from "../switches/controls.ts";
import { nameOf } from "./aliases.ts";
import type { AttachedServer, OverrideEntry, PortalRecord, ServerRecord } from "./records.ts";
import { serverView } from "./serverView.ts";
import type { Tenant } from "./world.ts";

/** A portal as answers carry it, with each server whole but for the deleted one's. */
export function portalView(
  portal: PortalRecord,
  tenant: Tenant,
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
    servers: servers.flatMap((attached) => attachedView(attached, tenant, controls)),
  };
}

function attachedView(attached: AttachedServer, tenant: Tenant, controls: Controls): unknown[] {
  const server = tenant.servers.get(attached.server_id);
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
