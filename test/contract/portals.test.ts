import assert from "node:assert/strict";
import {
  type Contract,
  contractForAll,
  type Json,
  list,
  names,
  object,
  pathOf,
  refusal,
} from "./support/contract.ts";
import { observe, summary } from "./support/observations.ts";
import { isLive } from "./support/target.ts";

/** The mapping of a server in a portal, as the portal's answer has it. */
function mappingOf(portal: Json, server: string): Json {
  const mapping = list(portal["servers"]).find(
    (item) => (item["server_id"] ?? item["id"]) === server,
  );
  assert(mapping, server);
  return mapping;
}

async function firstTools(contract: Contract, server: string): Promise<readonly [string, string]> {
  const [first = "", second = ""] = names(
    (await contract.result("GET", `/servers/${server}`))["tools"],
  );
  return [first, second];
}

describe("contract: portals", () => {
  const contract = contractForAll();

  it("a new portal is answered with 201 and the documented defaults", async () => {
    const body = contract().portalBody();
    const reply = await contract().create("portals", body);
    assert.equal(reply.status, 201, JSON.stringify(reply.body));
    const result = object(reply.body["result"]);
    assert.deepEqual([result["id"], result["hostname"]], [body.id, body["hostname"]]);
    assert.deepEqual([result["code_mode"], list(result["servers"])], ["opt_in", []]);
    observe("code_mode and allow_code_mode of an answer", [
      result["code_mode"],
      result["allow_code_mode"],
    ]);
  });

  for (const field of ["id", "name", "hostname"]) {
    it(`${field} is required`, async () => {
      const { [field]: _left, ...body } = contract().portalBody();
      const reply = await contract().create("portals", body);
      assert.deepEqual(refusal(reply), [400, 7001, "Required"]);
      assert.equal(pathOf(reply), `body.${field}`);
    });
  }

  const refused: readonly [string, Json][] = [
    ["an id with capitals", { id: "contract-A" }],
    ["a name of 351 characters", { name: "x".repeat(351) }],
    ["a description of 513 characters", { description: "x".repeat(513) }],
    ["a description of null", { description: null }],
    ["a URL as its hostname", { hostname: "https://portal.example.com" }],
    ["an unknown code_mode", { code_mode: "on" }],
    ["a server that doesn't exist", { servers: [{ server_id: "contract-none" }] }],
    ["a mapping without server_id", { servers: [{ on_behalf: true }] }],
    [
      "81 servers",
      { servers: Array.from({ length: 81 }, (_, index) => ({ server_id: `contract-${index}` })) },
    ],
  ];
  for (const [what, more] of refused) {
    it(`a portal is refused with ${what}`, async () => {
      const reply = await contract().create("portals", contract().portalBody(more));
      assert.deepEqual(refusal(reply).slice(0, 2), [400, 7001]);
    });
  }

  it("code_mode and allow_code_mode that disagree are refused", async () => {
    for (const pair of [
      { code_mode: "off", allow_code_mode: true },
      { code_mode: "enforced", allow_code_mode: false },
    ]) {
      const reply = await contract().create("portals", contract().portalBody(pair));
      assert.deepEqual(refusal(reply), [
        400,
        7001,
        "code_mode and allow_code_mode disagree. Send only code_mode, or a consistent pair.",
      ]);
    }
  });

  for (const codeMode of ["off", "opt_in", "default_on", "enforced"]) {
    it(`code_mode ${codeMode} is kept, and allow_code_mode follows`, async () => {
      const id = await contract().portal();
      const after = await contract().result("PUT", `/portals/${id}`, { code_mode: codeMode });
      assert.equal(after["code_mode"], codeMode);
      assert.equal(after["allow_code_mode"] ?? codeMode !== "off", codeMode !== "off");
    });
  }

  it("allow_code_mode: false alone turns Code Mode off", async () => {
    const id = await contract().portal();
    const after = await contract().result("PUT", `/portals/${id}`, { allow_code_mode: false });
    assert.equal(after["code_mode"], "off");
  });

  it("a hostname that another portal has is refused", async () => {
    const hostname = contract().newHost();
    await contract().portal({ hostname });
    const reply = await contract().create("portals", contract().portalBody({ hostname }));
    assert.deepEqual(refusal(reply).slice(0, 1), [400]);
    assert.equal(refusal(reply)[2], "This hostname is already in use in a different MCP Portal");
  });

  it("the search finds by id, name and hostname", async () => {
    const hostname = contract().newHost();
    const name = `Contract search ${contract().newId()}`;
    const id = await contract().portal({ hostname, name });
    for (const search of [id, name, hostname]) {
      const query = encodeURIComponent(search);
      const { body } = await contract().call("GET", `/portals?search=${query}`);
      assert.deepEqual(
        list(body["result"]).map((portal) => portal["id"]),
        [id],
        search,
      );
    }
  });

  it("list, read, create and update carry the servers; deleting doesn't", async () => {
    const server = await contract().syncedServer();
    const body = contract().portalBody({ servers: [{ server_id: server }] });
    const created = object((await contract().create("portals", body)).body["result"]);
    const read = await contract().result("GET", `/portals/${body.id}`);
    assert.deepEqual(list(read["servers"]), list(created["servers"]));
    const { body: listed } = await contract().call("GET", `/portals?search=${body.id}`);
    assert.deepEqual(listed["result"], [read]);
    const updated = await contract().result("PUT", `/portals/${body.id}`, { name: "After" });
    assert.deepEqual(list(updated["servers"]), list(read["servers"]));
    const deleted = await contract().result("DELETE", `/portals/${body.id}`);
    assert.deepEqual([deleted["id"], deleted["servers"]], [body.id, undefined]);
    assert.equal((await contract().call("GET", `/portals/${body.id}`)).status, 404);
  });

  it("tells what a portal id that exists is answered with", async () => {
    const body = contract().portalBody();
    await contract().create("portals", body);
    const again = { ...body, hostname: contract().newHost() };
    const reply = await contract().create("portals", again);
    assert(reply.status >= 400);
    observe("creating a portal with an id that exists", summary(reply));
  });

  it("tells what deleting a server that a portal maps does", async () => {
    const server = await contract().server();
    const id = await contract().portal({ servers: [{ server_id: server }] });
    const reply = await contract().call("DELETE", `/servers/${server}`);
    const portal = await contract().result("GET", `/portals/${id}`);
    observe("deleting a server that a portal maps", [
      summary(reply),
      `${list(portal["servers"]).length} left`,
    ]);
  });
});

