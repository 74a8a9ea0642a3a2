import assert from "node:assert/strict";
import type { Fault } from "../../../src/emulator/switches/schemas.ts";
import { call, emulatorPerTest, list, mcp, object, register } from "./support/calling.ts";

const rename = { name: "Renamed" };

describe("emulator: the fault", () => {
  const emulator = emulatorPerTest();
  const fail = (...faults: Fault[]) => emulator().control.switches({ faults });
  const read = () => call(emulator(), "GET", "/servers/up");
  const put = () => call(emulator(), "PUT", "/servers/up", rename);
  const stored = () => emulator().control.state()[0]?.servers[0]?.name;
  const raw = (signal?: AbortSignal) =>
    fetch(`${emulator().url}${mcp(emulator(), "/servers/up")}`, {
      headers: { authorization: `Bearer ${emulator().token}` },
      ...(signal ? { signal } : {}),
    });
  beforeEach(() => register(emulator(), "https://up.example/mcp"));

  it("reset: breaks the connection, before or after the write took effect", async () => {
    fail({ kind: "reset", match: {} });
    await assert.rejects(put(), { message: "fetch failed" });
    assert.equal(stored(), "Up");
    fail({ kind: "reset", match: {}, applied: true });
    await assert.rejects(put(), { message: "fetch failed" });
    assert.equal(stored(), "Renamed");
    assert.deepEqual(
      emulator()
        .control.log()
        .map(({ status, fault }) => [status, fault])
        .slice(-2),
      [
        [0, "reset"],
        [0, "reset"],
      ],
    );
  });

  it("hang: never answers", async () => {
    fail({ kind: "hang", match: {} });
    const abort = new AbortController();
    const pending = raw(abort.signal);
    const { log } = emulator().control;
    while (log.call(emulator().control).at(-1)?.fault !== "hang") {
      await new Promise((resolve) => setImmediate(resolve));
    }
    abort.abort();
    await assert.rejects(pending, { name: "AbortError" });
  });

  it("cut: ends in the middle", async () => {
    fail({ kind: "cut", match: {} });
    const response = await raw();
    assert.equal(response.status, 200);
    await assert.rejects(response.text());
  });

  it("slow: answers later", async () => {
    fail({ kind: "slow", match: {}, ms: 30 });
    const from = performance.now();
    assert.equal((await read()).status, 200);
    assert(performance.now() - from >= 29);
  });

  it("html: a proxy's page", async () => {
    fail({ kind: "html", match: {} });
    const response = await raw();
    assert.equal(response.headers.get("content-type"), "text/html; charset=utf-8");
    assert.match(await response.text(), /^<!doctype html>/);
  });

  it("status: an error envelope, with retry-after where it is asked for", async () => {
    fail({ kind: "status", match: {}, status: 429, retryAfter: 30 });
    const throttled = await read();
    assert.deepEqual([throttled.status, throttled.headers.get("retry-after")], [429, "30"]);
    fail({ kind: "status", match: {}, status: 521, code: 1000, message: "Web server is down" });
    const down = await read();
    const errors = [{ code: 1000, message: "Web server is down" }];
    assert.deepEqual([down.status, down.body["errors"]], [521, errors]);
  });

  it("body: whatever it is told", async () => {
    fail({ kind: "body", match: {}, body: '{"success":true,"resu' });
    assert.equal(await (await raw()).text(), '{"success":true,"resu');
    fail({ kind: "body", match: {}, body: '{"success":true,"result":[]}' });
    assert.deepEqual((await read()).body, { success: true, result: [] });
  });

  it("successFalse: 200, and nothing was done", async () => {
    fail({ kind: "successFalse", match: {} });
    const reply = await put();
    assert.deepEqual([reply.status, reply.body["success"], stored()], [200, false, "Up"]);
  });

  it("match: method, path, nth and count", async () => {
    fail({ kind: "status", status: 500, match: { method: "GET", path: "/up$", nth: 2, count: 2 } });
    const seen: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      await put();
      seen.push((await read()).status);
    }
    assert.deepEqual(seen, [200, 500, 500, 200]);
  });

  it("match: several take turns, count 0 never ends", async () => {
    const match = { method: "GET" };
    fail(
      { kind: "status", status: 502, match },
      { kind: "status", status: 503, match: { ...match, count: 0 } },
    );
    const seen = [await read(), await read(), await read()].map(({ status }) => status);
    assert.deepEqual(seen, [502, 503, 503]);
  });

  it("limits the rate as Cloudflare does, and lets go after the window", async () => {
    emulator().control.switches({ rateLimit: { requests: 2, seconds: 300 } });
    const first = await read();
    assert.equal(first.headers.get("ratelimit"), '"default";r=1;t=300');
    assert.equal(first.headers.get("ratelimit-policy"), '"default";q=2;w=300');
    assert.equal((await read()).status, 200);
    const refused = await read();
    assert.deepEqual([refused.status, refused.headers.get("retry-after")], [429, "300"]);
    const error = object(list(refused.body["errors"])[0]);
    assert.match(String(error["message"]), /^More than 2 requests per 300 seconds reached/);
    emulator().control.advance(299_000);
    assert.equal((await read()).status, 429);
    emulator().control.advance(1_500);
    assert.equal((await read()).status, 200);
  });

  it("limits the rate of each credential by itself, of keys too", async () => {
    emulator().control.switches({ rateLimit: { requests: 1, seconds: 300 } });
    const { email, key } = emulator().globalKey;
    const statusOf = async (headers: Readonly<Record<string, string>>) =>
      (await call(emulator(), "GET", "/servers", undefined, headers)).status;
    const own = { "x-auth-email": email, "x-auth-key": key };
    const other = { "x-auth-email": "nobody@example.com", "x-auth-key": key };
    assert.deepEqual([await statusOf(own), await statusOf(own)], [200, 429]);
    assert.deepEqual([await statusOf(other), await statusOf(other)], [403, 429]);
    assert.deepEqual([await statusOf({}), await statusOf({})], [400, 429]);
  });
});
