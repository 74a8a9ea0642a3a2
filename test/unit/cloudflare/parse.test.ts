import assert from "node:assert/strict";
import { parsePortal } from "../../../src/cloudflare/portals.ts";
import { parseServer } from "../../../src/cloudflare/servers.ts";
import { describeFailure } from "../../../src/domain/diagnosis/apiErrors.ts";
import { aServer, ok, pageOf, sendJson } from "./support/answers.ts";
import { failure, setUp } from "./support/setUp.ts";

describe("a server out of an answer", () => {
  it("has one shape, whether values are null, absent or empty", () => {
    const optional = [
      ...["description", "status", "error", "error_details", "authentication_status"],
      ...["auth_config_summary", "secure_web_gateway", "is_shared_oauth_callback_enabled"],
      ...["created_at", "created_by", "modified_at", "modified_by", "last_synced"],
      ...["last_successful_sync", "tools", "prompts", "updated_tools", "updated_prompts"],
    ];
    const absent = aServer("docs");
    delete absent["tools"];
    delete absent["prompts"];
    const nulls = { ...absent, ...Object.fromEntries(optional.map((key) => [key, null])) };
    const { received: _, ...fromAbsent } = parseServer(absent);
    const { received: kept, ...fromNulls } = parseServer(nulls);
    assert.deepEqual(fromNulls, fromAbsent);
    assert.equal(fromAbsent.status, "waiting");
    assert.deepEqual(fromAbsent.tools, []);
    assert.equal(fromAbsent.toolOverrides.size, 0);
    assert.equal(kept, nulls);
  });

  it("keeps catalogue items as they came and passes over what has no name", () => {
    const search = { name: "search", inputSchema: { type: "object" }, annotations: null, new: 1 };
    const hostile = JSON.parse('{"name":"__proto__","__proto__":{"name":"x"},"description":7}');
    const lone = { name: "\ud800", description: "half a pair" };
    const tools = [1, null, "text", [], {}, { name: 3 }, search, hostile, lone, { name: "search" }];
    const server = parseServer(aServer("docs", { tools, prompts: [{ name: "constructor" }] }));
    assert.deepEqual(
      server.tools.map(({ name, description, source }) => ({ name, description, source })),
      [
        { name: "search", description: undefined, source: search },
        { name: "__proto__", description: undefined, source: hostile },
        { name: "\ud800", description: "half a pair", source: lone },
      ],
    );
    assert.equal(server.tools[0]?.source, search);
    assert.equal(server.prompts[0]?.kind, "prompt");
    assert.equal(Object.getPrototypeOf(server.toolOverrides), Map.prototype);
  });

  it("keeps what it doesn't know of an override, and leaves out nulls", () => {
    const entries = [
      { name: "__proto__", alias: "a", enabled: false, pinned: true },
      { name: "search", alias: null, description: null, enabled: null, later: null },
      { name: "search", alias: "second" },
      { alias: "nameless" },
      5,
    ];
    const { toolOverrides } = parseServer(aServer("docs", { updated_tools: entries }));
    assert.deepEqual(
      [...toolOverrides],
      [
        ["__proto__", { name: "__proto__", alias: "a", enabled: false, pinned: true }],
        ["search", { name: "search", later: null }],
      ],
    );
  });

  it("takes values that Cloudflare has added since", () => {
    const server = parseServer(
      aServer("docs", {
        status: "paused",
        auth_type: "mtls",
        authentication_status: "new",
        more: 1,
      }),
    );
    assert.equal(server.status, "paused");
    assert.equal(server.authType, "mtls");
    assert.equal(server.authenticationStatus, "new");
    assert.equal(server.received["more"], 1);
  });

  it("ignores invalid values that are only shown", () => {
    const server = parseServer(
      aServer("docs", {
        created_by: 5,
        last_synced: {},
        error_details: "?",
        auth_config_summary: { auth_mode: 3, config: [], has_client_secret: true },
      }),
    );
    assert.equal(server.createdBy, undefined);
    assert.equal(server.lastSynced, undefined);
    assert.equal(server.errorDetails, undefined);
    assert.equal(server.authConfigSummary?.hasClientSecret, true);
    assert.equal(server.authConfigSummary?.authMode, undefined);
  });

  it("cuts what is only shown to a length that can be borne, and no description", () => {
    const long = "a.".repeat(50_000);
    const server = parseServer(
      aServer("docs", {
        error: long,
        error_details: { cause: long, status_code: 418 },
        tools: [{ name: "search", description: long }],
      }),
    );
    assert.equal(server.error?.length, 16_384);
    assert.equal(server.errorDetails?.cause?.length, 16_384);
    assert.equal(server.tools[0]?.description, long);
  });

  it("keeps of a stored OAuth client only what is shown and can't be secret", () => {
    const { authConfigSummary } = parseServer(
      aServer("docs", {
        auth_config_summary: {
          client_secret: "s3cret-a",
          config: {
            authorization_endpoint: "https://me:s3cret-b@id.example.com/authorize?key=s3cret-c",
            issuer: "https://id.example.com/?tenant=s3cret-d",
            client_secret: "s3cret-e",
            extra: { nested: "s3cret-f" },
          },
          registration_info: {
            client_id: "id",
            client_secret: "s3cret-g",
            registration_access_token: "s3cret-h",
            redirect_uris: ["https://me:s3cret-i@example.com/?code=s3cret-j", 5],
            scope: "see https://me:s3cret-k@example.com",
          },
        },
      }),
    );
    assert.equal(JSON.stringify(authConfigSummary).includes("s3cret"), false);
    assert.deepEqual(authConfigSummary?.config, {
      authorization_endpoint: "https://…@id.example.com/authorize?key=…",
      issuer: "https://id.example.com/?tenant=…",
    });
    assert.deepEqual(authConfigSummary?.registrationInfo, {
      client_id: "id",
      redirect_uris: ["https://…@example.com/?code=…"],
      scope: "see https://…@example.com/",
    });
  });

  const broken: readonly (readonly [object, string])[] = [
    [{ hostname: undefined }, 'server "docs": hostname'],
    [{ name: 5 }, 'server "docs": name'],
    [{ id: null }, "server: id"],
    [{ id: "" }, "server: id"],
    [{ description: 5 }, 'server "docs": description'],
    [{ tools: {} }, 'server "docs": tools'],
    [{ updated_tools: "x" }, 'server "docs": updated_tools'],
    [{ updated_tools: [{ name: "a", enabled: 0 }] }, 'server "docs": updated_tools.0.enabled'],
    [{ secure_web_gateway: "yes" }, 'server "docs": secure_web_gateway'],
  ];
  for (const [more, subject] of broken) {
    it(`says that ${subject} is broken`, async () => {
      const the = await setUp((socket) => sendJson(socket, ok({ ...aServer("docs"), ...more })));
      const error = await failure(the.api.readServer("docs"));
      assert.deepEqual(
        { kind: error.kind, reason: error.reason, subject: error.subject, status: error.status },
        { kind: "invalid", reason: "wrongShape", subject, status: 200 },
      );
      assert.match(describeFailure(error), new RegExp(`at ${subject}`));
      assert.equal(error.rayId, "8f00ba4-TST");
      await the.close();
    });
  }

  it("doesn't hide the rest of a list", async () => {
    const all = [aServer("a"), { id: "b" }, 7, aServer("c"), { name: "no id" }];
    const the = await setUp((socket, request) => sendJson(socket, pageOf(request, all)));
    const { items, rejected } = await the.api.listServers();
    assert.deepEqual(
      items.map(({ id }) => id),
      ["a", "c"],
    );
    assert.deepEqual(
      rejected.map(({ id, error }) => [id, error.subject]),
      [
        ["b", 'server "b": name'],
        [undefined, "server 3"],
        [undefined, "server 5: id"],
      ],
    );
    assert.equal(the.server.requests.length, 1);
    await the.close();
  });
});

