import { randomBytes } from "node:crypto";
import { Clock } from "./clock.ts";
import type { Emulation } from "./emulation.ts";
import { type GlobalKey, Identities } from "./identity.ts";
import type { EmulatorOptions } from "./options.ts";
import { RequestLog } from "./requestLog.ts";
import { adminEmail } from "./routes/author.ts";
import type { SavedState, Source, StateFile } from "./saving/stateFile.ts";
import { Controls } from "./switches/controls.ts";
import type { DemoUpstreams } from "./upstreams/demo.ts";
import { World } from "./world/world.ts";

/** The parts, without an account yet. */
export function assemble(
  options: EmulatorOptions,
  upstreams: DemoUpstreams,
  file: StateFile | undefined,
  globalKey: GlobalKey | undefined,
): Emulation {
  const clock = new Clock();
  const key = randomBytes(19).toString("hex").slice(0, 37);
  return {
    clock,
    world: new World(clock),
    controls: new Controls(options.latency ?? 0, options.syncLatency ?? 0),
    identities: new Identities(globalKey ?? { email: adminEmail, key }),
    log: new RequestLog(),
    resolve: upstreams.host.resolve,
    saved: async () => file?.saved(),
  };
}

/** Puts back what a state file held. */
export function restore(
  { world, identities }: Emulation,
  upstreams: DemoUpstreams,
  saved: SavedState,
) {
  for (const token of saved.tokens) {
    identities.add(token);
  }
  for (const { id, name, createdOn, servers, portals } of saved.accounts) {
    const tenant = world.addTenant(id, name, createdOn);
    for (const server of servers) {
      world.putServer(tenant, server);
    }
    for (const portal of portals) {
      world.putPortal(tenant, portal);
    }
  }
  upstreams.expireCredentials();
}

/** What a state file is to hold. */
export function sourceOf({ world, identities }: Emulation): Source {
  return {
    version: () => world.version,
    snapshot: () => ({
      version: 1,
      globalKey: identities.globalKey,
      tokens: [...identities.tokens.values()],
      accounts: [...world.tenants.values()].map(({ id, name, createdOn, servers, portals }) => ({
        id,
        name,
        createdOn,
        servers: servers.list(),
        portals: portals.list(),
      })),
    }),
  };
}
