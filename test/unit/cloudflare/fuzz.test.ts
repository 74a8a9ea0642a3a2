import assert from "node:assert/strict";
import { isApiError } from "../../../src/domain/apiError.ts";
import type { CloudflareClient } from "../../../src/domain/cloudflareClient.ts";
import { describeFailure } from "../../../src/domain/diagnosis/apiErrors.ts";
import { diagnose } from "../../../src/domain/diagnosis/upstream.ts";
import type { Server } from "../../../src/domain/servers/server.ts";
import { aServer, ok, refused, send } from "./support/answers.ts";
import { bend, pick, seeded } from "./support/bend.ts";
import { type SetUp, setUp } from "./support/setUp.ts";

/** `ANSWERS_ROUNDS=100000 ANSWERS_SEED=7 mocha test/unit/cloudflare/fuzz.test.ts`; a failure names the seed that shows it. */
const runs = Number(process.env["ANSWERS_ROUNDS"] ?? 2000);
const firstSeed = Number(process.env["ANSWERS_SEED"] ?? 1);

const overrides = [{ name: "search", alias: "find", enabled: false, description: "Finds" }];
const server = aServer("docs", {
  description: "Docs",
  status: "error",
  error: "unable to connect",
  error_details: { cause: "x", is_upstream: false, mcp_code: 1, retryable: true, status_code: 502 },
  auth_config_summary: { auth_mode: "manual", config: { issuer: "i" }, has_client_secret: true },
  tools: [{ name: "search", description: "Search", inputSchema: { type: "object" } }],
  prompts: [{ name: "ask", arguments: [] }],
  updated_tools: overrides,
  updated_prompts: [],
  created_at: "2026-01-01T00:00:00Z",
});
const info = { count: 2, page: 1, per_page: 100, total_count: 2 };
const entry = { name: "search", enabled: true, portal_alias: "p", server_alias: "s" };
const portalServer = { ...server, server_id: "docs", updated_tools: [entry] };
const portal = { id: "main", name: "Main", hostname: "m.example.com", servers: [portalServer] };

interface Case {
  readonly answer: unknown;
  readonly call: (api: CloudflareClient) => Promise<unknown>;
}

const cases: readonly Case[] = [
  { answer: ok([server, aServer("b")], info), call: (client) => client.listServers() },
  { answer: ok(server), call: (client) => client.readServer("docs") },
  { answer: ok(server), call: (client) => client.updateServer("docs", {}) },
  { answer: ok({ status: "error", error: "x" }), call: (client) => client.syncServer("docs") },
  { answer: ok([portal], info), call: (client) => client.listPortals() },
  { answer: ok(portal), call: (client) => client.readPortal("main") },
  {
    answer: ok({ start: 0, end: 1, series: [{ day: "2026-10-10", count: 3 }] }),
    call: (client) => client.readToolCalls({ kind: "account" }, { days: 7, offset: 0 }),
  },
  {
    answer: ok({ redirect_uri: "https://m.example.com/servers-callback", source: "per_portal" }),
    call: (client) => client.readRedirectUri({ portalId: "main", serverId: "docs" }),
  },
  {
    answer: refused(7001, "no", { path: ["body", "tools", 0], source: { pointer: "/x" } }),
    call: (client) => client.readServer("docs"),
  },
];

/** What steers time in an answer, right and wrong. */
const times = [
  ...["0", "1", "7.5", "-1", "NaN", "Infinity", "1e9", "99999999", "9".repeat(400), "soon", ""],
  ...["Sat, 10 Oct 2026 10:00:00 GMT", "Sat, 10 Oct 2099 10:00:00 GMT", "2099", "Jan 1 2099"],
];
const statuses = [200, 200, 200, 201, 204, 300, 304, 307, 400, 401, 403, 404, 409, 429, 500, 530];

function bentHeaders(random: () => number): Record<string, string> {
  const time = () => pick(times, random);
  const all: readonly (readonly [string, string])[] = [
    ["retry-after", time()],
    ["retry-after-ms", time()],
    ["ratelimit", `"x";r=${time()};t=${time()}, "y";r=5;t=30`],
    ["ratelimit-policy", `"x";q=${time()};w=${time()}`],
    ["date", time()],
    ["x-should-retry", pick(["true", "false", "maybe"], random)],
    ["location", pick(["https://example.com/", "", "//"], random)],
    ["cf-ray", pick(["8f0-TST", "<b>", "x".repeat(300)], random)],
    ["content-type", pick(["application/json", "text/html", "x"], random)],
  ];
  return Object.fromEntries(all.filter(() => random() < 0.3));
}

