import assert from "node:assert/strict";
import {
  call,
  emulatorPerTest,
  list,
  names,
  object,
  readServer,
  register,
} from "./support/calling.ts";

const server = {
  id: "docs",
  name: "Docs",
  hostname: "https://docs.example/mcp",
  auth_type: "unauthenticated",
};

describe("emulator: servers", () => {
  const emulator = emulatorPerTest();

  it("creates with 201 and everything that it reads back", async () => {
    const created = await call(emulator(), "POST", "/servers", server);
    assert.equal(created.status, 201);
    const result = object(created.body["result"]);
    assert.deepEqual([result["status"], result["tools"], result["prompts"]], ["waiting", [], []]);
    assert.equal(result["authentication_status"], "not_required");
    assert.deepEqual(created.body, { success: true, result });
    assert.deepEqual(await readServer(emulator(), "docs"), result);
    const deleted = await call(emulator(), "DELETE", "/servers/docs");
    assert.deepEqual([deleted.status, deleted.body["result"]], [200, result]);
    const gone = await call(emulator(), "GET", "/servers/docs");
    const errors = [{ code: 7002, message: "Not Found" }];
    assert.deepEqual([gone.status, gone.body], [404, { success: false, errors, result: {} }]);
  });

  it("lists in pages with the totals that were seen, and searches id and name", async () => {
    for (let index = 1; index <= 5; index += 1) {
      await call(emulator(), "POST", "/servers", {
        ...server,
        id: `s${index}`,
        name: `Name ${index}`,
      });
    }
    const second = await call(emulator(), "GET", "/servers?page=2&per_page=2");
    assert.deepEqual(second.body["result_info"], {
      count: 2,
      page: 2,
      per_page: 2,
      total_count: 5,
    });
    assert.deepEqual(names(second.body["result"]), ["Name 3", "Name 4"]);
    assert.deepEqual(names((await call(emulator(), "GET", "/servers?page=9")).body["result"]), []);
    assert.deepEqual(names((await call(emulator(), "GET", "/servers?search=s4")).body["result"]), [
      "Name 4",
    ]);
    assert.deepEqual(
      names((await call(emulator(), "GET", "/servers?search=name%205")).body["result"]),
      ["Name 5"],
    );
  });

  const refusals: readonly [string, unknown, readonly unknown[]][] = [
    [
      "an object as a credential",
      { ...server, auth_credentials: {} },
      ["Expected string, received object", "auth_credentials"],
    ],
    ["a missing name", { ...server, name: undefined }, ["Required", "name"]],
    ["an id with capitals", { ...server, id: "Docs" }, ["Invalid", "id"]],
    [
      "an id that is too long",
      { ...server, id: "x".repeat(33) },
      ["String must contain at most 32 character(s)", "id"],
    ],
    [
      "a name that is too long",
      { ...server, name: "x".repeat(351) },
      ["String must contain at most 350 character(s)", "name"],
    ],
    [
      "a description that is too long",
      { ...server, description: "x".repeat(513) },
      ["String must contain at most 512 character(s)", "description"],
    ],
    [
      "a hostname that isn't a URL",
      { ...server, hostname: "docs.example" },
      ["Invalid url", "hostname"],
    ],
    [
      "an unknown kind of authentication",
      { ...server, auth_type: "basic" },
      [
        "Invalid enum value. Expected 'oauth' | 'bearer' | 'unauthenticated', received 'basic'",
        "auth_type",
      ],
    ],
    [
      "an alias of 41 characters",
      { ...server, updated_tools: [{ name: "a", alias: "x".repeat(41) }] },
      ["String must contain at most 40 character(s)", "updated_tools", 0, "alias"],
    ],
    [
      "an alias with a blank",
      { ...server, updated_tools: [{ name: "a", alias: "two words" }] },
      ["Invalid", "updated_tools", 0, "alias"],
    ],
    [
      "null as an alias",
      { ...server, updated_prompts: [{ name: "a", alias: null }] },
      ["Expected string, received null", "updated_prompts", 0, "alias"],
    ],
    [
      "two equal aliases",
      {
        ...server,
        updated_tools: [
          { name: "a", alias: "x" },
          { name: "b", alias: "x" },
        ],
      },
      ['Alias "x" is already in use on this server', "updated_tools", 0, "alias"],
    ],
  ];
  for (const [what, body, [message, ...path]] of refusals) {
    it(`refuses ${what}`, async () => {
      const reply = await call(emulator(), "POST", "/servers", body);
      const errors = [{ code: 7001, message, path: ["body", ...path] }];
      assert.deepEqual([reply.status, reply.body], [400, { success: false, errors, result: {} }]);
    });
  }

  it("refuses pages that can't be", async () => {
    const zero = await call(emulator(), "GET", "/servers?page=0");
    assert.deepEqual(
      [zero.status, zero.body["errors"]],
      [
        400,
        [
          {
            code: 7001,
            message: "Number must be greater than or equal to 1",
            path: ["query", "page"],
          },
        ],
      ],
    );
    const wide = await call(emulator(), "GET", "/servers?per_page=101");
    assert.equal(
      object(list(wide.body["errors"])[0])["message"],
      "Number must be less than or equal to 100",
    );
  });

  it("takes a body that isn't JSON for an empty one", async () => {
    const reply = await call(emulator(), "POST", "/servers", "{not json");
    assert.deepEqual(
      list(reply.body["errors"]).map((error) => object(error)["message"]),
      ["Required", "Required", "Required", "Required"],
    );
  });

  it("merges the keys of a PUT, replaces its arrays and ignores the rest in silence", async () => {
    await call(emulator(), "POST", "/servers", {
      ...server,
      description: "old",
      updated_tools: [
        { name: "a", alias: "x" },
        { name: "b", enabled: false },
      ],
    });
    const reply = await call(emulator(), "PUT", "/servers/docs", {
      hostname: "https://elsewhere.example/mcp",
      id: "other",
      nonsense: 1,
      description: null,
      updated_tools: [{ name: "c", description: "new" }],
    });
    assert.equal(reply.status, 200);
    const after = await readServer(emulator(), "docs");
    assert.deepEqual(
      [after["hostname"], after["name"], after["description"], after["updated_tools"]],
      [server.hostname, "Docs", null, [{ name: "c", description: "new" }]],
    );
  });

  it("fails on a PUT without a column to update, as the database does", async () => {
    await call(emulator(), "POST", "/servers", server);
    const reply = await call(emulator(), "PUT", "/servers/docs", {
      hostname: "https://x.example/",
    });
    assert.equal(reply.status, 500);
    const { code, message } = object(list(reply.body["errors"])[0]);
    assert.equal(code, 7000);
    assert.match(String(message), /^D1_ERROR: near "WHERE": syntax error/);
  });

  it("goes back to waiting and forgets the summary when auth_type changes", async () => {
    await register(emulator(), "https://up.example/mcp", manualOauth);
    const before = await readServer(emulator(), "up");
    assert.deepEqual(object(before["auth_config_summary"])["has_client_secret"], true);
    assert.equal(before["authentication_status"], "manual");
    assert(!JSON.stringify(before).includes("very-secret"));
    await call(emulator(), "PUT", "/servers/up", { auth_type: "unauthenticated", name: "Up" });
    const after = await readServer(emulator(), "up");
    assert.deepEqual([after["auth_config_summary"], after["status"]], [null, "waiting"]);
  });

  it("wants a client secret for manual OAuth", async () => {
    const reply = await call(emulator(), "POST", "/servers", {
      ...server,
      ...manualOauth,
      client_secret: "",
    });
    assert.deepEqual(
      [reply.status, object(list(reply.body["errors"])[0])["message"]],
      [400, "client_secret must be a non-empty string"],
    );
  });

  it("takes names that are keys of every object", async () => {
    await call(emulator(), "POST", "/servers", server);
    const updatedTools = [
      { name: "__proto__", enabled: false },
      { name: "constructor", alias: "built" },
    ];
    await call(emulator(), "PUT", "/servers/docs", { updated_tools: updatedTools });
    assert.deepEqual((await readServer(emulator(), "docs"))["updated_tools"], updatedTools);
  });
});

const manualOauth = {
  auth_type: "oauth",
  client_secret: "very-secret",
  auth_credentials: JSON.stringify({
    auth_mode: "manual",
    config: {
      authorization_endpoint: "https://id.example/authorize",
      token_endpoint: "https://id.example/token",
    },
    registration_info: { client_id: "portal", redirect_uris: ["https://mcp.example/callback"] },
  }),
};
