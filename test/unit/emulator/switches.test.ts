import assert from "node:assert/strict";
import type { SwitchChange } from "../../../src/emulator/switches/schemas.ts";
import {
  call,
  emulatorPerTest,
  list,
  names,
  object,
  readServer,
  register,
  until,
} from "./support/calling.ts";

const docs = "https://docs.harborlane.example/mcp";

describe("emulator: the switch", () => {
  const emulator = emulatorPerTest();
  const all = (behaviours: NonNullable<SwitchChange["all"]>) =>
    emulator().control.switches({ all: behaviours });
  const sync = () => call(emulator(), "POST", "/servers/up/sync");
  const put = (body: unknown) => call(emulator(), "PUT", "/servers/up", body);
  beforeEach(() => register(emulator(), docs));

  for (const [duplicateId, status, code] of [
    ["400", 400, 7001],
    ["409", 409, 7006],
    ["500", 500, 7000],
  ] as const) {
    it(`duplicateId: ${duplicateId} answers an id that exists`, async () => {
      all({ duplicateId });
      const body = { id: "up", name: "Up", hostname: docs, auth_type: "unauthenticated" };
      const reply = await call(emulator(), "POST", "/servers", body);
      assert.deepEqual(
        [reply.status, object(list(reply.body["errors"])[0])["code"]],
        [status, code],
      );
    });
  }

  it("put: replace clears what a PUT leaves out", async () => {
    await put({ description: "old", updated_tools: [{ name: "a" }] });
    all({ put: "replace" });
    await put({ name: "New" });
    const { name, description, updated_tools } = await readServer(emulator(), "up");
    assert.deepEqual([name, description, updated_tools], ["New", null, []]);
  });

  it("ignoreFields drops whole fields and fields inside entries", async () => {
    all({ ignoreFields: ["description", "updated_tools.alias"] });
    const reply = await put({
      description: "lost",
      name: "Kept",
      updated_tools: [{ name: "a", alias: "lost", enabled: false }],
    });
    assert.deepEqual([reply.status, reply.body["success"]], [200, true]);
    const { name, description, updated_tools } = await readServer(emulator(), "up");
    assert.deepEqual(
      [name, description, updated_tools],
      ["Kept", null, [{ name: "a", enabled: false }]],
    );
    assert.equal((await put({ description: "lost again" })).status, 200);
  });

  it("ignoreFields writes nothing where nothing is left", async () => {
    all({ ignoreFields: ["description", "constructor"] });
    assert.equal((await put({})).status, 500);
    assert.equal((await put({ hostname: "https://other.example/mcp" })).status, 500);
    const lost = { description: "lost", hostname: "https://other.example/mcp" };
    assert.equal((await put(lost)).status, 200);
    const portal = { id: "p", name: "P", hostname: "p.example.com", servers: [] };
    await call(emulator(), "POST", "/portals", portal);
    assert.equal((await call(emulator(), "PUT", "/portals/p", {})).status, 500);
    const reply = await call(emulator(), "PUT", "/portals/p", { description: "lost" });
    assert.equal(reply.status, 200);
  });

  it("modifiedAtStandsStill keeps modified_at", async () => {
    const before = await readServer(emulator(), "up");
    emulator().control.advance(1000);
    await put({ name: "Moved" });
    const moved = await readServer(emulator(), "up");
    assert.notEqual(moved["modified_at"], before["modified_at"]);
    all({ modifiedAtStandsStill: true });
    emulator().control.advance(1000);
    await put({ name: "Still" });
    assert.equal((await readServer(emulator(), "up"))["modified_at"], moved["modified_at"]);
  });

  it("nullClears lets null clear a value", async () => {
    all({ nullClears: true });
    await put({ updated_tools: [{ name: "a", alias: null, description: "" }] });
    assert.deepEqual((await readServer(emulator(), "up"))["updated_tools"], [{ name: "a" }]);
  });

  it("nullCatalogue and emptyOverrides can hold for one server only", async () => {
    await register(emulator(), docs, { id: "other" });
    emulator().control.switches({
      servers: { up: { nullCatalogue: true, emptyOverrides: "null" } },
    });
    const record = await readServer(emulator(), "up");
    assert.deepEqual(
      [record["tools"], record["prompts"], record["updated_tools"], record["updated_prompts"]],
      [null, null, null, null],
    );
    const other = await readServer(emulator(), "other");
    assert.deepEqual([other["tools"], other["updated_tools"]], [[], []]);
    emulator().control.switches({ servers: { up: { emptyOverrides: "absent" } } });
    assert(!("updated_tools" in (await readServer(emulator(), "up"))));
  });

  it("listCatalogue: absent leaves catalogues out of lists", async () => {
    all({ listCatalogue: "absent" });
    const listed = object(list((await call(emulator(), "GET", "/servers")).body["result"])[0]);
    assert(!("tools" in listed) && !("prompts" in listed));
    assert("tools" in (await readServer(emulator(), "up")));
  });

  for (const [vanishedOverrides, expected] of [
    ["drop", []],
    ["dropAlias", [{ name: "gone", enabled: false }]],
    ["keep", [{ name: "gone", alias: "x", enabled: false }]],
  ] as const) {
    it(`vanishedOverrides: ${vanishedOverrides} decides about overrides of tools that are gone`, async () => {
      all({ vanishedOverrides });
      await put({ updated_tools: [{ name: "gone", alias: "x", enabled: false }] });
      await sync();
      assert.deepEqual((await readServer(emulator(), "up"))["updated_tools"], expected);
    });
  }

  it("syncRefreshesNothing lets a sync succeed without an effect", async () => {
    all({ syncRefreshesNothing: true });
    const reply = await sync();
    assert.equal(reply.body["success"], true);
    const { tools, last_synced, last_successful_sync } = await readServer(emulator(), "up");
    assert.deepEqual([tools, typeof last_synced, last_successful_sync], [[], "string", undefined]);
  });

  it("readyWithError leaves an error beside the status ready", async () => {
    all({ readyWithError: "prompts could not be listed" });
    const reply = await sync();
    const result = { status: "ready", error: "prompts could not be listed" };
    assert.deepEqual(reply.body, { success: true, result });
  });

  for (const [failedSync, status, success] of [
    ["200-false", 200, false],
    ["200-true", 200, true],
    ["502", 502, false],
  ] as const) {
    it(`failedSync: ${failedSync} answers a sync that failed`, async () => {
      emulator().control.write({
        server: "up",
        patch: { hostname: "https://wiki.harborlane.example/" },
      });
      all({ failedSync });
      const reply = await sync();
      assert.deepEqual([reply.status, reply.body["success"]], [status, success]);
      assert.equal(object(reply.body["result"])["error"], "unable to connect");
    });
  }

  it("unauthorizedSync: error makes a refused sign-in an error", async () => {
    all({ unauthorizedSync: "error" });
    await put({ auth_type: "oauth" });
    assert.equal(object((await sync()).body["result"])["status"], "error");
  });

  it("discoverOnCreate syncs a server when it is created", async () => {
    all({ discoverOnCreate: true });
    await register(emulator(), docs, { id: "found" });
    await until(async () => (await readServer(emulator(), "found"))["status"] === "ready");
    assert.notEqual(list((await readServer(emulator(), "found"))["tools"]).length, 0);
  });

  it("deleteInUse decides about deleting a server that a portal uses", async () => {
    const portal = {
      id: "p",
      name: "P",
      hostname: "p.example.com",
      servers: [{ server_id: "up" }],
    };
    await call(emulator(), "POST", "/portals", portal);
    all({ deleteInUse: "refuse" });
    assert.equal((await call(emulator(), "DELETE", "/servers/up")).status, 400);
    all({ deleteInUse: "detach" });
    assert.equal((await call(emulator(), "DELETE", "/servers/up")).status, 200);
    const read = await call(emulator(), "GET", "/portals/p");
    assert.deepEqual(object(read.body["result"])["servers"], []);
  });

  it("portalServerId: absent leaves server_id out", async () => {
    all({ portalServerId: "absent" });
    const portal = {
      id: "p",
      name: "P",
      hostname: "p.example.com",
      servers: [{ server_id: "up" }],
    };
    const reply = await call(emulator(), "POST", "/portals", portal);
    const attached = object(list(object(reply.body["result"])["servers"])[0]);
    assert(!("server_id" in attached));
    assert.equal(attached["id"], "up");
  });

  it("vanishedPortalEntries: dropAlias drops the alias of a tool that is gone", async () => {
    await sync();
    const servers = [
      { server_id: "up", updated_tools: [{ name: "get_page", alias: "x", enabled: false }] },
    ];
    const portal = { id: "p", name: "P", hostname: "p.example.com", servers };
    await call(emulator(), "POST", "/portals", portal);
    all({ vanishedPortalEntries: "dropAlias" });
    emulator().control.write({
      server: "up",
      patch: { hostname: "https://shop.harborlane.example/mcp" },
    });
    await sync();
    const stored = emulator().control.state()[0]?.portals[0]?.servers[0]?.updated_tools;
    assert.deepEqual(stored, [{ name: "get_page", enabled: false }]);
  });

  it("manualCatalogue keeps a catalogue as it was captured, or lets it follow", async () => {
    const authCredentials = JSON.stringify({
      auth_mode: "manual",
      config: {
        authorization_endpoint: "https://id.example/authorize",
        token_endpoint: "https://id.example/token",
      },
      registration_info: {
        client_id: "portal",
        redirect_uris: ["https://mcp.example/callback"],
        token_endpoint_auth_method: "none",
      },
    });
    await register(emulator(), "https://calendar.harborlane.example/mcp", {
      id: "manual",
      auth_type: "oauth",
      auth_credentials: authCredentials,
    });
    const syncManual = () => call(emulator(), "POST", "/servers/manual/sync");
    const before = await readServer(emulator(), "manual");
    assert.deepEqual([before["tools"], before["prompts"]], [null, null]);
    assert.deepEqual((await syncManual()).body, { success: true, result: { status: "waiting" } });
    assert.deepEqual(await readServer(emulator(), "manual"), before);
    await emulator().control.authorizeUser("manual", "cal_grant_1");
    const captured = await readServer(emulator(), "manual");
    assert.equal(captured["status"], "ready");
    assert.equal(list(captured["tools"]).length, 6);
    emulator().control.advance(1000);
    assert.deepEqual((await syncManual()).body, { success: true, result: { status: "ready" } });
    await emulator().control.authorizeUser("manual", "cal_grant_1");
    assert.deepEqual(await readServer(emulator(), "manual"), captured);
    all({ manualCatalogue: "live" });
    await syncManual();
    const live = await readServer(emulator(), "manual");
    assert.notEqual(live["last_synced"], captured["last_synced"]);
  });

  for (const [bearerStatus, expected] of [
    ["not_required", "not_required"],
    ["connected", "connected"],
    ["absent", undefined],
  ] as const) {
    it(`bearerStatus: ${bearerStatus} is what a bearer server tells`, async () => {
      all({ bearerStatus });
      await register(emulator(), docs, { id: "b", auth_type: "bearer", auth_credentials: "x" });
      assert.equal((await readServer(emulator(), "b"))["authentication_status"], expected);
      const { body } = await call(emulator(), "GET", "/servers?search=b");
      assert.equal(object(list(body["result"])[0])["authentication_status"], expected);
    });
  }

  for (const [concurrentSync, code] of [
    ["409", 7006],
    ["429", 7008],
  ] as const) {
    it(`concurrentSync: ${concurrentSync} answers a sync beside another`, async () => {
      all({ concurrentSync, syncLatency: 200 });
      const replies = await Promise.all([sync(), sync()]);
      const refused = replies.filter(({ status }) => status === Number(concurrentSync));
      assert.equal(refused.length, 1);
      assert.equal(object(list(refused[0]?.body["errors"])[0])["code"], code);
      all({ syncLatency: 0 });
      assert.equal((await sync()).status, 200);
    });
  }

  it("maxOverrideDescription limits descriptions on servers and in portals", async () => {
    await sync();
    all({ maxOverrideDescription: 5 });
    const updatedTools = [{ name: "get_page", description: "123456" }];
    assert.equal((await put({ updated_tools: updatedTools })).status, 400);
    const servers = [{ server_id: "up", updated_tools: updatedTools }];
    const portal = { id: "p", name: "P", hostname: "p.example.com", servers };
    const reply = await call(emulator(), "POST", "/portals", portal);
    const error = object(list(reply.body["errors"])[0]);
    assert.equal(error["message"], "String must contain at most 5 character(s)");
    all({ maxOverrideDescription: null });
    assert.equal((await put({ updated_tools: updatedTools })).status, 200);
  });

  it("defaultPerPage sets the size of a page that asks for none", async () => {
    await register(emulator(), docs, { id: "other" });
    all({ defaultPerPage: 1 });
    const { body } = await call(emulator(), "GET", "/servers");
    assert.deepEqual(body["result_info"], { count: 1, page: 1, per_page: 1, total_count: 2 });
    const portals = await call(emulator(), "GET", "/portals");
    assert.equal(object(portals.body["result_info"])["per_page"], 1);
  });

  it("backgroundSync syncs by the emulator's clock", async () => {
    emulator().control.switches({ backgroundSync: 7_200_000 });
    emulator().control.advance(7_199_000);
    assert.equal((await readServer(emulator(), "up"))["status"], "waiting");
    emulator().control.advance(1_000);
    await until(async () => (await readServer(emulator(), "up"))["status"] === "ready");
  });

  it("a write by somebody else between two requests", async () => {
    const match = { method: "GET", path: "/servers/up$" };
    const patch = { name: "Theirs", modified_by: "somebody@example.com" };
    const intervention = { match, when: "after", write: { server: "up", patch } } as const;
    emulator().control.switches({ interventions: [intervention] });
    assert.equal((await readServer(emulator(), "up"))["name"], "Up");
    const reply = await put({ description: "Mine" });
    const { name, description } = object(reply.body["result"]);
    assert.deepEqual([name, description], ["Theirs", "Mine"]);
  });

  it("a server that somebody else deletes just before a write", async () => {
    const match = { method: "PUT" };
    const write = { server: "up", delete: true };
    emulator().control.switches({ interventions: [{ match, when: "before", write }] });
    assert.equal((await put({ name: "Mine" })).status, 404);
  });

  it("puts odd catalogues in place", async () => {
    const tools = [
      { name: "__proto__" },
      { name: "twice" },
      { name: "twice" },
      { title: "no name" },
      null,
    ];
    emulator().control.write({ server: "up", patch: { tools } });
    assert.deepEqual((await readServer(emulator(), "up"))["tools"], tools);
    assert.equal((await put({ updated_tools: [{ name: "twice", alias: "x" }] })).status, 200);
  });

  it("goes back to how it began", async () => {
    all({ nullCatalogue: true });
    emulator().control.resetSwitches();
    assert.deepEqual(names((await readServer(emulator(), "up"))["tools"]), []);
  });
});