/** Each is a few requests, so a quarter of the runs takes as long. */
const headerRuns = Math.ceil(runs / 4);

describe(`answers with headers and statuses bent ${headerRuns} times`, () => {
  it("hold nobody up for longer than five minutes, and are told in a whole sentence", async function () {
    this.timeout(10_000 + headerRuns * 80);
    let status = 200;
    let headers: Record<string, string> = {};
    let body = "";
    const the = await setUp((socket) => send(socket, status, status === 204 ? "" : body, headers));
    for (let seed = firstSeed; seed < firstSeed + headerRuns; seed += 1) {
      const random = seeded(seed);
      const { answer, call } = pick(cases, random);
      status = pick(statuses, random);
      headers = bentHeaders(random);
      body = JSON.stringify(random() < 0.5 ? answer : refused(9109, "Invalid access token"));
      const error: unknown = await call(the.api).catch((thrown: unknown) => thrown);
      if (error instanceof Error) {
        assert.ok(isApiError(error), `seed ${seed}: ${String(error)}`);
        const { retryAfter = 0, retryAt = the.clock.wall() } = error;
        assert.ok(retryAfter >= 0 && retryAfter <= 300, `seed ${seed}: ${retryAfter} s`);
        const aheadMs = retryAt - the.clock.wall();
        assert.ok(aheadMs >= -1 && aheadMs <= 300_000, `seed ${seed}: ${aheadMs} ms`);
        const sentence = describeFailure(error);
        assert.match(sentence, /^[A-Z]/, `seed ${seed}`);
        assert.doesNotMatch(sentence, /Infinity|NaN|Invalid Date|undefined/, `seed ${seed}`);
      }
      const requests = the.server.requests.length;
      assert.ok(requests <= 30, `seed ${seed}: ${requests} requests`);
      the.server.requests.length = 0;
      await the.connector.ignoreRateLimits();
    }
    await the.close();
  });
});

describe(`answers bent ${runs} times`, () => {
  let the: SetUp;
  let body = "";
  before(async () => {
    the = await setUp((socket) => send(socket, 200, body));
  });
  after(() => the.close());

  it("become what they say or an ApiError, and nothing else", async function () {
    this.timeout(10_000 + runs * 20);
    for (let seed = firstSeed; seed < firstSeed + runs; seed += 1) {
      const random = seeded(seed);
      const { answer, call } = cases[seed % cases.length] as Case;
      body = garbled(JSON.stringify(bend(answer, random)), random);
      const sent = the.server.requests.length;
      try {
        sound(await call(the.api));
      } catch (error) {
        assert.ok(isApiError(error), `seed ${seed}: ${String(error)}`);
        assert.ok(describeFailure(error).length > 10, `seed ${seed}`);
      }
      const requests = the.server.requests.length - sent;
      assert.ok(requests <= 30, `seed ${seed}: ${requests} requests`);
      the.server.requests.length = 0;
    }
    assert.equal(({} as Record<string, unknown>)["name"], undefined);
  });
});

/** One in ten is cut or has a byte changed. */
function garbled(text: string, random: () => number): string {
  if (random() > 0.1) {
    return text;
  }
  const at = Math.floor(random() * text.length);
  return random() < 0.5 ? text.slice(0, at) : `${text.slice(0, at)}\u0000${text.slice(at + 1)}`;
}

/** Whatever came, the rest of the extension finds the shape that it was promised. */
function sound(value: unknown): void {
  if (typeof value !== "object" || value === null) {
    return;
  }
  if ("server" in value) {
    sound(value.server);
  } else if ("toolOverrides" in value) {
    const read = value as Server;
    for (const text of [read.id, read.name, read.hostname, read.authType, read.status]) {
      assert.equal(typeof text, "string");
    }
    tellable(read);
    for (const { name, source } of [...read.tools, ...read.prompts]) {
      assert.equal(typeof name, "string");
      assert.equal(source["name"], name);
    }
    for (const [name, override] of [...read.toolOverrides, ...read.promptOverrides]) {
      assert.equal(override.name, name);
      assert.ok(override.enabled === undefined || typeof override.enabled === "boolean");
    }
  } else if ("items" in value && Array.isArray(value.items)) {
    value.items.forEach(sound);
  } else if ("servers" in value && Array.isArray(value.servers)) {
    value.servers.forEach(sound);
  }
}

function tellable(server: Server): void {
  const advice = diagnose(server);
  if (advice !== undefined) {
    assert.match(advice.sentence, /^[A-Z]/);
    assert.ok(advice.sentence.length < 1200);
  }
}
