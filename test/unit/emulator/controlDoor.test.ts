import assert from "node:assert/strict";
import { request } from "node:http";
import { emulatorForAll, list, names, object } from "./support/calling.ts";

describe("emulator: the control over HTTP", () => {
  const emulator = emulatorForAll({ seed: "demo" });

  async function control(method: string, name: string, body?: unknown, token = emulator().token) {
    const { origin } = new URL(emulator().url);
    const response = await fetch(`${origin}/__emulator/${name}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    return { status: response.status, answer };
  }

  async function api(path: string) {
    const response = await fetch(`${emulator().url}${path}`, {
      headers: { authorization: `Bearer ${emulator().token}` },
    });
    return { status: response.status, body: object(await response.json()) };
  }

  const serverPath = () => `/accounts/${emulator().accountId}/access/ai-controls/mcp/servers/docs`;

  it("asks for a token that may write", async () => {
    assert.equal((await control("GET", "log", undefined, "x".repeat(40))).status, 401);
    assert.equal((await control("GET", "log", undefined, emulator().readOnlyToken)).status, 403);
    assert.equal((await control("GET", "log")).status, 200);
  });

  it("hands out the log and clears it; its own requests aren't in it", async () => {
    await control("DELETE", "log");
    await api("/accounts?name=x");
    const { answer } = await control("GET", "log");
    assert.deepEqual(
      list(answer).map((entry) => {
        const { method, path, query, status } = object(entry);
        return { method, path, query, status };
      }),
      [{ method: "GET", path: "/accounts", query: { name: "x" }, status: 200 }],
    );
  });

  it("sets switches, refuses what it doesn't know, and sets them back", async () => {
    const faults = [{ kind: "status", status: 503, match: { count: 0 } }];
    assert.equal((await control("POST", "switches", { faults })).status, 200);
    assert.equal((await api("/accounts")).status, 503);
    const typo = await control("POST", "switches", { all: { nullCatalog: true } });
    assert.equal(typo.status, 400);
    assert.match(String(object(typo.answer)["error"]), /nullCatalog/);
    await control("DELETE", "switches");
    assert.equal((await api("/accounts")).status, 200);
  });

  it("writes as somebody else and runs the background sync", async () => {
    await control("POST", "writes", { server: "docs", patch: { name: "Theirs" } });
    const before = object((await api(serverPath())).body["result"]);
    assert.equal(before["name"], "Theirs");
    assert.equal((await control("POST", "sync")).status, 200);
    const after = object((await api(serverPath())).body["result"]);
    assert.notDeepEqual(names(after["tools"]), names(before["tools"]));
  });

  it("makes tokens and accounts", async () => {
    const made = await control("POST", "tokens", { name: "reader", permission: "read" });
    assert.equal(object(made.answer)["permission"], "read");
    const id = "fedcba9876543210fedcba9876543210";
    await control("POST", "accounts", { id, name: "Second" });
    assert.deepEqual(names((await api("/accounts")).body["result"]), ["Harborlane", "Second"]);
    const state = list((await control("GET", "state")).answer).map(
      (account) => object(account)["id"],
    );
    assert.deepEqual(state, [emulator().accountId, id]);
  });

  it("turns away a browser that had a name resolved to this machine", async () => {
    const url = new URL(`${emulator().url}/accounts`);
    const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
    const headers = { host: "evil.example", authorization: `Bearer ${emulator().token}` };
    request(url, { headers }, (response) => resolve(response.resume().statusCode))
      .on("error", reject)
      .end();
    assert.equal(await promise, 403);
  });
});
