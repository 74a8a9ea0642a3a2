import * as v from "valibot";
import type { DnsRecord, Zone } from "../domain/access/dns.ts";
import type { AccountId } from "../domain/account.ts";
import type { CloudflareClient } from "../domain/cloudflareClient.ts";
import { listAll, type PageSizes } from "./pagination.ts";
import { lenientBoolean, lenientString, parse, withResponseContext } from "./parse.ts";
import { subjectOf } from "./servers.ts";
import { pathOf, type Transport } from "./transport/call.ts";

/** The most that the list of zones sends at once. */
const ZONES_PER_PAGE = 50;
const RECORDS_PER_PAGE = 100;

interface ZonesRoot {
  readonly transport: Transport;
  readonly pageSizes: PageSizes;
  readonly account: AccountId;
}

/** Zones and DNS records, as far as a portal's host needs them. */
export function createZonesClient({
  transport,
  pageSizes,
  account,
}: ZonesRoot): Pick<CloudflareClient, "findZone" | "listDnsRecords" | "createDnsRecord"> {
  return {
    async findZone(name, options = {}) {
      const [zone] = await listAll({
        transport,
        pageSizes,
        call: { ...options, path: pathOf("zones"), query: { name, "account.id": account } },
        perPage: ZONES_PER_PAGE,
        subject: "the list of zones",
        parse: (value, place): Zone => parse(ZONE_WIRE, value, subjectOf("zone", value, place)),
      });
      return zone;
    },
    listDnsRecords: (zoneId, name, options = {}) =>
      listAll({
        transport,
        pageSizes,
        call: { ...options, path: pathOf("zones", zoneId, "dns_records"), query: { name } },
        perPage: RECORDS_PER_PAGE,
        subject: "the list of DNS records",
        parse: (value, place) => parseRecord(value, subjectOf("DNS record", value, place)),
      }),
    async createDnsRecord(zoneId, record, options = {}) {
      const envelope = await transport.request({
        ...options,
        path: pathOf("zones", zoneId, "dns_records"),
        method: "POST",
        body: record,
        repeat: "never",
      });
      const { result } = envelope;
      return withResponseContext(envelope, () =>
        parseRecord(result, subjectOf("DNS record", result)),
      );
    },
  };
}

/** The time to live by which Cloudflare chooses one itself. It stands for one that is missing. */
const AUTOMATIC = 1;

const ZONE_WIRE = v.object({ id: v.string(), name: v.string() });

const RECORD_WIRE = v.object({
  id: v.string(),
  type: v.string(),
  name: v.string(),
  content: v.nullish(v.string()),
  proxied: lenientBoolean,
  ttl: v.nullish(v.number()),
  comment: lenientString,
});

function parseRecord(value: unknown, subject: string): DnsRecord {
  const { content, proxied, ttl, comment, ...rest } = parse(RECORD_WIRE, value, subject);
  return {
    ...rest,
    content: content ?? "",
    proxied: proxied ?? false,
    ttl: ttl ?? AUTOMATIC,
    comment: comment ?? undefined,
  };
}
