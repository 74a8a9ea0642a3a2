import assert from "node:assert/strict";
import { isApiError } from "../../../src/domain/apiError.ts";
import { callsInLast } from "../../../src/domain/usage/toolCalls.ts";
import { ok, sendJson } from "./support/answers.ts";
import { type EmulatedClient, emulatedClient } from "./support/emulated.ts";
import { type SetUp, setUp } from "./support/setUp.ts";

const DAY_MS = 86_400_000;

describe("tool calls at the emulator", () => {
  let the: EmulatedClient;

  beforeEach(async () => {
    the = await emulatedClient();
  });
  afterEach(() => the.close());

  it("are counted for the account, a server and a portal", async () => {
    const window = { days: 30, offset: 0 };
    const account = await the.api.readToolCalls({ kind: "account" }, window);
    const portals = await Promise.all(
      ["engineering", "support"].map((id) => the.api.readToolCalls({ kind: "portal", id }, window)),
    );
    const sum = portals.reduce((total, calls) => total + callsInLast(30, calls), 0);
    assert(sum > 0);
    assert.equal(callsInLast(30, account), sum);
    const unused = await the.api.readToolCalls({ kind: "server", id: "crm" }, window);
    assert.equal(callsInLast(30, unused), 0);
  });

  for (const offset of [0, 330, -720, 840]) {
    it(`begin each day at midnight ${offset} minutes east of UTC`, async () => {
      const calls = await the.api.readToolCalls({ kind: "account" }, { days: 7, offset });
      assert.equal(calls.days.length, 7);
      assert.equal(calls.days[0]?.start, calls.start);
      assert.equal(calls.days.at(-1)?.start, calls.end - DAY_MS);
      assert.equal((calls.start + offset * 60_000) % DAY_MS, 0);
    });
  }

  it("have the address that an upstream sends users back to", async () => {
    const of = { portalId: "engineering", serverId: "docs" };
    assert.deepEqual(await the.api.readRedirectUri(of), {
      uri: "https://mcp.harborlane.example/servers-callback",
      source: "per_portal",
    });
    await the.api.updateServer("docs", { is_shared_oauth_callback_enabled: true });
    assert.equal((await the.api.readRedirectUri(of)).source, "shared_mcp22");
  });
});

describe("tool calls of an unexpected shape", () => {
  let the: SetUp;
  let series: unknown;

  beforeEach(async () => {
    the = await setUp((socket) => sendJson(socket, ok({ start: 0, end: DAY_MS, series })));
  });
  afterEach(() => the.close());

  for (const day of ["2026-10", "2026-99-99", "", 7]) {
    it(`are an error that names the day ${JSON.stringify(day)}`, async () => {
      series = [{ day, count: 1 }];
      const asked = the.api.readToolCalls({ kind: "server", id: "docs" }, { days: 7, offset: 0 });
      await assert.rejects(
        asked,
        (error) => isApiError(error) && error.subject === 'server "docs": tool calls: series.0.day',
      );
    });
  }
});
