import assert from "node:assert/strict";
import { UpstreamHost } from "../../../src/emulator/upstreams/host.ts";
import { buildServer } from "../../../src/emulator/upstreams/spec.ts";
import { tickets } from "../../../src/emulator/upstreams/tickets.ts";
import { emulatorForAll, mcp, object } from "./support/calling.ts";
import { rawRequest } from "./support/raw.ts";

const MEBIBYTE = Buffer.alloc(1024 * 1024, 0x20);

/** Headers of requests that a browser or a foreign name server causes. */
const foreign: readonly [string, Readonly<Record<string, string>>][] = [
  ["a Host that was resolved to this machine", { host: "evil.example" }],
  ["such a Host with a port", { host: "evil.example:8787" }],
  ["a Host that only begins like loopback", { host: "127.0.0.1.evil.example" }],
  ["a Host that only ends like loopback", { host: "evil.example#localhost" }],
  ["another site's Origin", { origin: "https://evil.example" }],
  ["an Origin that only looks like loopback", { origin: "http://localhost.evil.example" }],
  ["the Origin of a sandboxed page", { origin: "null" }],
  ["the Origin of an editor's page", { origin: "vscode-webview://abc" }],
  ["a browser's word that it comes from another site", { "sec-fetch-site": "cross-site" }],
];

describe("emulator: every door", () => {
  const emulator = emulatorForAll({ seed: "empty" });
  const host = new UpstreamHost();
  before(async () => {
    host.add({ hostname: "up.example", factory: () => buildServer(tickets) });
    await host.listen();
  });
  after(() => host.close());

  const authorization = () => `Bearer ${emulator().token}`;
  const doors: readonly [string, () => string, number][] = [
    ["the API", () => `${emulator().url}/accounts`, 200],
    ["the control door", () => new URL("/__emulator/state", emulator().url).href, 200],
    ["an upstream", () => host.resolve(new URL("https://up.example/mcp")).href, 405],
  ];
  for (const [door, url, usual] of doors) {
    for (const [what, headers] of foreign) {
      it(`refuses on ${door} ${what}`, async () => {
        const reply = await rawRequest(url(), "GET", {
          authorization: authorization(),
          ...headers,
        });
        assert.deepEqual([reply.status, reply.text], [403, ""]);
      });
    }

    for (const [what, headers] of [
      ["no Origin", {}],
      ["a loopback Origin", { origin: "http://localhost:3000" }],
      ["localhost in capitals", { host: "LOCALHOST:80" }],
      ["IPv6 loopback", { host: "[::1]:8787", origin: "http://[::1]:8787" }],
    ] as const) {
      it(`opens ${door} to a program with ${what}`, async () => {
        const reply = await rawRequest(url(), "GET", {
          authorization: authorization(),
          ...headers,
        });
        assert.equal(reply.status, usual);
      });
    }
  }
});

describe("emulator: bodies", () => {
  const emulator = emulatorForAll({ seed: "empty" });
  const apiUrl = () => `${emulator().url}${mcp(emulator(), "/servers")}`;
  const controlUrl = () => new URL("/__emulator/switches", emulator().url).href;
  const strangers: readonly [string, () => Readonly<Record<string, string>>][] = [
    ["without a credential", () => ({})],
    ["with an unknown token", () => ({ authorization: `Bearer ${"x".repeat(40)}` })],
    ["with a disabled token", () => bearerOf({ status: "disabled" })],
    ["with an expired token", () => bearerOf({ expires_on: "2026-01-01T00:00:00Z" })],
    ["with a token that hasn't begun", () => bearerOf({ not_before: "2126-01-01T00:00:00Z" })],
    ["with a wrong key", () => ({ "x-auth-email": "a@b.example", "x-auth-key": "0".repeat(37) })],
  ];
  function bearerOf(options: object): Readonly<Record<string, string>> {
    return { authorization: `Bearer ${emulator().control.addToken("other", options).secret}` };
  }

  for (const [door, url] of [
    ["the API", apiUrl],
    ["the control door", controlUrl],
  ] as const) {
    for (const [who, headers] of strangers) {
      it(`aren't asked for on ${door} ${who}`, async () => {
        const reply = await rawRequest(
          url(),
          "POST",
          { ...headers(), expect: "100-continue", "content-length": "10" },
          "0123456789",
        );
        assert(reply.status >= 400, String(reply.status));
        assert.equal(reply.wasAskedForBody, false);
      });
    }

    it(`are asked for on ${door} once the token is known`, async () => {
      const reply = await rawRequest(
        url(),
        "POST",
        { authorization: `Bearer ${emulator().token}`, expect: "100-continue" },
        "{}",
      );
      assert.equal(reply.wasAskedForBody, true);
    });

    it(`over the limit are refused on ${door}, told beforehand or not`, async () => {
      const authorization = `Bearer ${emulator().token}`;
      const told = { authorization, expect: "100-continue", "content-length": "999999999" };
      const early = await rawRequest(url(), "POST", told, "");
      assert.deepEqual([early.status, early.wasAskedForBody], [413, false]);
      const chunks = Array.from({ length: 17 }, () => MEBIBYTE);
      const late = await rawRequest(url(), "POST", { authorization }, chunks);
      assert.equal(late.status, 413);
      assert.match(late.text, /larger than 16777216 bytes/);
    });
  }

  it("of strangers are in no log", async () => {
    const { control } = emulator();
    control.clearLog();
    for (const [, headers] of strangers) {
      await rawRequest(apiUrl(), "POST", headers(), '{"name":"from a stranger"}');
    }
    const log = control.log();
    assert.equal(log.length, strangers.length);
    assert.deepEqual([...new Set(log.map(({ body }) => body))], [null]);
  });

  it("of strangers take no memory, however many there are", async () => {
    emulator().control.clearLog();
    const chunks = Array.from({ length: 8 }, () => MEBIBYTE);
    const replies = Array.from({ length: 8 }, () => rawRequest(apiUrl(), "POST", {}, chunks));
    for (const { status } of await Promise.all(replies)) {
      assert.equal(status, 400);
    }
    assert(JSON.stringify(emulator().control.log()).length < 10_000);
  });

  it("nested too deeply to be written again count as no JSON", async () => {
    const deep = `{"name":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    const headers = { authorization: `Bearer ${emulator().token}` };
    const api = await rawRequest(apiUrl(), "POST", headers, deep);
    assert.equal(api.status, 400);
    const control = await rawRequest(controlUrl(), "POST", headers, deep);
    assert.deepEqual(
      [control.status, object(JSON.parse(control.text))["error"]],
      [400, "The body isn't JSON, or is nested too deeply"],
    );
    const log = await rawRequest(new URL("/__emulator/log", apiUrl()).href, "GET", headers);
    assert.equal(log.status, 200);
  });

  it("that are no JSON are refused by the control door", async () => {
    const headers = { authorization: `Bearer ${emulator().token}` };
    assert.equal((await rawRequest(controlUrl(), "POST", headers, "no JSON")).status, 400);
    assert.equal((await rawRequest(controlUrl(), "POST", headers, "{}")).status, 200);
  });
});
