import assert from "node:assert/strict";
import { call, emulatorForAll, list, object, register } from "./support/calling.ts";

/** `CONTROL_BODIES=20000` sends more bodies; `CONTROL_SEED=7` repeats those of a failure. */
const BODIES = Number(process.env["CONTROL_BODIES"] ?? "300");
const SEED = Number(process.env["CONTROL_SEED"] ?? 1);

/** JSON texts, because `JSON.stringify` doesn't write some of them. */
const ODD_VALUES: readonly string[] = [
  ...["1e308", "-1e308", "1e999", "-1", "-0", "0", "0.5", "1", "3", "1e-300", "2147483648"],
  ...["4294967296", "9007199254740993", "8640000000000001", "true", "false", "null", "[]", "{}"],
  ...['""', '"\\ud800"', '"\\u0000"', '"__proto__"', '"constructor"', '"up"', '"docs"', '"GET"'],
  ...['"(a+)+$"', '"^(\\\\w+\\\\W?)*$"', '"["', '"("', '"/servers"', '".*"', '"before"', '"after"'],
  ...['"not a URL"', '"http://127.0.0.1:1/"', '"https://[::1]:6000/"', '"200-false"', '"merge"'],
  ...['"reset"', '"status"', '"body"', '"slow"', '"2026-01-01T00:00:00Z"', '"-1"', '"active"'],
  ...['{"__proto__":{"a":1}}', '{"constructor":{"prototype":{"a":1}}}', "[null]", "[[[[]]]]"],
  `"${"x".repeat(50_000)}"`,
  `${"[".repeat(1500)}${"]".repeat(1500)}`,
  `${'{"a":'.repeat(1500)}1${"}".repeat(1500)}`,
  `${"[".repeat(90_000)}${"]".repeat(90_000)}`,
];

/** A valid body for each control. Its values are replaced. */
const TEMPLATES: readonly (readonly [string, unknown])[] = [
  ["POST clock", { advance: 1 }],
  ["POST accounts", { id: "0123456789abcdef0123456789abcdef", name: "Other" }],
  ["POST tokens", { name: "fuzz", secret: "f".repeat(40), permission: "read", expires_on: "x" }],
  ["DELETE tokens", { secret: "f".repeat(40) }],
  ["POST writes", { server: "up", patch: { name: "Up", tools: [{ name: "a" }], status: "ready" } }],
  ["POST writes", { server: "up", patch: { hostname: "x", error_details: { mcp_code: 1 } } }],
  ["POST writes", { portal: "p", patch: { name: "P", servers: [] }, account: "x" }],
  ["POST writes", { server: "gone", delete: true }],
  ["POST switches", { all: { syncLatency: 1, syncTimeout: 1, readyWithError: "x" } }],
  ["POST switches", { all: { ignoreFields: ["name"], put: "merge", nullCatalogue: false } }],
  ["POST switches", { servers: { up: { syncTimeout: 1, listCatalogue: "full" } } }],
  ["POST switches", { latency: 1, rateLimit: { requests: 1, seconds: 1 }, backgroundSync: 100 }],
  [
    "POST switches",
    { faults: [{ kind: "status", status: 500, retryAfter: 1, match: { path: "/x", nth: 1 } }] },
  ],
  ["POST switches", { faults: [{ kind: "body", status: 200, body: "x", match: { count: 1 } }] }],
  ["POST switches", { faults: [{ kind: "slow", ms: 1, match: { method: "GET" } }] }],
  [
    "POST switches",
    {
      interventions: [
        {
          match: { path: "/servers" },
          when: "before",
          write: { server: "up", patch: { name: "X" } },
        },
      ],
    },
  ],
];

/** Numbers from 0 to 1, equal for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe(`emulator: any body on the control door, seed ${SEED}`, function () {
  this.timeout(10_000 + BODIES * 200);
  const emulator = emulatorForAll({ seed: "empty" });
  const random = randomOf(SEED);
  const oneOf = <T>(items: readonly T[], otherwise: T): T =>
    items[Math.floor(random() * items.length)] ?? otherwise;
  before(() => register(emulator(), "https://docs.harborlane.example/mcp"));

  async function control(name: string, body?: string): Promise<number> {
    const [method = "", path] = name.split(" ");
    const response = await fetch(new URL(`/__emulator/${path}`, emulator().url), {
      method,
      headers: { authorization: `Bearer ${emulator().token}` },
      ...(body === undefined ? {} : { body }),
    });
    await response.json();
    return response.status;
  }

  /** The template as JSON, with about one value in three replaced. */
  function spoiled(value: unknown): string {
    if (random() < 0.15) {
      return oneOf(ODD_VALUES, "null");
    }
    if (Array.isArray(value)) {
      return `[${value.map(spoiled).join(",")}]`;
    }
    if (typeof value === "object" && value !== null) {
      const pairs = Object.entries(value).map(
        ([key, inner]) => `${JSON.stringify(key)}:${spoiled(inner)}`,
      );
      return `{${pairs.join(",")}}`;
    }
    return random() < 0.35 ? oneOf(ODD_VALUES, "null") : JSON.stringify(value);
  }

  it("is taken or refused, and the emulator answers as before", async () => {
    let taken = 0;
    for (let turn = 0; turn < BODIES; turn += 1) {
      const [name, template] = oneOf(TEMPLATES, ["POST clock", {}]);
      const body = spoiled(template);
      const what = `CONTROL_SEED=${SEED}, body ${turn}: ${name} ${body.slice(0, 300)}`;
      const status = await control(name, body);
      assert([200, 400].includes(status), `${what} → ${status}`);
      taken += status === 200 ? 1 : 0;
      if (turn % 5 !== 4) {
        continue;
      }
      assert.equal(await control("DELETE switches"), 200, what);
      const listed = await call(emulator(), "GET", "/servers");
      assert.equal(listed.status, 200, what);
      list(listed.body["result"]);
      const accounts = await fetch(`${emulator().url}/accounts`, {
        headers: { authorization: `Bearer ${emulator().token}` },
      });
      assert.equal(accounts.status, 200, what);
      assert.equal(await control("GET log"), 200, what);
      assert.equal(await control("GET state"), 200, what);
    }
    assert(taken > BODIES / 10 && taken < BODIES, `${taken} of ${BODIES} were taken`);
  });

  it("leaves servers that can still be written and synced", async () => {
    await control("DELETE switches");
    const hostname = "https://docs.harborlane.example/mcp";
    await register(emulator(), hostname, { id: "after" });
    const synced = await call(emulator(), "POST", "/servers/after/sync");
    assert.deepEqual(object(synced.body["result"]), { status: "ready" });
  });
});