describe("contract: mappings", () => {
  const contract = contractForAll();

  it("a mapping is the whole server, with the portal's own three fields", async () => {
    const server = await contract().syncedServer();
    const id = await contract().portal({ servers: [{ server_id: server }] });
    const mapping = mappingOf(await contract().result("GET", `/portals/${id}`), server);
    assert.deepEqual([mapping["default_disabled"], mapping["on_behalf"]], [false, true]);
    const alone = await contract().result("GET", `/servers/${server}`);
    for (const key of ["id", "name", "hostname", "auth_type", "status", "tools", "prompts"]) {
      assert.deepEqual(mapping[key], alone[key], key);
    }
    observe("server_id in a mapping", mapping["server_id"] === undefined ? "absent" : "sent");
  });

  it("a PUT without servers leaves the mappings alone", async () => {
    const server = await contract().syncedServer();
    const [tool] = await firstTools(contract(), server);
    const servers = [{ server_id: server, updated_tools: [{ name: tool, alias: "contract_a" }] }];
    const id = await contract().portal({ servers });
    const before = await contract().result("GET", `/portals/${id}`);
    const after = await contract().result("PUT", `/portals/${id}`, { description: "After" });
    assert.deepEqual(after["servers"], before["servers"]);
  });

  it("a PUT with servers replaces the whole list, with all its entries", async () => {
    const first = await contract().syncedServer();
    const second = await contract().syncedServer();
    const [tool] = await firstTools(contract(), first);
    const updatedTools = [{ name: tool, enabled: false }];
    const id = await contract().portal({
      servers: [{ server_id: first, updated_tools: updatedTools }, { server_id: second }],
    });
    const servers = [{ server_id: first }];
    const after = await contract().result("PUT", `/portals/${id}`, { servers });
    assert.equal(list(after["servers"]).length, 1);
    const off = list(mappingOf(after, first)["updated_tools"]).filter((entry) => {
      return entry["enabled"] === false;
    });
    assert.deepEqual(off, []);
  });

  it("the request says alias and description, the answer portal_alias and portal_description", async () => {
    const server = await contract().syncedServer();
    const [tool] = await firstTools(contract(), server);
    await contract().result("PUT", `/servers/${server}`, {
      updated_tools: [{ name: tool, alias: "contract_server", description: "By the server" }],
    });
    const updatedTools = [{ name: tool, alias: "contract_portal", description: "By the portal" }];
    const id = await contract().portal({
      servers: [{ server_id: server, updated_tools: updatedTools }],
    });
    const mapping = mappingOf(await contract().result("GET", `/portals/${id}`), server);
    const entry = list(mapping["updated_tools"]).find(({ name }) => name === tool);
    assert.deepEqual(
      { ...entry, enabled: true },
      {
        name: tool,
        enabled: true,
        portal_alias: "contract_portal",
        portal_description: "By the portal",
        server_alias: "contract_server",
        server_description: "By the server",
      },
    );
  });

  it("an allowlist stores one entry for each synced tool, in the catalogue's order", async () => {
    const server = await contract().syncedServer();
    const [, second] = await firstTools(contract(), server);
    const updatedTools = [{ name: second, enabled: true }];
    const servers = [{ server_id: server, default_disabled: true, updated_tools: updatedTools }];
    const id = await contract().portal({ servers });
    const mapping = mappingOf(await contract().result("GET", `/portals/${id}`), server);
    assert.equal(mapping["default_disabled"], true);
    const entries = list(mapping["updated_tools"]);
    assert.deepEqual(names(entries), names(mapping["tools"]));
    const on = entries.filter(({ enabled }) => enabled === true);
    assert.deepEqual(names(on), [second]);
  });

  it("a name that isn't synced is refused with 400 and 7001", async () => {
    const server = await contract().syncedServer();
    const id = await contract().portal();
    const updatedTools = [{ name: "contract_gone", enabled: false }];
    const servers = [{ server_id: server, updated_tools: updatedTools }];
    const reply = await contract().call("PUT", `/portals/${id}`, { servers });
    assert.deepEqual(refusal(reply).slice(0, 2), [400, 7001]);
    observe("a portal's override of a name that isn't synced", summary(reply));
  });

  it("tells which entries a mapping has that isn't an allowlist", async () => {
    const server = await contract().syncedServer();
    const [tool] = await firstTools(contract(), server);
    const updatedTools = [{ name: tool, alias: "contract_a" }];
    const id = await contract().portal({
      servers: [{ server_id: server, updated_tools: updatedTools }],
    });
    const mapping = mappingOf(await contract().result("GET", `/portals/${id}`), server);
    const tools = list(mapping["tools"]).length;
    observe("entries of a mapping with one override", {
      entries: list(mapping["updated_tools"]).length,
      tools,
    });
  });

  it("tells whether a portal turns on what its server turned off", async () => {
    const server = await contract().syncedServer();
    const [tool] = await firstTools(contract(), server);
    await contract().result("PUT", `/servers/${server}`, {
      updated_tools: [{ name: tool, enabled: false }],
    });
    const servers = [{ server_id: server, updated_tools: [{ name: tool, enabled: true }] }];
    const id = await contract().portal({ servers });
    const mapping = mappingOf(await contract().result("GET", `/portals/${id}`), server);
    const entry = list(mapping["updated_tools"]).find(({ name }) => name === tool);
    observe("on in the portal, off at the server: enabled is read as", entry?.["enabled"]);
  });

  it("tells whether a portal takes the server's alias for another tool", async () => {
    const server = await contract().syncedServer();
    const [first, second] = await firstTools(contract(), server);
    await contract().result("PUT", `/servers/${server}`, {
      updated_tools: [{ name: first, alias: "contract_taken" }],
    });
    const updatedTools = [{ name: second, alias: "contract_taken" }];
    const body = contract().portalBody({
      servers: [{ server_id: server, updated_tools: updatedTools }],
    });
    observe(
      "a portal alias that is another tool's server alias",
      summary(await contract().create("portals", body)),
    );
  });

  it("tells what a server that is mapped twice does", async () => {
    const server = await contract().server();
    const servers = [{ server_id: server }, { server_id: server, on_behalf: false }];
    const reply = await contract().create("portals", contract().portalBody({ servers }));
    observe("a server that is mapped twice", [
      summary(reply),
      `${list(object(reply.body["result"])["servers"]).length} mapped`,
    ]);
  });

  it("the order of servers is the backend's own", async () => {
    const ids = [await contract().server(), await contract().server(), await contract().server()];
    const orderWith = async (order: readonly string[]) => {
      const servers = order.map((serverId) => ({ server_id: serverId }));
      const id = await contract().portal({ servers });
      return list((await contract().result("GET", `/portals/${id}`))["servers"]).map(
        (mapping) => mapping["id"],
      );
    };
    assert.deepEqual(await orderWith(ids), await orderWith([...ids].reverse()));
  });

  it("an effective redirect URI is the portal's own, or Cloudflare's shared one", async () => {
    const server = await contract().server({ auth_type: "oauth" });
    const hostname = contract().newHost();
    const id = await contract().portal({ hostname, servers: [{ server_id: server }] });
    const path = `/portals/${id}/servers/${server}/effective-redirect-uri`;
    assert.deepEqual(await contract().result("GET", path), {
      redirect_uri: `https://${hostname}/servers-callback`,
      source: "per_portal",
    });
    const shared = { is_shared_oauth_callback_enabled: true };
    await contract().result("PUT", `/servers/${server}`, shared);
    assert.deepEqual(await contract().result("GET", path), {
      redirect_uri:
        "https://oauth-callbacks.cloudflareaccess.com/cdn-cgi/access/outbound-oauth-callback",
      source: "shared_mcp22",
    });
  });

  if (!isLive) {
    /** Every second sync of this upstream finds one tool more. */
    const changing = "https://docs.harborlane.example/mcp";
    const extra = "compare_versions";

    async function changingServer(withExtra: boolean): Promise<string> {
      const server = await contract().syncedServer({ hostname: changing });
      const tools = names((await contract().result("GET", `/servers/${server}`))["tools"]);
      if (tools.includes(extra) !== withExtra) {
        await contract().result("POST", `/servers/${server}/sync`);
      }
      return server;
    }

    it("an entry survives the sync in which its tool vanishes, and is refused from then on", async () => {
      const server = await changingServer(true);
      const updatedTools = [{ name: extra, alias: "contract_a", enabled: false }];
      const servers = [{ server_id: server, updated_tools: updatedTools }];
      const id = await contract().portal({ servers });
      await contract().result("POST", `/servers/${server}/sync`);
      const mapping = mappingOf(await contract().result("GET", `/portals/${id}`), server);
      assert(!names(mapping["tools"]).includes(extra));
      const entry = list(mapping["updated_tools"]).find(({ name }) => name === extra);
      assert.deepEqual(entry, { name: extra, enabled: false, portal_alias: "contract_a" });
      const reply = await contract().call("PUT", `/portals/${id}`, { servers });
      assert.deepEqual(refusal(reply).slice(0, 2), [400, 7001]);
    });

    for (const defaultDisabled of [false, true]) {
      it(`a new tool is ${defaultDisabled ? "off in an allowlist" : "on elsewhere"}`, async () => {
        const server = await changingServer(false);
        const id = await contract().portal({
          servers: [{ server_id: server, default_disabled: defaultDisabled }],
        });
        await contract().result("POST", `/servers/${server}/sync`);
        const mapping = mappingOf(await contract().result("GET", `/portals/${id}`), server);
        const entry = list(mapping["updated_tools"]).find(({ name }) => name === extra);
        assert.deepEqual(entry, { name: extra, enabled: !defaultDisabled });
      });
    }
  }
});
