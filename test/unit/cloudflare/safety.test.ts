import assert from "node:assert/strict";
import { Connector } from "../../../src/cloudflare/connect.ts";
import { parseRoot } from "../../../src/cloudflare/transport/call.ts";
import type { Credential } from "../../../src/domain/account.ts";
import { isLoopback } from "../../../src/domain/account.ts";
import { aServer, ok, refused, send, sendJson } from "./support/answers.ts";
import { account, failure, setUp, token } from "./support/setUp.ts";

describe("the API client", () => {
  const refusedRoots = [
    "http://api.cloudflare.com/client/v4",
    "http://localhost.example.com/client/v4",
    "http://127.0.0.1.example.com/",
    "http://10.0.0.1/",
    "ftp://127.0.0.1/",
    "file:///etc",
    "https://user:pass@api.cloudflare.com/client/v4",
    "https://api.cloudflare.com/client/v4?x=1",
    "api.cloudflare.com",
    "",
  ];
  for (const apiRoot of refusedRoots) {
    it(`refuses the root "${apiRoot}"`, async () => {
      const connection = new Connector().connect({
        apiRoot,
        credential: { kind: "token", token },
        userAgent: "t",
      });
      const error = await failure(connection.accounts.listAccounts());
      assert.equal(error.reason, "unsafeRoot");
      assert.ok(!error.message.includes("pass"));
      await connection.close();
    });
  }

  it("accepts https, and http on a loopback address", () => {
    assert.deepEqual(parseRoot("https://api.cloudflare.com/client/v4/"), {
      origin: "https://api.cloudflare.com",
      prefix: "/client/v4",
      secure: true,
      hostname: "api.cloudflare.com",
    });
    for (const host of ["localhost", "127.0.0.1", "127.9.8.7", "[::1]"]) {
      assert.ok(isLoopback(parseRoot(`http://${host}:8787/client/v4`).hostname));
    }
  });

  const credentials: readonly Credential[] = [
    { kind: "token", token: "" },
    { kind: "token", token: "a b" },
    { kind: "token", token: "line\r\nX-Evil: 1" },
    { kind: "token", token: "tökén" },
    { kind: "key", email: "me@example.com\n", key: "k" },
    { kind: "key", email: "me@example.com", key: "" },
  ];
  for (const credential of credentials) {
    it(`refuses a credential such as ${JSON.stringify(credential)}`, async () => {
      const the = await setUp((socket) => sendJson(socket, ok([])), { credential });
      const error = await failure(the.api.listServers());
      assert.equal(error.reason, "badCredential");
      assert.equal(error.kind, "auth");
      assert.equal(the.server.requests.length, 0);
      await the.close();
    });
  }

  it("stays at its origin when that redirects", async () => {
    const other = await setUp((socket) => sendJson(socket, ok(aServer("docs"))));
    for (const status of [301, 302, 303, 307, 308]) {
      const the = await setUp((socket) =>
        send(socket, status, "", { location: other.server.root }),
      );
      assert.equal((await failure(the.api.readServer("docs"))).reason, "redirect");
      await the.close();
    }
    assert.equal(other.server.requests.length, 0);
    await other.close();
  });

  for (const id of ["", ".", ".."]) {
    it(`sends nothing for a server called "${id}"`, async () => {
      const the = await setUp((socket) => sendJson(socket, ok(null)));
      assert.equal((await failure(the.api.deleteServer(id))).reason, "wrongShape");
      assert.equal(the.server.requests.length, 0);
      await the.close();
    });
  }
});

describe("the log", () => {
  it("names method, path, status, duration, attempt and ray id, and nothing else", async () => {
    const lines: object[] = [];
    const the = await setUp(
      (socket, _, number) =>
        number === 1
          ? sendJson(socket, refused(1, "body text"), 503)
          : sendJson(socket, ok([]), 200, { "cf-ray": "bad ray\tid" }),
      { log: (line) => lines.push(line) },
    );
    await the.api.listServers({ search: "private words" });
    const path = `/accounts/${account}/access/ai-controls/mcp/servers`;
    assert.deepEqual(
      lines.map((line) => ({ ...line, durationMs: 0 })),
      [
        {
          method: "GET",
          path,
          attempt: 1,
          durationMs: 0,
          status: 503,
          rayId: "8f00ba4-TST",
          failure: "server",
        },
        { method: "GET", path, attempt: 2, durationMs: 0, status: 200 },
      ],
    );
    await the.close();
  });

  it("names no credential and no body, whatever is sent and answered", async () => {
    const lines: object[] = [];
    const the = await setUp(
      (socket) => sendJson(socket, refused(7001, `no: ${token}`, { token }), 400),
      { log: (line) => lines.push(line) },
    );
    const error = await failure(
      the.api.updateServer("docs", { auth_credentials: "upstream-secret" }),
    );
    const told = JSON.stringify([lines, error.message, error.stack]);
    assert.ok(!told.includes(token));
    assert.ok(!told.includes("upstream-secret"));
    await the.close();
  });
});

describe("a refusal's fields", () => {
  const forms: readonly (readonly [object, string | undefined])[] = [
    [{ path: ["body", "updated_tools", 3, "alias"] }, "updated_tools.3.alias"],
    [{ source: { pointer: "/hostname" } }, "hostname"],
    [{ source: { pointer: "/body/a~1b/0" } }, "a/b.0"],
    [{ path: [] }, undefined],
    [{ path: "x", source: null }, undefined],
  ];
  for (const [more, field] of forms) {
    it(`reads ${JSON.stringify(more)}`, async () => {
      const the = await setUp((socket) => sendJson(socket, refused(7001, "no", more), 400));
      const { problems } = await failure(the.api.updateServer("docs", {}));
      assert.deepEqual(problems, [{ code: 7001, message: "no", field }]);
      await the.close();
    });
  }
});

describe("answers as they come", () => {
  it("takes a byte order mark", async () => {
    const the = await setUp((socket) =>
      send(socket, 200, `\ufeff${JSON.stringify(ok(aServer("docs")))}`),
    );
    assert.equal((await the.api.readServer("docs")).id, "docs");
    await the.close();
  });

  it("takes a lone surrogate, and sends one back", async () => {
    const name = "a\ud800b";
    const the = await setUp((socket) => sendJson(socket, ok(aServer("docs", { name }))));
    const server = await the.api.updateServer("docs", { updated_tools: [{ name }] });
    assert.equal(server.name, name);
    assert.deepEqual(JSON.parse(the.server.requests[0]?.body ?? ""), { updated_tools: [{ name }] });
    await the.close();
  });
});
