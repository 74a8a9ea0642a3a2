import assert from "node:assert/strict";
import { call, emulatorForAll, list, names, object, type Reply } from "./support/calling.ts";

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

function refusal({ status, body }: Reply) {
  const error = object(list(body["errors"])[0]);
  return [status, error["code"], error["message"]];
}
