import assert from "node:assert/strict";
import * as z from "zod";
import type { Offer } from "../../../src/emulator/upstreams/spec.ts";
import {
  call,
  emulatorForAll,
  emulatorPerTest,
  type Json,
  list,
  names,
  object,
  type Reply,
  register,
} from "./support/calling.ts";
import { closeUpstreams, mcpUpstream } from "./support/upstream.ts";

const portal = { id: "team", name: "Team", hostname: "mcp.team.example" };

describe("emulator: portals", () => {
  const emulator = emulatorForAll({ seed: "demo" });
  afterEach(async () => {
    await call(emulator(), "DELETE", "/portals/team");
  });

  const create = (more: object = {}) =>
    call(emulator(), "POST", "/portals", { ...portal, ...more });

  it("creates with the documented defaults, reads them back, and deletes without servers", async () => {
    const created = await create();
    assert.equal(created.status, 201);
    const result = object(created.body["result"]);
    const { code_mode, allow_code_mode, secure_web_gateway, servers } = result;
    assert.deepEqual(
      [code_mode, allow_code_mode, secure_web_gateway, servers],
      ["opt_in", true, false, []],
    );
    const read = await call(emulator(), "GET", "/portals/team");
    assert.deepEqual(read.body, { success: true, result });
    const deleted = await call(emulator(), "DELETE", "/portals/team");
    assert.equal(deleted.status, 200);
    assert.deepEqual(Object.keys(object(deleted.body["result"])).includes("servers"), false);
    assert.equal((await call(emulator(), "GET", "/portals/team")).status, 404);
  });

  it("answers with whole servers and one entry a synced tool, both layers side by side", async () => {
    const reply = await create({
      servers: [
        { server_id: "tickets", default_disabled: true },
        {
          server_id: "observability",
          on_behalf: false,
          updated_tools: [
            { name: "query_logs", alias: "search_logs", description: "Logs", enabled: false },
          ],
        },
      ],
    });
    const [observability, tickets] = list(object(reply.body["result"])["servers"]).map(object);
    assert(observability && tickets);
    assert.deepEqual(
      [observability["server_id"], observability["id"], observability["on_behalf"]],
      ["observability", "observability", false],
    );
    const entries = list(observability["updated_tools"]).map(object);
    assert.deepEqual(names(entries), names(observability["tools"]));
    assert.deepEqual(entries.slice(0, 3), [
      {
        name: "query_metrics",
        enabled: true,
        server_alias: "metrics",
        server_description: "Evaluates a metrics expression.",
      },
      {
        name: "query_logs",
        enabled: false,
        portal_alias: "search_logs",
        portal_description: "Logs",
        server_alias: "logs",
      },
      { name: "get_trace", enabled: true },
    ]);
    const hidden = list(tickets["updated_tools"]).map((entry) => object(entry)["enabled"]);
    assert.deepEqual([...new Set(hidden)], [false]);
  });

  it("merges keys and replaces the servers on a PUT", async () => {
    await create({ description: "old", servers: [{ server_id: "docs" }, { server_id: "shop" }] });
    const reply = await call(emulator(), "PUT", "/portals/team", {
      name: "New",
      servers: [{ server_id: "shop" }],
    });
    const result = object(reply.body["result"]);
    assert.deepEqual([result["name"], result["description"]], ["New", "old"]);
    assert.deepEqual(names(result["servers"]), ["Shop"]);
  });

  it("searches id, name and hostname", async () => {
    await create();
    const reply = await call(emulator(), "GET", "/portals?search=team.example");
    assert.deepEqual(names(reply.body["result"]), ["Team"]);
    assert.deepEqual(reply.body["result_info"], {
      count: 1,
      page: 1,
      per_page: 20,
      total_count: 1,
    });
  });

  const disagree =
    "code_mode and allow_code_mode disagree. Send only code_mode, or a consistent pair.";
  const refusals: readonly [string, object, string][] = [
    ["a URL as its hostname", { hostname: "https://mcp.team.example" }, "Invalid"],
    [
      "a hostname of another portal in other letters",
      { hostname: "MCP.Harborlane.example" },
      "This hostname is already in use in a different MCP Portal",
    ],
    [
      "a hostname of another portal",
      { hostname: "mcp.harborlane.example" },
      "This hostname is already in use in a different MCP Portal",
    ],
    ["a code mode that disagrees", { code_mode: "off", allow_code_mode: true }, disagree],
    [
      "a code mode that disagrees the other way",
      { code_mode: "enforced", allow_code_mode: false },
      disagree,
    ],
    ["a server that doesn't exist", { servers: [{ server_id: "nope" }] }, "Unknown server: nope"],
    [
      "a tool that its server doesn't have",
      { servers: [{ server_id: "docs", updated_tools: [{ name: "nope" }] }] },
      "Unknown tool: nope",
    ],
    [
      "81 servers",
      { servers: Array.from({ length: 81 }, () => ({ server_id: "docs" })) },
      "Array must contain at most 80 element(s)",
    ],
  ];
  for (const [what, more, message] of refusals) {
    it(`refuses ${what}`, async () => {
      assert.deepEqual(refusal(await create(more)), [400, 7001, message]);
    });
  }

  it("understands the deprecated boolean alone", async () => {
    const off = await create({ allow_code_mode: false });
    assert.equal(object(off.body["result"])["code_mode"], "off");
    const on = await call(emulator(), "PUT", "/portals/team", { allow_code_mode: true });
    assert.equal(object(on.body["result"])["code_mode"], "opt_in");
  });
});

