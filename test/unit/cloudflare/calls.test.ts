import assert from "node:assert/strict";
import type { CloudflareClient } from "../../../src/domain/cloudflareClient.ts";
import { aServer, ok, sendJson } from "./support/answers.ts";
import { account, type SetUp, setUp, token } from "./support/setUp.ts";

const base = `/client/v4/accounts/${account}/access/ai-controls/mcp`;

interface Case {
  readonly name: string;
  readonly call: (api: CloudflareClient) => Promise<unknown>;
  readonly line: string;
  readonly body?: unknown;
  readonly result: unknown;
}

const cases: readonly Case[] = [
  {
    name: "lists servers",
    call: (client) => client.listServers(),
    line: `GET ${base}/servers?page=1&per_page=100`,
    result: [aServer("docs")],
  },
  {
    name: "searches servers",
    call: (client) => client.listServers({ search: "a b&c" }),
    line: `GET ${base}/servers?search=a+b%26c&page=1&per_page=100`,
    result: [aServer("docs")],
  },
  {
    name: "reads a server",
    call: (client) => client.readServer("docs"),
    line: `GET ${base}/servers/docs`,
    result: aServer("docs"),
  },
  {
    name: "encodes an id, also one with a lone surrogate",
    call: (client) => client.readServer("a/b?c\ud800"),
    line: `GET ${base}/servers/a%2Fb%3Fc%EF%BF%BD`,
    result: aServer("docs"),
  },
  {
    name: "creates a server",
    call: (client) =>
      client.createServer({
        id: "docs",
        name: "Docs",
        hostname: "https://docs.example.com/mcp",
        auth_type: "bearer",
        auth_credentials: "upstream-secret",
      }),
    line: `POST ${base}/servers`,
    body: {
      id: "docs",
      name: "Docs",
      hostname: "https://docs.example.com/mcp",
      auth_type: "bearer",
      auth_credentials: "upstream-secret",
    },
    result: aServer("docs"),
  },
  {
    name: "updates a server with the patch as it stands",
    call: (client) =>
      client.updateServer("docs", { description: null, updated_tools: [{ name: "__proto__" }] }),
    line: `PUT ${base}/servers/docs`,
    body: { description: null, updated_tools: [{ name: "__proto__" }] },
    result: aServer("docs"),
  },
  {
    name: "deletes a server",
    call: (client) => client.deleteServer("docs"),
    line: `DELETE ${base}/servers/docs`,
    result: aServer("docs"),
  },
  {
    name: "syncs a server",
    call: (client) => client.syncServer("docs"),
    line: `POST ${base}/servers/docs/sync`,
    result: { status: "ready" },
  },
  {
    name: "lists portals",
    call: (client) => client.listPortals(),
    line: `GET ${base}/portals?page=1&per_page=100`,
    result: [{ id: "main", name: "Main", hostname: "mcp.example.com", servers: [] }],
  },
  {
    name: "reads a portal",
    call: (client) => client.readPortal("main"),
    line: `GET ${base}/portals/main`,
    result: { id: "main", name: "Main", hostname: "mcp.example.com" },
  },
  {
    name: "reads the redirect URI of a server in a portal",
    call: (client) => client.readRedirectUri({ portalId: "main", serverId: "docs" }),
    line: `GET ${base}/portals/main/servers/docs/effective-redirect-uri`,
    result: { redirect_uri: "https://mcp.example.com/servers-callback", source: "per_portal" },
  },
  {
    name: "counts the tool calls of an account",
    call: (client) => client.readToolCalls({ kind: "account" }, { days: 7, offset: 0 }),
    line: `GET ${base}/analytics/tool-calls/timeseries?granularity=daily&days=7&tz=Z`,
    result: { start: 0, end: 1, series: [] },
  },
  {
    name: "counts the tool calls of a portal, in days of a time zone",
    call: (client) =>
      client.readToolCalls({ kind: "portal", id: "a/b" }, { days: 30, offset: -570 }),
    line: `GET ${base}/analytics/portals/a%2Fb/tool-calls/timeseries?granularity=daily&days=30&tz=-09%3A30`,
    result: { start: 0, end: 1, series: [{ day: "2026-10-10", count: 3 }] },
  },
];

describe("calls on the wire", () => {
  let the: SetUp;
  let result: unknown;

  beforeEach(async () => {
    the = await setUp((socket) =>
      sendJson(socket, ok(result, Array.isArray(result) ? { total_count: result.length } : null)),
    );
  });
  afterEach(() => the.close());

  for (const { name, call, line, body, result: answer } of cases) {
    it(name, async () => {
      result = answer;
      await call(the.api);
      const [request, ...more] = the.server.requests;
      assert.equal(`${request?.method} ${request?.target}`, line);
      assert.equal(request?.headers.get("authorization"), `Bearer ${token}`);
      assert.equal(request?.headers.get("accept"), "application/json");
      assert.equal(request?.headers.get("user-agent"), "test/1");
      assert.deepEqual(request?.body === "" ? undefined : JSON.parse(request?.body ?? ""), body);
      assert.equal(more.length, 0);
    });
  }

  it("lists accounts", async () => {
    result = [{ id: account, name: "Mine" }, { id: "b", name: null }, { name: "no id" }];
    assert.deepEqual(await the.connection.accounts.listAccounts(), [
      { id: account, name: "Mine" },
      { id: "b", name: "b" },
    ]);
    assert.equal(the.server.requests[0]?.target, "/client/v4/accounts?page=1&per_page=50");
  });

  it("verifies a token as a user's and as an account's", async () => {
    result = { id: "t", status: "active", expires_on: "2027-01-01T00:00:00Z", not_before: null };
    const state = {
      id: "t",
      status: "active",
      expiresOn: "2027-01-01T00:00:00Z",
      notBefore: undefined,
    };
    assert.deepEqual(await the.connection.accounts.verifyUserToken(), state);
    assert.deepEqual(await the.connection.accounts.verifyAccountToken(account), state);
    assert.deepEqual(
      the.server.requests.map(({ target }) => target),
      ["/client/v4/user/tokens/verify", `/client/v4/accounts/${account}/tokens/verify`],
    );
  });
});

describe("credentials on the wire", () => {
  it("sends email and key instead of a token", async () => {
    const the = await setUp((socket) => sendJson(socket, ok(aServer("docs"))), {
      credential: { kind: "key", email: "me@example.com", key: "0123456789abcdef" },
    });
    await the.api.readServer("docs");
    const headers = the.server.requests[0]?.headers;
    assert.equal(headers?.get("x-auth-email"), "me@example.com");
    assert.equal(headers?.get("x-auth-key"), "0123456789abcdef");
    assert.equal(headers?.get("authorization"), undefined);
    await the.close();
  });
});
