import assert from "node:assert/strict";
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

  it("takes no token that is disabled, expired or revoked", async () => {
    const made = async (options: object) => {
      const { answer } = await control("POST", "tokens", { name: "other", ...options });
      return String(object(answer)["secret"]);
    };
    const statusOf = async (token: string) =>
      (await control("GET", "log", undefined, token)).status;
    assert.equal(await statusOf(await made({})), 200);
    assert.equal(await statusOf(await made({ status: "disabled" })), 401);
    assert.equal(await statusOf(await made({ status: "expired" })), 401);
    assert.equal(await statusOf(await made({ expires_on: "2026-01-01T00:00:00Z" })), 401);
    assert.equal(await statusOf(await made({ not_before: "2126-01-01T00:00:00Z" })), 401);
    const revoked = await made({});
    assert.equal((await control("DELETE", "tokens", { secret: revoked })).status, 200);
    assert.equal(await statusOf(revoked), 401);
    assert.equal((await control("DELETE", "tokens", { secret: revoked })).status, 400);
  });

  it("lets a token expire on the emulator's own clock", async () => {
    const expiresOn = new Date(Date.now() + 3_600_000).toISOString();
    const { answer } = await control("POST", "tokens", {
      name: "for an hour",
      expires_on: expiresOn,
    });
    const secret = String(object(answer)["secret"]);
    assert.equal((await control("GET", "log", undefined, secret)).status, 200);
    await control("POST", "clock", { advance: 3_700_000 });
    assert.equal((await control("GET", "log", undefined, secret)).status, 401);
    const verified = await fetch(`${emulator().url}/user/tokens/verify`, {
      headers: { authorization: `Bearer ${secret}` },
    });
    assert.equal(object(object(await verified.json())["result"])["status"], "expired");
  });

  it("locks nobody out: its own tokens and existing accounts stay as they are", async () => {
    const { token, readOnlyToken, accountId } = emulator();
    const disabled = { name: "mine", secret: token, status: "disabled" };
    assert.equal((await control("POST", "tokens", disabled)).status, 400);
    assert.equal((await control("POST", "tokens", { name: "token" })).status, 400);
    assert.equal((await control("DELETE", "tokens", { secret: readOnlyToken })).status, 400);
    assert.equal((await control("POST", "accounts", { id: accountId, name: "New" })).status, 400);
    assert.equal((await api(serverPath())).status, 200);
  });

  const refused: readonly [string, string, unknown][] = [
    ["a clock beyond the year 9999", "clock", { advance: 1e308 }],
    ["a clock that goes backwards", "clock", { advance: -1 }],
    ["a latency of years", "switches", { latency: 1e12 }],
    ["half a millisecond until an upstream is given up", "switches", { all: { syncTimeout: 0.5 } }],
    ["a timeout that no timer takes", "switches", { all: { syncTimeout: 1e308 } }],
    ["a background sync at every tick", "switches", { backgroundSync: 1e-300 }],
    ["a background sync that is never due", "switches", { backgroundSync: 1e308 }],
    [
      "an endless window of the rate limit",
      "switches",
      { rateLimit: { requests: 1, seconds: 1e308 } },
    ],
    [
      "a broken regular expression",
      "switches",
      { faults: [{ kind: "hang", match: { path: "(" } }] },
    ],
    [
      "a status that no server sends",
      "switches",
      { faults: [{ kind: "html", status: 99, match: {} }] },
    ],
    [
      "more faults than can wait",
      "switches",
      { faults: Array.from({ length: 1001 }, () => ({ kind: "hang", match: {} })) },
    ],
    ["a token that no header carries", "tokens", { name: "other", secret: "line\nbreak" }],
    ["a date that is none", "tokens", { name: "other", expires_on: "tomorrow" }],
    ["a switch that nobody knows", "tokens", { name: "other", permision: "read" }],
  ];
  for (const [what, name, body] of refused) {
    it(`refuses ${what}, and works as before`, async () => {
      const before = await control("GET", "state");
      assert.equal((await control("POST", name, body)).status, 400);
      assert.equal((await api(serverPath())).status, 200);
      assert.deepEqual(await control("GET", "state"), before);
    });
  }

  it("sets nothing of a change that is refused in part", async () => {
    const fault = { kind: "status", status: 500, match: { path: "/accounts$" } };
    const write = { match: {}, when: "before", write: { server: "docs" } };
    const interventions = Array.from({ length: 1000 }, () => write);
    await control("POST", "switches", { interventions });
    const faults = [fault];
    const refusal = await control("POST", "switches", { faults, interventions, latency: 100 });
    assert.equal(refusal.status, 400);
    await control("DELETE", "switches");
    assert.equal((await api("/accounts")).status, 200);
  });

  it("isn't held up by a regular expression that backtracks for ever", async () => {
    const faults = [{ kind: "status", status: 500, match: { path: "^(/?[a-z0-9]+)+$" } }];
    await control("POST", "switches", { faults });
    const from = performance.now();
    const path = `/accounts/${"a".repeat(60)}!`;
    assert.equal((await api(path)).status, 404);
    assert(performance.now() - from < 5000);
    await control("DELETE", "switches");
  });

  it("answers on when an intervention can't be made", async () => {
    const interventions = [
      { match: {}, when: "before", write: { server: "docs", patch: { tools: "none" } } },
      { match: {}, when: "after", write: { account: "nobody's", server: "docs" } },
    ];
    await control("POST", "switches", { interventions });
    assert.equal((await api(serverPath())).status, 200);
  });
});
