import assert from "node:assert/strict";
import Cloudflare, { BadRequestError, NotFoundError, PermissionDeniedError } from "cloudflare";
import { emulatorForAll, list, object, send } from "./support/calling.ts";

/** Uses Cloudflare's own client, whose types check the shapes. */
describe("emulator: zones, DNS records and Access", () => {
  const emulator = emulatorForAll({ seed: "demo" });
  const client = (apiToken = emulator().token) =>
    new Cloudflare({ apiToken, baseURL: emulator().url, maxRetries: 0 });
  const account = () => ({ account_id: emulator().accountId });

  async function zoneId(): Promise<string> {
    const zones: string[] = [];
    for await (const { id } of client().zones.list({ name: "harborlane.example" })) {
      zones.push(id);
    }
    assert.equal(zones.length, 1);
    return zones[0] ?? "";
  }

  it("find the zone by name, and the portals' records in it", async () => {
    const zone = await zoneId();
    assert.equal((await client().zones.get({ zone_id: zone })).name, "harborlane.example");
    const records: unknown[] = [];
    for await (const { type, name, content, proxied } of client().dns.records.list({
      zone_id: zone,
    })) {
      records.push([type, name, content, proxied]);
    }
    assert.deepEqual(records, [
      ["CNAME", "mcp.harborlane.example", "gateway.agents.cloudflare.com", true],
      ["CNAME", "support-mcp.harborlane.example", "gateway.agents.cloudflare.com", true],
    ]);
    for await (const zone of client().zones.list({ name: "other.example" })) {
      assert.fail(zone.name);
    }
  });

  it("make, change and delete a record, once a name", async () => {
    const zone = await zoneId();
    const { records } = client().dns;
    const body = { zone_id: zone, type: "CNAME", name: "new.harborlane.example", ttl: 1 } as const;
    const content = "gateway.agents.cloudflare.com";
    const made = await records.create({ ...body, content, proxied: true });
    await assert.rejects(records.create({ ...body, content, proxied: true }), BadRequestError);
    const changed = await records.update(made.id, { ...body, content, proxied: false });
    assert.deepEqual([changed.id, changed.proxied], [made.id, false]);
    await records.delete(made.id, { zone_id: zone });
    await assert.rejects(records.delete(made.id, { zone_id: zone }), NotFoundError);
  });

  it("have an application for each portal and each server", async () => {
    const rows: unknown[] = [];
    for await (const app of client().zeroTrust.access.applications.list(account())) {
      rows.push([app.type, app.name]);
    }
    assert.equal(rows.length, 12);
    assert.deepEqual(rows.slice(0, 2), [
      ["mcp_portal", "Engineering"],
      ["mcp_portal", "Support"],
    ]);
  });

  it("make an application and its policies", async () => {
    const { applications } = client().zeroTrust.access;
    const made = await applications.create({
      ...account(),
      type: "mcp",
      name: "SDK",
      destinations: [{ type: "via_mcp_server_portal", mcp_server_id: "docs" }],
    });
    const appId = String(made.id);
    const policy = await applications.policies.create(appId, {
      ...account(),
      name: "Staff",
      decision: "allow",
      include: [{ email_domain: { domain: "harborlane.example" } }],
    });
    assert.equal(policy.decision, "allow");
    const names: unknown[] = [];
    for await (const { name } of applications.policies.list(appId, account())) {
      names.push(name);
    }
    assert.deepEqual(names, ["Staff"]);
    await applications.policies.delete(String(policy.id), { ...account(), app_id: appId });
    await applications.delete(appId, account());
    await assert.rejects(applications.get(appId, account()), NotFoundError);
  });

  it("list groups, by name too", async () => {
    const { groups } = client().zeroTrust.access;
    const names: unknown[] = [];
    for await (const { name } of groups.list(account())) {
      names.push(name);
    }
    assert.deepEqual(names, ["Engineers", "Support desk"]);
    for await (const { name, include } of groups.list({ ...account(), name: "Engineers" })) {
      assert.deepEqual(
        [name, include],
        ["Engineers", [{ email: { email: "ann@harborlane.example" } }]],
      );
    }
  });

  it("refuse a policy that includes nobody", async () => {
    const { applications } = client().zeroTrust.access;
    for await (const { id, name } of applications.list(account())) {
      if (name === "Docs") {
        const policy = { ...account(), name: "Nobody", decision: "allow", include: [] } as const;
        await assert.rejects(applications.policies.create(String(id), policy), BadRequestError);
        return;
      }
    }
    assert.fail("There is no application of Docs.");
  });

  it("refuse via_mcp_server_portal on a portal's application with 12130", async () => {
    const { accountId } = emulator();
    const reply = await send(emulator(), "POST", `/accounts/${accountId}/access/apps`, {
      type: "mcp_portal",
      name: "Wrong",
      domain: "x.harborlane.example",
      destinations: [{ type: "via_mcp_server_portal", mcp_server_id: "docs" }],
    });
    const [error] = list(reply.body["errors"]).map(object);
    assert.deepEqual([reply.status, error?.["code"]], [400, 12130]);
  });

  it("tell the secret of a service token once", async () => {
    const { serviceTokens } = client().zeroTrust.access;
    const made = await serviceTokens.create({ ...account(), name: "Once" });
    assert.match(String(made.client_secret), /^[0-9a-f]{64}$/);
    for await (const token of serviceTokens.list(account())) {
      assert(!("client_secret" in token));
    }
  });

  it("ask for permissions of their own, one by one", async () => {
    const zone = await zoneId();
    const { accountId } = emulator();
    const apps = `/accounts/${accountId}/access/apps`;
    const calls: readonly [string, string, string][] = [
      ["zone:read", "GET", "/zones"],
      ["dns:read", "GET", `/zones/${zone}/dns_records`],
      ["dns:edit", "POST", `/zones/${zone}/dns_records`],
      ["access:read", "GET", apps],
      ["access:edit", "POST", apps],
      ["groups:read", "GET", `/accounts/${accountId}/access/groups`],
    ];
    const statuses = async (secret: string) => {
      const headers = { authorization: `Bearer ${secret}` };
      const replies = calls.map(([, method, path]) =>
        send(emulator(), method, path, method === "POST" ? {} : undefined, headers),
      );
      return (await Promise.all(replies)).map(({ status }) => status);
    };
    const none = emulator().control.addToken("portals only");
    assert.deepEqual(await statuses(none.secret), [403, 403, 403, 403, 403, 403]);
    for (const [index, expected] of [
      [0, [200, 403, 403, 403, 403, 403]],
      [1, [403, 200, 403, 403, 403, 403]],
      [2, [403, 200, 400, 403, 403, 403]],
      [3, [403, 403, 403, 200, 403, 403]],
      [4, [403, 403, 403, 200, 400, 403]],
      [5, [403, 403, 403, 403, 403, 200]],
    ] as const) {
      const grant = calls[index]?.[0] ?? "";
      const made = await fetch(new URL("/__emulator/tokens", emulator().url), {
        method: "POST",
        headers: { authorization: `Bearer ${emulator().token}` },
        body: JSON.stringify({ name: grant, grants: [grant] }),
      });
      const { secret } = object(await made.json());
      assert.deepEqual(await statuses(String(secret)), expected, grant);
    }
    const other = emulator().control.addToken("elsewhere", {
      grants: ["zone:read"],
      accounts: ["0".repeat(32)],
    });
    const headers = { authorization: `Bearer ${other.secret}` };
    const zones = await send(emulator(), "GET", "/zones", undefined, headers);
    assert.deepEqual(zones.body["result"], []);
    const reading = client(emulator().readOnlyToken).zeroTrust.access.serviceTokens;
    await assert.rejects(reading.create({ ...account(), name: "No" }), PermissionDeniedError);
  });
});
