import { setTimeout as delay } from "node:timers/promises";
import type { Emulation } from "../emulation.ts";
import type { Behaviours } from "../switches/behaviours.ts";
import type { ErrorDetails, ServerRecord } from "../world/records.ts";
import type { Tenant } from "../world/world.ts";
import { explain, notAnAddress } from "./failure.ts";
import { nobodyAuthenticated, type Outcome, withOutcome } from "./outcome.ts";
import { outgoingHeaders } from "./outgoing.ts";
import { keepLiving } from "./overrides.ts";
import { fetchCatalogue } from "./upstream.ts";

export interface SyncResult {
  readonly ok: boolean;
  readonly status: ServerRecord["status"];
  readonly error?: string;
  readonly error_details?: ErrorDetails;
}

/** Syncs one server against its upstream. `undefined` where the server is gone. */
export async function syncServer(
  emulation: Emulation,
  tenant: Tenant,
  id: string,
): Promise<SyncResult | undefined> {
  const behaviours = emulation.controls.behaviours(id);
  const due = behaviours.syncLatency > 0 ? delay(behaviours.syncLatency) : undefined;
  const before = tenant.servers.get(id);
  if (!before) {
    return undefined;
  }
  const outcome = behaviours.syncRefreshesNothing
    ? { catalogue: before }
    : await reach(emulation, before, behaviours);
  await due;
  // Others may have written meanwhile: the outcome goes on top of what is there now.
  const record = tenant.servers.get(id);
  if (!record) {
    return undefined;
  }
  const at = emulation.clock.iso();
  const after = withOutcome(record, outcome, behaviours, at);
  emulation.world.putServer(tenant, after);
  if (!("failure" in outcome)) {
    dropFromPortals(emulation, tenant, after, behaviours);
  }
  const { status, error, error_details } = after;
  return {
    ok: !("failure" in outcome),
    status,
    ...(error === undefined ? {} : { error }),
    ...(error_details === undefined ? {} : { error_details }),
  };
}

/** A portal's overrides follow the catalogue too. */
function dropFromPortals(
  { world }: Emulation,
  tenant: Tenant,
  server: ServerRecord,
  { vanishedOverrides }: Behaviours,
): void {
  for (const portal of tenant.portals.list()) {
    if (!portal.servers.some(({ server_id }) => server_id === server.id)) {
      continue;
    }
    const servers = portal.servers.map((attached) => {
      if (attached.server_id !== server.id) {
        return attached;
      }
      const { updated_tools, updated_prompts } = attached;
      return {
        ...attached,
        updated_tools: keepLiving(updated_tools, server.tools, vanishedOverrides),
        updated_prompts: keepLiving(updated_prompts, server.prompts, vanishedOverrides),
      };
    });
    world.putPortal(tenant, { ...portal, servers });
  }
}

async function reach(
  emulation: Emulation,
  record: ServerRecord,
  behaviours: Behaviours,
): Promise<Outcome> {
  if (record.authentication_status === "required") {
    return { failure: nobodyAuthenticated };
  }
  const url = URL.parse(record.hostname);
  if (url === null) {
    return { failure: notAnAddress(record.hostname) };
  }
  try {
    const catalogue = await fetchCatalogue({
      url,
      headers: outgoingHeaders(record.secret),
      timeoutMs: behaviours.syncTimeout,
      resolve: emulation.resolve,
    });
    return { catalogue };
  } catch (error) {
    return { failure: explain(error, url) };
  }
}