describe("a portal out of an answer", () => {
  const portal = (more: object = {}) => ({
    id: "main",
    name: "Main",
    hostname: "mcp.example.com",
    ...more,
  });

  it("has its servers with both kinds of overrides", () => {
    const entry = {
      name: "search",
      enabled: false,
      portal_alias: "find",
      server_alias: "look",
      server_description: "Looks",
      unknown: 1,
    };
    const { portal: read, rejected } = parsePortal(
      portal({
        code_mode: "enforced",
        servers: [
          aServer("docs", { server_id: "docs", default_disabled: true, updated_tools: [entry] }),
          aServer("old", { on_behalf: false, updated_prompts: null }),
        ],
      }),
    );
    assert.deepEqual(rejected, []);
    assert.equal(read.codeMode, "enforced");
    const [docs, old] = read.mappings.values();
    assert.equal(docs?.defaultDisabled, true);
    assert.equal(docs?.onBehalf, true);
    assert.deepEqual(
      [...(docs?.toolOverrides ?? [])],
      [["search", { name: "search", enabled: false, alias: "find", unknown: 1 }]],
    );
    assert.deepEqual(
      [...(docs?.server?.toolOverrides ?? [])],
      [["search", { name: "search", alias: "look", description: "Looks" }]],
    );
    assert.equal(old?.serverId, "old");
    assert.equal(old?.onBehalf, false);
  });

  it("reads the older switch where there is no policy", () => {
    assert.equal(parsePortal(portal({ allow_code_mode: false })).portal.codeMode, "off");
    assert.equal(parsePortal(portal({ allow_code_mode: true })).portal.codeMode, "opt_in");
    assert.equal(parsePortal(portal()).portal.codeMode, undefined);
  });

  it("takes `server_id` before `id`", () => {
    const { portal: read } = parsePortal(
      portal({ servers: [aServer("row-1", { server_id: "docs" })] }),
    );
    assert.deepEqual([...read.mappings.keys()], ["docs"]);
    assert.equal(read.mappings.get("docs")?.server?.id, "docs");
  });

  it("leaves out a broken server, and reports it", async () => {
    const all = [portal({ servers: [{ id: "bad" }, aServer("docs")] }), { id: "worse" }];
    const the = await setUp((socket, request) => sendJson(socket, pageOf(request, all)));
    const { items, rejected } = await the.api.listPortals();
    assert.deepEqual(
      items.map(({ id, mappings }) => [id, [...mappings.keys()]]),
      [["main", ["docs"]]],
    );
    assert.deepEqual(
      rejected.map(({ error }) => error.subject),
      ['portal "main": server "bad": name', 'portal "worse": name'],
    );
    await the.close();
  });
});
