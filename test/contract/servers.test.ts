import assert from "node:assert/strict";
import {
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

const SECRET = "contract-secret-value";

const manualOauth = {
  auth_type: "oauth",
  client_secret: SECRET,
  auth_credentials: JSON.stringify({
    auth_mode: "manual",
    config: {
      authorization_endpoint: "https://id.example.com/authorize",
      token_endpoint: "https://id.example.com/token",
    },
    registration_info: {
      client_id: "contract",
      redirect_uris: ["https://portal.example.com/servers-callback"],
    },
  }),
};

describe("contract: creating and reading servers", () => {
  const contract = contractForAll();

  it("a new server is answered with 201, waits, and has no tools yet", async () => {
    const reply = await contract().create("servers", contract().serverBody());
    assert.equal(reply.status, 201);
    const result = object(reply.body["result"]);
    assert(["waiting", "ready"].includes(String(result["status"])));
    assert.equal(result["authentication_status"], "not_required");
    const { is_shared_oauth_callback_enabled, secure_web_gateway } = result;
    assert.deepEqual([is_shared_oauth_callback_enabled, secure_web_gateway], [false, false]);
    observe("status and tools of a new server", [result["status"], list(result["tools"]).length]);
  });

  for (const field of ["id", "name", "hostname", "auth_type"]) {
    it(`${field} is required`, async () => {
      const { [field]: _left, ...body } = contract().serverBody();
      const reply = await contract().create("servers", body);
      assert.deepEqual(refusal(reply), [400, 7001, "Required"]);
      assert.equal(pathOf(reply), `body.${field}`);
    });
  }

  const refused: readonly [string, Json][] = [
    ["an empty id", { id: "" }],
    ["an id of 33 characters", { id: `contract-${"x".repeat(24)}` }],
    ["an id with capitals", { id: "contract-A" }],
    ["an id that ends with a hyphen", { id: "contract-" }],
    ["a name of 351 characters", { name: "x".repeat(351) }],
    ["a description of 513 characters", { description: "x".repeat(513) }],
    ["a hostname without a scheme", { hostname: "mcp.example.com" }],
    ["an unknown auth_type", { auth_type: "basic" }],
    ["credentials that are an object", { auth_type: "bearer", auth_credentials: { headers: {} } }],
    ["an alias of 41 characters", override({ alias: "x".repeat(41) })],
    ["an alias with a space", override({ alias: "a b" })],
    ["an alias that ends with an underscore", override({ alias: "a_" })],
    ["an override without a name", { updated_tools: [{ alias: "a" }] }],
    ["enabled that is no boolean", override({ enabled: "no" })],
  ];
  for (const [what, more] of refused) {
    it(`a server is refused with ${what}`, async () => {
      const reply = await contract().create("servers", contract().serverBody(more));
      assert.deepEqual(refusal(reply).slice(0, 2), [400, 7001]);
    });
  }

  const taken: readonly [string, Json][] = [
    ["a name of 350 characters", { name: "x".repeat(350) }],
    ["a description of 512 characters", { description: "x".repeat(512) }],
    ["a description of null", { description: null }],
    ["an alias of 40 characters", override({ alias: "x".repeat(40) })],
    ["an alias with a hyphen and an underscore", override({ alias: "a-b_c" })],
    ["an override of a name that isn't in the catalogue", override({ enabled: false })],
  ];
  for (const [what, more] of taken) {
    it(`a server may have ${what}`, async () => {
      const reply = await contract().create("servers", contract().serverBody(more));
      assert.equal(reply.status, 201, JSON.stringify(reply.body));
    });
  }

  it("an object as auth_credentials is told from a string", async () => {
    const body = contract().serverBody({ auth_type: "bearer", auth_credentials: {} });
    const reply = await contract().create("servers", body);
    assert.equal(refusal(reply)[2], "Expected string, received object");
  });

  it("the list carries a server as its read does, with tools and prompts", async () => {
    const id = await contract().syncedServer();
    const read = await contract().result("GET", `/servers/${id}`);
    const { body } = await contract().call("GET", `/servers?search=${id}`);
    assert.deepEqual(body["result"], [read]);
    assert(list(read["tools"]).length >= 2);
    const listed = list(body["result"])[0];
    observe("the list carries full tools", listed?.["tools"] !== undefined);
  });

  it("the search finds by id and by name", async () => {
    const name = `Contract search ${contract().newId()}`;
    const id = await contract().server({ name });
    for (const search of [id, name]) {
      const query = encodeURIComponent(search);
      const { body } = await contract().call("GET", `/servers?search=${query}`);
      assert.deepEqual(
        list(body["result"]).map((server) => server["id"]),
        [id],
        search,
      );
    }
  });

  it("deleting answers with what was deleted", async () => {
    const id = await contract().server();
    const reply = await contract().call("DELETE", `/servers/${id}`);
    assert.deepEqual([reply.status, object(reply.body["result"])["id"]], [200, id]);
    assert.equal((await contract().call("GET", `/servers/${id}`)).status, 404);
  });

  it("a server without OAuth credentials waits for an administrator", async () => {
    const id = await contract().server({ auth_type: "oauth" });
    const { status, authentication_status } = await contract().result("GET", `/servers/${id}`);
    assert.deepEqual([status, authentication_status], ["waiting", "required"]);
  });

  for (const [what, authCredentials] of [
    ["a raw token", SECRET],
    ["headers as JSON", JSON.stringify({ headers: { "X-Api-Key": SECRET } })],
  ] as const) {
    it(`a bearer server takes ${what}, and never returns it`, async () => {
      const id = await contract().server({
        auth_type: "bearer",
        auth_credentials: authCredentials,
      });
      const server = await contract().result("GET", `/servers/${id}`);
      assert(!JSON.stringify(server).includes(SECRET));
      observe(`authentication_status with ${what}`, server["authentication_status"]);
    });
  }

  it("manual OAuth tells its summary, and never the secret", async () => {
    const id = await contract().server(manualOauth);
    const server = await contract().result("GET", `/servers/${id}`);
    assert.equal(server["authentication_status"], "manual");
    const summaryOfAuth = object(server["auth_config_summary"]);
    assert.deepEqual(
      [summaryOfAuth["auth_mode"], summaryOfAuth["has_client_secret"]],
      ["manual", true],
    );
    assert(!JSON.stringify(server).includes(SECRET));
    observe("tools of manual OAuth before the first user", server["tools"]);
  });

  it("manual OAuth wants a client secret", async () => {
    const body = contract().serverBody({ ...manualOauth, client_secret: "" });
    const reply = await contract().create("servers", body);
    assert.deepEqual(refusal(reply), [400, 7001, "client_secret must be a non-empty string"]);
  });

  it("a sync of manual OAuth answers success and changes nothing", async () => {
    const id = await contract().server(manualOauth);
    const before = await contract().result("GET", `/servers/${id}`);
    const reply = await contract().call("POST", `/servers/${id}/sync`);
    assert.deepEqual([reply.status, reply.body["success"]], [200, true]);
    assert.deepEqual(await contract().result("GET", `/servers/${id}`), before);
  });

  it("tells what an id that exists is answered with", async () => {
    const body = contract().serverBody();
    await contract().create("servers", body);
    const reply = await contract().create("servers", body);
    assert(reply.status >= 400);
    observe("creating a server with an id that exists", summary(reply));
  });

  it("tells how many items a page has by itself", async () => {
    const { body } = await contract().call("GET", "/servers");
    observe("per_page where it isn't sent", object(body["result_info"])["per_page"]);
  });

  function override(more: Json): Json {
    return { updated_tools: [{ name: "contract_tool", ...more }] };
  }
});

describe("contract: writing servers", () => {
  const contract = contractForAll();

  it("a PUT keeps what it doesn't name", async () => {
    const id = await contract().server({
      description: "Before",
      updated_tools: [{ name: "a", enabled: false }],
    });
    const after = await contract().result("PUT", `/servers/${id}`, { name: "After" });
    assert.deepEqual([after["name"], after["description"]], ["After", "Before"]);
    assert.deepEqual(list(after["updated_tools"]), [{ name: "a", enabled: false }]);
  });

  it("an array that is sent replaces the whole array", async () => {
    const id = await contract().server({
      updated_tools: [
        { name: "a", alias: "x" },
        { name: "b", enabled: false },
      ],
      updated_prompts: [{ name: "p", enabled: false }],
    });
    const updatedTools = [{ name: "c", description: "Only this one" }];
    const after = await contract().result("PUT", `/servers/${id}`, { updated_tools: updatedTools });
    assert.deepEqual(list(after["updated_tools"]), updatedTools);
    assert.deepEqual(names(after["updated_prompts"]), ["p"]);
  });

  it("an alias is taken back by leaving it out", async () => {
    const id = await contract().server({
      updated_tools: [{ name: "a", alias: "x", enabled: false }],
    });
    const updatedTools = [{ name: "a", enabled: false }];
    const after = await contract().result("PUT", `/servers/${id}`, { updated_tools: updatedTools });
    assert.deepEqual(list(after["updated_tools"]), updatedTools);
  });

  it("a description of null takes it back", async () => {
    const id = await contract().server({ description: "Before" });
    const after = await contract().result("PUT", `/servers/${id}`, { description: null });
    assert.equal(after["description"] ?? null, null);
  });

  it("hostname alone is answered with 7000, and with a name it is ignored", async () => {
    const id = await contract().server();
    const hostname = "https://other.example.com/mcp";
    const alone = await contract().call("PUT", `/servers/${id}`, { hostname });
    assert.equal(refusal(alone)[1], 7000);
    observe("PUT of nothing but hostname", summary(alone));
    const after = await contract().result("PUT", `/servers/${id}`, { hostname, name: "After" });
    assert.deepEqual([after["hostname"], after["name"]], [contract().target.upstream, "After"]);
  });

  it("another auth_type makes the server wait, and clears the summary", async () => {
    const id = await contract().server(manualOauth);
    const body = { auth_type: "unauthenticated", name: "After" };
    const after = await contract().result("PUT", `/servers/${id}`, body);
    assert.deepEqual([after["auth_type"], after["status"]], ["unauthenticated", "waiting"]);
    assert.equal(after["auth_config_summary"] ?? null, null);
  });

  it("a client secret that is left out is kept", async () => {
    const id = await contract().server(manualOauth);
    const { auth_credentials } = manualOauth;
    const after = await contract().result("PUT", `/servers/${id}`, { auth_credentials });
    assert.equal(object(after["auth_config_summary"])["has_client_secret"], true);
  });

  it("an alias that another tool's name has is refused", async () => {
    const id = await contract().syncedServer();
    const [first, second] = names((await contract().result("GET", `/servers/${id}`))["tools"]);
    const updatedTools = [{ name: first, alias: second }];
    const reply = await contract().call("PUT", `/servers/${id}`, { updated_tools: updatedTools });
    assert.equal(reply.status, 400);
    observe("an alias that is another tool's name", summary(reply));
    const twice = [
      { name: first, alias: "same" },
      { name: second, alias: "same" },
    ];
    const again = await contract().call("PUT", `/servers/${id}`, { updated_tools: twice });
    observe("the same alias twice", summary(again));
  });

  for (const [what, more] of [
    ["alias: null", { alias: null }],
    ['alias: ""', { alias: "" }],
    ["description: null", { description: null }],
    ['description: ""', { description: "" }],
    ["a description of 5,000 characters", { description: "x".repeat(5000) }],
  ] as const) {
    it(`tells what an override with ${what} does`, async () => {
      const id = await contract().server();
      const updatedTools = [{ name: "a", ...more }];
      const reply = await contract().call("PUT", `/servers/${id}`, { updated_tools: updatedTools });
      observe(`an override with ${what}`, summary(reply));
    });
  }

  it("tells how overrides without entries are read back", async () => {
    const id = await contract().server({ updated_tools: [{ name: "a", enabled: false }] });
    const after = await contract().result("PUT", `/servers/${id}`, { updated_tools: [] });
    assert.deepEqual(list(after["updated_tools"]), []);
    observe("updated_tools after []", after["updated_tools"] ?? String(after["updated_tools"]));
  });

  it("tells whether modified_at moves with a write", async () => {
    const id = await contract().server();
    const before = await contract().result("GET", `/servers/${id}`);
    contract().target.emulator?.control.advance(2000);
    const after = await contract().result("PUT", `/servers/${id}`, { name: "After" });
    observe("modified_at moves with a write", before["modified_at"] !== after["modified_at"]);
  });
});

describe("contract: syncing servers", () => {
  const contract = contractForAll();

  it("a sync answers with its outcome alone; the catalogue is read afterwards", async () => {
    const id = await contract().server();
    const reply = await contract().call("POST", `/servers/${id}/sync`);
    assert.deepEqual([reply.status, reply.body["success"]], [200, true]);
    const result = object(reply.body["result"]);
    assert.equal(result["status"], "ready");
    const known = ["status", "error", "error_details"];
    assert.deepEqual(
      Object.keys(result).filter((key) => !known.includes(key)),
      [],
    );
    const server = await contract().result("GET", `/servers/${id}`);
    assert.equal(server["status"], "ready");
    assert.equal(typeof server["last_synced"], "string");
    assert.equal(typeof server["last_successful_sync"], "string");
  });

  it("tools are as the upstream sent them, without enabled and alias", async () => {
    const id = await contract().syncedServer({ updated_tools: [{ name: "a", enabled: false }] });
    for (const tool of list((await contract().result("GET", `/servers/${id}`))["tools"])) {
      assert.equal(object(tool["inputSchema"])["type"], "object");
      assert(!("enabled" in tool) && !("alias" in tool), String(tool["name"]));
    }
  });

  it("an upstream that can't be reached leaves status error and its details", async () => {
    const id = await contract().server({ hostname: "https://contract-nowhere.invalid/mcp" });
    const reply = await contract().call("POST", `/servers/${id}/sync`);
    const server = await contract().result("GET", `/servers/${id}`);
    assert.equal(server["status"], "error");
    assert.equal(typeof server["error"], "string");
    assert.equal(object(server["error_details"])["is_upstream"], false);
    observe("a failed sync", [reply.status, reply.body["success"], reply.body["result"]]);
  });

  it("an administrator's OAuth that nobody has signed in to can't be synced", async () => {
    const id = await contract().server({ auth_type: "oauth" });
    const reply = await contract().call("POST", `/servers/${id}/sync`);
    const { status } = await contract().result("GET", `/servers/${id}`);
    assert.notEqual(status, "ready");
    observe("a sync without the administrator's sign-in", [reply.status, reply.body["result"]]);
  });

  it("tells what two syncs at once do", async () => {
    const id = await contract().server();
    const replies = await Promise.all(
      [1, 2].map(() => contract().call("POST", `/servers/${id}/sync`)),
    );
    observe("two syncs of a server at once", replies.map(summary));
  });

  it("tells whether an override of a vanished tool survives a sync", async () => {
    const id = await contract().server({
      updated_tools: [{ name: "contract_gone", alias: "gone", enabled: false }],
    });
    await contract().result("POST", `/servers/${id}/sync`);
    const server = await contract().result("GET", `/servers/${id}`);
    observe("an override whose tool isn't synced, after a sync", list(server["updated_tools"]));
  });

  if (!isLive) {
    it("an upstream that refuses the credential leaves its status in the details", async () => {
      const hostname = "https://tickets.harborlane.example/mcp";
      const id = await contract().server({ hostname });
      await contract().call("POST", `/servers/${id}/sync`);
      const server = await contract().result("GET", `/servers/${id}`);
      const { status_code, is_upstream } = object(server["error_details"]);
      assert.deepEqual([server["status"], status_code, is_upstream], ["error", 401, true]);
    });
  }
});
