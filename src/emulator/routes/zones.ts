import { mayUse, type Principal, refuse } from "../identity.ts";
import { type DnsRecord, dnsRecordSchema, newHexId, type ZoneRecord } from "../state/access.ts";
import type { Account } from "../state/accounts.ts";
import { type Answer, general } from "../wire/answers.ts";
import { created, listed, parse } from "./access.ts";
import type { Call, Route } from "./call.ts";

/** Zones and DNS records, as far as a portal's host needs them. */
export const zoneRoutes: readonly Route[] = [
  { method: "GET", path: "/zones", needs: "zone:read", handle: listZones },
  { method: "GET", path: "/zones/:zone", needs: "zone:read", handle: readZone },
  { method: "GET", path: "/zones/:zone/dns_records", needs: "dns:read", handle: listRecords },
  { method: "POST", path: "/zones/:zone/dns_records", needs: "dns:edit", handle: createRecord },
  { method: "PUT", path: "/zones/:zone/dns_records/:id", needs: "dns:edit", handle: updateRecord },
  {
    method: "DELETE",
    path: "/zones/:zone/dns_records/:id",
    needs: "dns:edit",
    handle: deleteRecord,
  },
];

interface Place {
  readonly account: Account;
  readonly zone: ZoneRecord;
}

function listZones(call: Call): Answer {
  const { name, "account.id": accountId } = call.query;
  const found = zones(call).filter(({ account, zone }) => {
    return (name ?? zone.name) === zone.name && (accountId ?? account.id) === account.id;
  });
  return listed(found.map(viewOf), call.query);
}

function readZone(call: Call): Answer {
  return general(viewOf(find(call)));
}

function listRecords(call: Call): Answer {
  const { account, zone } = find(call);
  const { name, type } = call.query;
  const records = account.dnsRecords.list().filter((record) => {
    const isNamed = (name ?? record.name) === record.name;
    return record.zone_id === zone.id && isNamed && (type ?? record.type) === record.type;
  });
  return listed(records.map(withoutZone), call.query);
}

const recordBody = dnsRecordSchema.omit({ id: true, zone_id: true });

function createRecord(call: Call): Answer {
  const { account, zone } = find(call);
  const body = parse(recordBody, call.body);
  const twin = account.dnsRecords.list().some(({ name, type }) => {
    return name === body.name && (type === "CNAME" || body.type === "CNAME");
  });
  if (twin) {
    const message =
      "An A, AAAA, or CNAME record with that host already exists. For more details, refer to <https://developers.cloudflare.com/dns/manage-dns-records/troubleshooting/records-with-same-name/>.";
    throw refuse(400, { code: 81053, message });
  }
  const record: DnsRecord = { ...body, id: newHexId(), zone_id: zone.id };
  call.emulation.store.put(account.dnsRecords, record);
  return { ...created(withoutZone(record)), status: 200 };
}

function updateRecord(call: Call): Answer {
  const { account, record } = findRecord(call);
  const after: DnsRecord = {
    ...parse(recordBody, call.body),
    id: record.id,
    zone_id: record.zone_id,
  };
  call.emulation.store.put(account.dnsRecords, after);
  return general(withoutZone(after));
}

function deleteRecord(call: Call): Answer {
  const { account, record } = findRecord(call);
  call.emulation.store.delete(account.dnsRecords, record.id);
  return general({ id: record.id });
}

/** Zones of the accounts that the credential may use. */
function zones({ emulation, principal }: Call): readonly Place[] {
  return [...emulation.store.accounts.values()]
    .filter((account) => isUsable(principal, account))
    .flatMap((account) => account.zones.list().map((zone) => ({ account, zone })));
}

function isUsable(principal: Principal, account: Account): boolean {
  return mayUse(principal, account.id);
}

function find(call: Call): Place {
  const place = zones(call).find(({ zone }) => zone.id === call.params["zone"]);
  if (!place) {
    const message = "Invalid zone identifier";
    throw refuse(404, { code: 7003, message });
  }
  return place;
}

function findRecord(call: Call): { readonly account: Account; readonly record: DnsRecord } {
  const { account, zone } = find(call);
  const record = account.dnsRecords.get(call.params["id"] ?? "");
  if (!record || record.zone_id !== zone.id) {
    throw refuse(404, { code: 81044, message: "Record does not exist." });
  }
  return { account, record };
}

function viewOf({ account, zone }: Place) {
  const { id, name } = account;
  return { ...zone, status: "active", paused: false, type: "full", account: { id, name } };
}

function withoutZone({ zone_id: _zone, ...record }: DnsRecord) {
  return { ...record, proxiable: record.type !== "TXT", tags: [] };
}
