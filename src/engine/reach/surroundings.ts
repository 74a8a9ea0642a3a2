import { mapConcurrent } from "../../base/async.ts";
import { type AccessApp, appOfPortal, appOfServer } from "../../domain/access/accessApp.ts";
import type { CallOptions } from "../../domain/cloudflareClient.ts";
import type { Portal } from "../../domain/portals/portal.ts";
import { type Looked, PERMISSIONS } from "../../domain/reach/chain.ts";
import type { PortalRecord } from "../../domain/terraform/dnsBlocks.ts";
import { look, type ReachClient, readApps, readDns } from "./look.ts";
import { ZoneFinder } from "./zoneFinder.ts";

/** The resources beside servers and portals, by which users reach them. */
export interface Surroundings {
  /** Those of the portals and of the servers, with their policies. */
  readonly apps: Looked<readonly AccessApp[]>;
  /** The CNAME records of the portals' hosts. */
  readonly records: Looked<readonly PortalRecord[]>;
}

const CONCURRENT = 4;

/**
 * Reads what stands beside all portals and servers of an account. What the credential may not read is
 * told and no failure. Rejects only when it is aborted.
 */
export async function readSurroundings(
  api: Omit<ReachClient, "probePortal">,
  portals: readonly Portal[],
  serverIds: readonly string[],
  call: CallOptions = {},
): Promise<Surroundings> {
  const hostnames = portals.map(({ hostname }) => hostname);
  const [apps, records] = await Promise.all([
    look(PERMISSIONS.access, () => readApps(api, hostnames, serverIds, call)),
    readRecords(api, hostnames, call),
  ]);
  return {
    apps: apps.kind === "read" ? ofInterest(apps.value, hostnames, serverIds) : apps,
    records,
  };
}

function ofInterest(
  apps: readonly AccessApp[],
  hostnames: readonly string[],
  serverIds: readonly string[],
): Looked<readonly AccessApp[]> {
  const wanted = [
    ...hostnames.flatMap((hostname) => appOfPortal(apps, hostname) ?? []),
    ...serverIds.flatMap((id) => appOfServer(apps, id) ?? []),
  ];
  return { kind: "read", value: [...new Set(wanted)] };
}

/** The first of the hosts that can't be looked at stands for all. */
async function readRecords(
  api: Pick<ReachClient, "findZone" | "listDnsRecords">,
  hostnames: readonly string[],
  call: CallOptions,
): Promise<Looked<readonly PortalRecord[]>> {
  const zones = new ZoneFinder(api);
  const looked = await mapConcurrent(0, hostnames.length - 1, CONCURRENT, call.signal, {
    run: (index, signal) => readDns(api, hostnames[index] ?? "", { ...call, signal }, zones),
    isLast: (found) => found.kind !== "read",
  });
  const records: PortalRecord[] = [];
  for (const found of looked) {
    if (found.kind !== "read") {
      return found;
    }
    const { zone, records: ofHost } = found.value;
    if (zone !== undefined) {
      const names = ofHost.filter(({ type }) => type === "CNAME");
      records.push(...names.map((record) => ({ ...record, zoneId: zone.id })));
    }
  }
  return { kind: "read", value: [...new Map(records.map((one) => [one.id, one])).values()] };
}
