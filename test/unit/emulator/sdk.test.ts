import assert from "node:assert/strict";
import Cloudflare, {
  APIConnectionError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  InternalServerError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
} from "cloudflare";
import { emulatorForAll } from "./support/calling.ts";

/** Cloudflare's own client, unmodified. What it understands, others will understand too. */
describe("emulator: the official SDK", () => {
  const emulator = emulatorForAll({ seed: "demo" });
  const client = (apiToken = emulator().token) =>
    new Cloudflare({ apiToken, baseURL: emulator().url, maxRetries: 0 });
  const mcp = () => client().zeroTrust.access.aiControls.mcp;
  const account = () => ({ account_id: emulator().accountId });
  afterEach(() => emulator().control.resetSwitches());

  it("creates, reads, changes, syncs and deletes a server", async () => {
    const { servers } = mcp();
    const created = await servers.create({
      ...account(),
      id: "sdk-docs",
      name: "SDK docs",
      hostname: "https://docs.harborlane.example/mcp",
      auth_type: "unauthenticated",
    });
    assert.equal(created.status, "waiting");
    const synced = await servers.sync("sdk-docs", account());
    assert.deepEqual(synced, { status: "ready" });
    const updated = await servers.update("sdk-docs", {
      ...account(),
      description: "By the SDK",
      updated_tools: [{ name: "get_page", alias: "read_page", enabled: false }],
    });
    const read = await servers.read("sdk-docs", account());
    assert.deepEqual(read, updated);
    assert.deepEqual(read.updated_tools, [
      { name: "get_page", alias: "read_page", enabled: false },
    ]);
    assert(read.tools.some((tool) => tool["name"] === "get_page"));
    const deleted = await servers.delete("sdk-docs", account());
    assert.deepEqual(deleted, read);
    await assert.rejects(servers.read("sdk-docs", account()), NotFoundError);
  });

  it("lists with its automatic paging, once each", async () => {
    const ids: string[] = [];
    for await (const server of mcp().servers.list({ ...account(), per_page: 3 })) {
      ids.push(server.id);
    }
    assert.equal(ids.length, 10);
    assert.equal(new Set(ids).size, 10);
  });

  it("creates, reads, changes and deletes a portal", async () => {
    const { portals } = mcp();
    const created = await portals.create({
      ...account(),
      id: "sdk",
      name: "SDK",
      hostname: "sdk.harborlane.example",
      servers: [{ server_id: "shop", updated_tools: [{ name: "get_order", alias: "order" }] }],
    });
    assert.equal(created.code_mode, "opt_in");
    const updated = await portals.update("sdk", { ...account(), code_mode: "enforced" });
    assert.deepEqual(await portals.read("sdk", account()), updated);
    const found: string[] = [];
    for await (const portal of portals.list({ ...account(), search: "sdk" })) {
      found.push(portal.id);
    }
    assert.deepEqual(found, ["sdk"]);
    assert.equal((await portals.delete("sdk", account())).id, "sdk");
    await assert.rejects(portals.read("sdk", account()), NotFoundError);
  });

  it("reads and writes the mappings of a portal", async () => {
    const { portals } = mcp();
    await portals.create({
      ...account(),
      id: "sdk-team",
      name: "SDK team",
      hostname: "sdk-team.harborlane.example",
    });
    const written = await portals.update("sdk-team", {
      ...account(),
      servers: [
        {
          server_id: "shop",
          default_disabled: true,
          on_behalf: false,
          updated_tools: [{ name: "get_order", alias: "order", enabled: true }],
        },
      ],
    });
    const [mapping] = written.servers;
    assert(mapping);
    assert.deepEqual(
      [mapping.server_id, mapping.default_disabled, mapping.on_behalf],
      ["shop", true, false],
    );
    assert.deepEqual(
      mapping.updated_tools?.map(({ name }) => name),
      mapping.tools.map((tool) => tool["name"]),
    );
    const on = mapping.updated_tools?.filter(({ enabled }) => enabled);
    assert.deepEqual(on, [{ name: "get_order", enabled: true, portal_alias: "order" }]);
    const servers = [{ server_id: "shop", updated_tools: [{ name: "gone" }] }];
    await assert.rejects(portals.update("sdk-team", { ...account(), servers }), (error) => {
      assert(error instanceof BadRequestError);
      const path = ["body", "servers", 0, "updated_tools", 0, "name"];
      assert.deepEqual(error.errors, [{ code: 7001, message: "Unknown tool: gone", path }]);
      return true;
    });
    const renamed = await portals.update("sdk-team", { ...account(), name: "Team" });
    assert.deepEqual(renamed.servers, written.servers);
    const again = { id: "sdk-second", name: "Second", hostname: "sdk-team.harborlane.example" };
    await assert.rejects(portals.create({ ...account(), ...again }), BadRequestError);
    await portals.delete("sdk-team", account());
  });

  it("verifies tokens and lists accounts", async () => {
    assert.equal((await client().user.tokens.verify()).status, "active");
    const ofAccount = client(emulator().accountToken).accounts.tokens.verify(account());
    assert.equal((await ofAccount).status, "active");
    const accounts: string[] = [];
    for await (const { id } of client().accounts.list()) {
      accounts.push(id);
    }
    assert.deepEqual(accounts, [emulator().accountId]);
  });

  it("takes the legacy email and key", async () => {
    const { email, key } = emulator().globalKey;
    const legacy = new Cloudflare({
      apiToken: null,
      apiEmail: email,
      apiKey: key,
      baseURL: emulator().url,
      maxRetries: 0,
    });
    const { servers } = legacy.zeroTrust.access.aiControls.mcp;
    assert.equal((await servers.read("docs", account())).id, "docs");
  });

  it("reports errors as its own classes, with code and message", async () => {
    const { servers } = mcp();
    await assert.rejects(
      servers.update("docs", { ...account(), name: "x".repeat(351) }),
      (error) => {
        assert(error instanceof BadRequestError);
        const message = "String must contain at most 350 character(s)";
        assert.deepEqual(error.errors, [{ code: 7001, message, path: ["body", "name"] }]);
        return true;
      },
    );
    const reading = client(emulator().readOnlyToken).zeroTrust.access.aiControls.mcp.servers;
    await assert.rejects(reading.sync("docs", account()), PermissionDeniedError);
    const stranger = client("x".repeat(40));
    await assert.rejects(stranger.user.tokens.verify(), AuthenticationError);
  });

  const again = {
    id: "docs",
    name: "Docs",
    hostname: "https://x.example/",
    auth_type: "bearer",
  } as const;
  for (const [duplicateId, kind] of [
    ["400", BadRequestError],
    ["409", ConflictError],
    ["500", InternalServerError],
  ] as const) {
    it(`reports a duplicate id as ${duplicateId}`, async () => {
      emulator().control.switches({ all: { duplicateId } });
      await assert.rejects(mcp().servers.create({ ...account(), ...again }), kind);
    });
  }

  it("reports faults of the network and the rate limit", async () => {
    const { control } = emulator();
    const match = { path: "/servers/docs$" };
    control.switches({
      faults: [
        { kind: "status", status: 429, retryAfter: 7, match },
        { kind: "status", status: 503, match },
        { kind: "reset", match },
      ],
    });
    const read = () => mcp().servers.read("docs", account());
    await assert.rejects(read(), (error) => {
      assert(error instanceof RateLimitError);
      assert.equal(error.headers.get("retry-after"), "7");
      return true;
    });
    await assert.rejects(read(), InternalServerError);
    await assert.rejects(read(), APIConnectionError);
    assert.equal((await read()).id, "docs");
  });

  it("comes through a fault by its own retries", async () => {
    const retrying = new Cloudflare({ apiToken: emulator().token, baseURL: emulator().url });
    emulator().control.switches({
      faults: [{ kind: "status", status: 429, retryAfter: 0, match: { count: 2 } }],
    });
    emulator().control.clearLog();
    const { servers } = retrying.zeroTrust.access.aiControls.mcp;
    assert.equal((await servers.read("docs", account())).id, "docs");
    assert.deepEqual(
      emulator()
        .control.log()
        .map(({ status }) => status),
      [429, 429, 200],
    );
  });
});
