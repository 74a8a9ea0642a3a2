import { mapConcurrent } from "../../base/async.ts";
import type { CallOptions } from "../../domain/cloudflareClient.ts";
import type { Portal } from "../../domain/portals/portal.ts";
import { type KnownFacts, PERMISSIONS } from "../../domain/reach/chain.ts";
import { dnsFacts, look, type ReachClient, readApps, readDns } from "./look.ts";
import { ZoneFinder } from "./zoneFinder.ts";

const CONCURRENT = 2;

/**
 * What stands beside portals, by their ids. What the credential may not read is no failure. Rejects
 * only when it is aborted.
 */
export async function readBeside(
  api: ReachClient,
  portals: readonly Portal[],
  call: CallOptions = {},
): Promise<ReadonlyMap<string, KnownFacts>> {
  const hostnames = portals.map(({ hostname }) => hostname);
  const zones = new ZoneFinder(api);
  const servers = new Set(portals.flatMap(({ mappings }) => [...mappings.keys()]));
  const [apps, read] = await Promise.all([
    look(PERMISSIONS.access, () => readApps(api, hostnames, [...servers], call)),
    mapConcurrent(0, portals.length - 1, CONCURRENT, call.signal, {
      run: (index, signal) => readDns(api, hostnames[index] ?? "", { ...call, signal }, zones),
      isLast: () => false,
    }),
  ]);
  return new Map(
    portals.flatMap(({ id, hostname }, index) => {
      const dns = read[index];
      return dns === undefined
        ? []
        : [[id, { hostname, apps, dns: dnsFacts(dns), probe: undefined }]];
    }),
  );
}
