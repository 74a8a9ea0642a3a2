import { mapConcurrent } from "../../base/async.ts";
import { type AccessApp, appOfPortal, appOfServer } from "../../domain/access/accessApp.ts";
import type { DnsRecord, Zone } from "../../domain/access/dns.ts";
import { isApiError, isCancelled } from "../../domain/apiError.ts";
import type { CallOptions, CloudflareClient } from "../../domain/cloudflareClient.ts";
import { reasonOf } from "../../domain/diagnosis/apiErrors.ts";
import { denialOf } from "../../domain/diagnosis/denials.ts";
import { type DnsFacts, type Looked, PERMISSIONS } from "../../domain/reach/chain.ts";
import { ZoneFinder } from "./zoneFinder.ts";

/** The calls that look at what surrounds a portal. */
export type ReachClient = Pick<
  CloudflareClient,
  | "listAccessApps"
  | "listAccessPolicies"
  | "findZone"
  | "listDnsRecords"
  | "probePortal"
  | "portalEndpoint"
>;

/**
 * The zone of a host, and the host's records in it; no zone where none can be seen.
 * @param zones shared by all hosts of one look
 */
export async function readDns(
  api: Pick<ReachClient, "findZone" | "listDnsRecords">,
  hostname: string,
  call: CallOptions,
  zones = new ZoneFinder(api),
): Promise<Looked<FoundRecords>> {
  const zone = await look(PERMISSIONS.zone, () => zones.of(hostname, call));
  if (zone.kind !== "read") {
    return zone;
  }
  const found = zone.value;
  if (found === undefined) {
    return { kind: "read", value: { zone: undefined, records: [] } };
  }
  return look(PERMISSIONS.dns, async () => ({
    zone: found,
    records: await api.listDnsRecords(found.id, hostname.toLowerCase(), call),
  }));
}

/** What the links need of the records that were found. */
export function dnsFacts(dns: Looked<FoundRecords>): Looked<DnsFacts> {
  return dns.kind === "read"
    ? { kind: "read", value: { zone: dns.value.zone?.name, records: dns.value.records } }
    : dns;
}

export interface FoundRecords {
  readonly zone: Zone | undefined;
  readonly records: readonly DnsRecord[];
}

/**
 * All applications of the account, with the policies of those of the hosts and servers, which the list
 * doesn't always hold.
 */
export async function readApps(
  api: Pick<ReachClient, "listAccessApps" | "listAccessPolicies">,
  hostnames: readonly string[],
  servers: readonly string[],
  call: CallOptions,
): Promise<readonly AccessApp[]> {
  const { items, rejected } = await api.listAccessApps(call);
  // It may be the very application that would seem to be missing.
  if (rejected[0] !== undefined) {
    throw rejected[0].error;
  }
  const ofPortals = hostnames.flatMap((hostname) => appOfPortal(items, hostname) ?? []);
  const ofServers = servers.flatMap((id) => appOfServer(items, id) ?? []);
  const wanting = [...new Set([...ofPortals, ...ofServers])].filter(
    ({ policies }) => policies === undefined,
  );
  const policies = new Map(
    await mapConcurrent(0, wanting.length - 1, CONCURRENT, call.signal, {
      run: async (index, signal) => {
        const id = wanting[index]?.id ?? "";
        return [id, await api.listAccessPolicies(id, { ...call, signal })] as const;
      },
      isLast: () => false,
    }),
  );
  return items.map((app) => {
    const read = policies.get(app.id);
    return read === undefined ? app : { ...app, policies: read };
  });
}

const CONCURRENT = 4;

/**
 * What was read, or why it couldn't be. Rejects only when it is aborted.
 * @param permission Cloudflare's name of what it needs
 */
export async function look<T>(permission: string, read: () => Promise<T>): Promise<Looked<T>> {
  try {
    return { kind: "read", value: await read() };
  } catch (error) {
    if (isCancelled(error)) {
      throw error;
    }
    return isDenied(error)
      ? { kind: "denied", permission }
      : { kind: "failed", why: reasonOf(error) };
  }
}

/** Cloudflare refuses some endpoints with the words for a wrong token, although it is right. */
function isDenied(error: unknown): boolean {
  return (
    isApiError(error) &&
    (error.kind === "forbidden" || error.kind === "auth") &&
    error.reason === "refused" &&
    denialOf(error.problems) === undefined
  );
}
