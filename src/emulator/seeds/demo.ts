import { inTurns } from "../control.ts";
import type { Emulation } from "../emulation.ts";
import { adminEmail } from "../routes/author.ts";
import { syncServer } from "../sync/sync.ts";
import type { DemoUpstreams } from "../upstreams/demo.ts";
import type { ServerRecord } from "../world/records.ts";
import { createServer } from "../world/serverWrites.ts";
import type { Tenant } from "../world/world.ts";
import { seedPortals } from "./demoPortals.ts";
import { demoOverrides, demoServers, grants } from "./demoServers.ts";

const day = 86_400_000;

/** Ten servers, each in a situation of its own. What is ready was fetched from a real MCP server. */
export async function seedDemo(
  emulation: Emulation,
  tenant: Tenant,
  upstreams: DemoUpstreams,
): Promise<void> {
  const { world, clock } = emulation;
  const ago = (days: number) => new Date(clock.now() - days * day).toISOString();
  demoServers.forEach((server, index) => {
    const author = { by: adminEmail, at: ago(60 - index * 3) };
    world.putServer(tenant, granted(createServer(server, author)));
  });
  const signedIn = tenant.servers.list().filter((s) => s.authentication_status !== "required");
  await syncAll(
    emulation,
    tenant,
    signedIn.map(({ id }) => id),
  );
  for (const [id, overrides] of demoOverrides) {
    const record = tenant.servers.get(id);
    if (record) {
      world.putServer(tenant, { ...record, ...overrides, modified_at: ago(2) });
    }
  }
  seedPortals(world, tenant, { by: adminEmail, at: ago(14) });
  upstreams.expireCredentials();
  await syncAll(emulation, tenant, ["database", "calendar"]);
  for (const id of ["database", "calendar"]) {
    const record = tenant.servers.get(id);
    if (record) {
      world.putServer(tenant, { ...record, last_successful_sync: ago(3) });
    }
  }
}

function syncAll(emulation: Emulation, tenant: Tenant, ids: readonly string[]): Promise<void> {
  return inTurns(ids, ids.length, (id) => syncServer(emulation, tenant, id));
}

/** An administrator has authenticated these in the dashboard, which no API call can do. */
function granted(record: ServerRecord): ServerRecord {
  const accessToken = grants.get(record.id);
  if (accessToken === undefined) {
    return record;
  }
  return {
    ...record,
    secret: { kind: "grant", accessToken },
    authentication_status: "connected",
    auth_config_summary: { auth_mode: "dcr", has_client_secret: false, client_secret_version: 0 },
  };
}