describe("emulator: the mappings of a portal", () => {
  const emulator = emulatorPerTest();
  let offered = ["a", "b", "c"];
  const offer = (): Offer => ({
    title: "Up",
    version: "1",
    tools: offered.map((name) => ({ name, input: z.object({}) })),
    prompts: [{ name: "ask", description: "Asks" }],
  });
  const sync = () => call(emulator(), "POST", "/servers/up/sync");
  const write = (mapping: object) =>
    call(emulator(), "PUT", "/portals/team", { servers: [{ server_id: "up", ...mapping }] });
  beforeEach(async () => {
    offered = ["a", "b", "c"];
    await register(emulator(), await mcpUpstream(offer));
    await sync();
    await call(emulator(), "POST", "/portals", { ...portal, servers: [{ server_id: "up" }] });
  });
  afterEach(closeUpstreams);

  async function mapping(): Promise<Json> {
    const { body } = await call(emulator(), "GET", "/portals/team");
    return object(list(object(body["result"])["servers"])[0]);
  }
  const tools = async () => list((await mapping())["updated_tools"]).map(object);

  it("stay as they are after a PUT without servers", async () => {
    await write({ updated_tools: [{ name: "b", alias: "bee" }] });
    const before = await mapping();
    const reply = await call(emulator(), "PUT", "/portals/team", { name: "Renamed" });
    assert.equal(reply.status, 200);
    assert.deepEqual(await mapping(), before);
  });

  it("are replaced with all their entries by a PUT with servers", async () => {
    await write({ updated_tools: [{ name: "b", alias: "bee" }], on_behalf: false });
    await write({ updated_tools: [{ name: "a", enabled: false }] });
    const { on_behalf } = await mapping();
    assert.equal(on_behalf, true);
    assert.deepEqual(await tools(), [
      { name: "a", enabled: false },
      { name: "b", enabled: true },
      { name: "c", enabled: true },
    ]);
    await call(emulator(), "PUT", "/portals/team", { servers: [] });
    const { body } = await call(emulator(), "GET", "/portals/team");
    assert.deepEqual(object(body["result"])["servers"], []);
  });

  it("store as an allowlist one entry for each synced item, in the catalogue's order", async () => {
    await write({
      default_disabled: true,
      updated_tools: [
        { name: "c", alias: "sea", enabled: true },
        { name: "a", alias: "ay" },
      ],
    });
    const stored = emulator().control.state()[0]?.portals[0]?.servers[0];
    assert.deepEqual(stored?.updated_tools, [
      { name: "a", enabled: false, alias: "ay" },
      { name: "b", enabled: false },
      { name: "c", enabled: true, alias: "sea" },
    ]);
    assert.deepEqual(stored?.updated_prompts, [{ name: "ask", enabled: false }]);
    assert.deepEqual(await tools(), [
      { name: "a", enabled: false, portal_alias: "ay" },
      { name: "b", enabled: false },
      { name: "c", enabled: true, portal_alias: "sea" },
    ]);
  });

  it("have new tools on, unless they are an allowlist", async () => {
    offered = ["a", "new", "b", "c"];
    await sync();
    assert.deepEqual((await tools())[1], { name: "new", enabled: true });
    await write({ default_disabled: true });
    offered = ["a", "newer", "new", "b", "c"];
    await sync();
    assert.deepEqual((await tools())[1], { name: "newer", enabled: false });
    const stored = emulator().control.state()[0]?.portals[0]?.servers[0];
    assert.deepEqual(names(stored?.updated_tools), offered);
  });

  it("keep the entry of a tool that vanished, and take no PUT that names it", async () => {
    const updatedTools = [{ name: "a" }, { name: "b", alias: "bee", enabled: false }];
    await write({ updated_tools: updatedTools });
    offered = ["a", "c"];
    await sync();
    assert.deepEqual(await tools(), [
      { name: "a", enabled: true },
      { name: "c", enabled: true },
      { name: "b", enabled: false, portal_alias: "bee" },
    ]);
    assert.deepEqual(refusal(await write({ updated_tools: updatedTools })), [
      400,
      7001,
      "Unknown tool: b",
    ]);
    const prompts = { updated_prompts: [{ name: "gone" }] };
    assert.deepEqual(refusal(await write(prompts)), [400, 7001, "Unknown prompt: gone"]);
    await write({ updated_tools: [{ name: "a" }] });
    assert.deepEqual(names(await tools()), ["a", "c"]);
  });

  it("take the request's shape and ignore the answer's", async () => {
    const reply = await write({
      updated_tools: [
        { name: "a", portal_alias: "x", server_alias: "y", portal_description: "z" },
        { name: "b", alias: "bee", description: "Buzzes" },
      ],
    });
    assert.equal(reply.status, 200);
    assert.deepEqual((await tools()).slice(0, 2), [
      { name: "a", enabled: true },
      { name: "b", enabled: true, portal_alias: "bee", portal_description: "Buzzes" },
    ]);
  });

  it("take no alias that a name, another alias or the server's alias has already", async () => {
    const server = { updated_tools: [{ name: "a", alias: "ay" }] };
    await call(emulator(), "PUT", "/servers/up", server);
    for (const alias of ["b", "ask", "ay"]) {
      const message = `Alias "${alias}" is already in use on this server`;
      const reply = await write({ updated_tools: [{ name: "c", alias }] });
      assert.deepEqual(refusal(reply), [400, 7001, message], alias);
    }
    const moved = [
      { name: "a", alias: "first" },
      { name: "c", alias: "ay" },
    ];
    assert.equal((await write({ updated_tools: moved })).status, 200);
  });

  it("tell by two switches what a portal can turn on, and which entries are told", async () => {
    const updatedTools = [{ name: "a", enabled: false }];
    await call(emulator(), "PUT", "/servers/up", { updated_tools: updatedTools });
    await write({ updated_tools: [{ name: "a", enabled: true }] });
    assert.equal((await tools())[0]?.["enabled"], true);
    emulator().control.switches({ all: { serverDisabledWins: true, mappingEntries: "stored" } });
    assert.deepEqual(await tools(), [{ name: "a", enabled: false }]);
  });

  it("tell by a switch which fields of Code Mode are told", async () => {
    const read = async () => {
      const { body } = await call(emulator(), "GET", "/portals/team");
      const { code_mode, allow_code_mode } = object(body["result"]);
      return [code_mode, allow_code_mode];
    };
    assert.deepEqual(await read(), ["opt_in", true]);
    emulator().control.switches({ all: { codeModeFields: "modeOnly" } });
    assert.deepEqual(await read(), ["opt_in", undefined]);
    emulator().control.switches({ all: { codeModeFields: "allowOnly" } });
    assert.deepEqual(await read(), [undefined, true]);
  });

  it("have sign-ins come back to the portal or to Cloudflare's shared address", async () => {
    const path = "/portals/team/servers/up/effective-redirect-uri";
    assert.deepEqual((await call(emulator(), "GET", path)).body, {
      success: true,
      result: {
        redirect_uri: "https://mcp.team.example/servers-callback",
        source: "per_portal",
      },
    });
    await call(emulator(), "PUT", "/servers/up", { is_shared_oauth_callback_enabled: true });
    const shared = object((await call(emulator(), "GET", path)).body["result"]);
    assert.equal(shared["source"], "shared_mcp22");
    await register(emulator(), "https://docs.harborlane.example/mcp", { id: "other" });
    for (const missing of ["team/servers/other", "team/servers/none", "none/servers/up"]) {
      const reply = await call(emulator(), "GET", `/portals/${missing}/effective-redirect-uri`);
      assert.equal(reply.status, 404, missing);
    }
  });
});

function refusal({ status, body }: Reply) {
  const error = object(list(body["errors"])[0]);
  return [status, error["code"], error["message"]];
}
