import { deepEqual, equal, ok } from "node:assert/strict";
import { Connector } from "../../../../src/cloudflare/connect.ts";
import type { Audience } from "../../../../src/domain/access/audience.ts";
import { allowPolicy, serverApp } from "../../../../src/domain/access/newAccess.ts";
import { portalRecord } from "../../../../src/domain/access/newDnsRecord.ts";
import { DEFAULT_CLIENTS } from "../../../../src/domain/clients/clientIds.ts";
import type { CloudflareClient, Connection } from "../../../../src/domain/cloudflareClient.ts";
import { type Creation, portalAppFor } from "../../../../src/domain/reach/creation.ts";
import type { TokenOptions } from "../../../../src/emulator/identity.ts";
import { create, readGroups } from "../../../../src/engine/reach/create.ts";
import { readDns } from "../../../../src/engine/reach/look.ts";
import { emulatorPerTest, list, object, send } from "../../emulator/support/calling.ts";
import { portal } from "../../support/portals.ts";

const STAFF: Audience = { kind: "domain", domain: "harborlane.example" };
const DESK = portal({ name: "Desk", hostname: "desk.harborlane.example" });
const PORTAL_APP: Creation = {
  kind: "app",
  app: portalAppFor(DESK, DEFAULT_CLIENTS),
  audience: STAFF,
};

describe("What users need beside a portal, created at the emulator", () => {
  const emulator = emulatorPerTest({ seed: "demo" });
  const open: Connection[] = [];
  afterEach(() => Promise.all(open.splice(0).map((connection) => connection.close())));

  const clientWith = (token: string): CloudflareClient => {
    const { url, accountId } = emulator();
    const connection = new Connector().connect({
      apiRoot: url,
      credential: { kind: "token", token },
      userAgent: "test/1",
    });
    open.push(connection);
    return connection.client(accountId);
  };
  const api = () => clientWith(emulator().token);
  const narrow = (...grants: NonNullable<TokenOptions["grants"]>) =>
    clientWith(emulator().control.addToken("narrow", { grants }).secret);

  const call = async (method: string, path: string, body?: unknown) => {
    const reply = await send(emulator(), method, path, body);
    ok(reply.status < 300, `${method} ${path}: ${reply.status}`);
    return reply.body["result"];
  };
  const apps = async () =>
    list(await call("GET", `/accounts/${emulator().accountId}/access/apps`)).map(object);
  const appNamed = async (name: string) => {
    const found = (await apps()).filter((app) => app["name"] === name);
    equal(found.length, 1, name);
    return found[0] ?? {};
  };
  const writes = () =>
    emulator()
      .control.log()
      .filter(({ method }) => method === "POST")
      .map(({ path, body }) => [path.replace(/[\da-f-]{32,36}/gu, "*"), body]);
  const denied = (permission: string) => ({ kind: "denied", permission });

  it("are a record in the zone, as it was planned", async () => {
    const dns = await readDns(api(), DESK.hostname, {});
    const zone = dns.kind === "read" ? dns.value.zone : undefined;
    ok(zone !== undefined);
    const record = portalRecord(DESK.hostname);
    const creation: Creation = { kind: "dnsRecord", zone, record };
    deepEqual(await create(api(), creation), { kind: "created" });
    deepEqual(writes(), [["/zones/*/dns_records", record]]);
    const [made] = await api().listDnsRecords(zone.id, DESK.hostname);
    deepEqual([made?.content, made?.proxied], [record.content, true]);
    const again = await create(api(), creation);
    equal(again.kind === "failed" && again.why.kind, "failed");
    deepEqual(await create(narrow("zone:read", "dns:read"), creation), {
      kind: "failed",
      why: denied("DNS Edit"),
      isHalf: false,
    });
  });

  it("are an application and after it its policy", async () => {
    deepEqual(await create(api(), PORTAL_APP), { kind: "created" });
    deepEqual(writes(), [
      ["/accounts/*/access/apps", PORTAL_APP.app],
      ["/accounts/*/access/apps/*/policies", allowPolicy(STAFF)],
    ]);
    const made = await appNamed("Desk");
    deepEqual(list(made["policies"]).length, 1);
    deepEqual(await create(api(), PORTAL_APP), { kind: "exists" });
    equal(writes().length, 2);
  });

  it("aren't created a second time for a server", async () => {
    const app = serverApp({ id: "docs", name: "Docs again" });
    deepEqual(await create(api(), { kind: "app", app, audience: STAFF }), { kind: "exists" });
    deepEqual(writes(), []);
  });

  it("are half there where the policy is refused", async () => {
    emulator().control.switches({
      faults: [
        {
          kind: "status",
          status: 403,
          code: 10000,
          message: "Authentication error",
          match: { method: "POST", path: "/policies$" },
        },
      ],
    });
    deepEqual(await create(api(), PORTAL_APP), {
      kind: "failed",
      why: denied("Access: Apps and Policies Edit"),
      isHalf: true,
    });
    deepEqual(list((await appNamed("Desk"))["policies"]), []);
  });

  it("are a policy of an application that has none", async () => {
    const app = await appNamed("Docs");
    const creation: Creation = {
      kind: "policy",
      app: { id: String(app["id"]), name: "Docs" },
      audience: STAFF,
    };
    deepEqual(await create(narrow("access:read"), creation), {
      kind: "failed",
      why: denied("Access: Apps and Policies Edit"),
      isHalf: false,
    });
    deepEqual(await create(api(), creation), { kind: "created" });
    deepEqual(await create(api(), creation), { kind: "exists" });
    deepEqual(list((await appNamed("Docs"))["policies"]).length, 1);
  });

  it("need the right to read what is there", async () => {
    deepEqual(await create(narrow(), PORTAL_APP), {
      kind: "failed",
      why: denied("Access: Apps and Policies Read"),
      isHalf: false,
    });
    deepEqual(writes(), []);
  });

  it("can be shared with groups, except those that stand for everyone", async () => {
    const real = api();
    const everyone = { id: "all", name: "All", include: [{ kind: "everyone" }] } as const;
    const looked = await readGroups({
      listAccessGroups: async (call) => [everyone, ...(await real.listAccessGroups(call))],
    });
    deepEqual(looked.kind === "read" && looked.value.map(({ name }) => name), [
      "Engineers",
      "Support desk",
    ]);
    deepEqual(
      await readGroups(narrow("access:edit")),
      denied("Access: Organizations, Identity Providers, and Groups Read"),
    );
  });
});
