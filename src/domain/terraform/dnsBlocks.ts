import type { DnsRecord } from "../access/dns.ts";
import type { AccessBlocks } from "./accessBlocks.ts";
import { given, importBlock, labelled, resourceBlock } from "./blocks.ts";

const RECORD_TYPE = "cloudflare_dns_record";

/** A record by which a portal's host is found. */
export interface PortalRecord extends DnsRecord {
  readonly zoneId: string;
}

export function dnsBlocks(records: readonly PortalRecord[]): AccessBlocks {
  const named = [...labelled(records, ({ name }) => name)];
  return {
    resources: named.map(([label, record]) =>
      resourceBlock(RECORD_TYPE, label, [
        ["zone_id", record.zoneId],
        ["name", record.name],
        ["type", record.type],
        ["content", record.content],
        ["ttl", record.ttl],
        ["proxied", record.proxied],
        ...given("comment", record.comment),
      ]),
    ),
    imports: named.map(([label, { zoneId, id }]) =>
      importBlock(RECORD_TYPE, label, `${zoneId}/${id}`),
    ),
  };
}
