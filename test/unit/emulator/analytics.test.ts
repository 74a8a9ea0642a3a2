import assert from "node:assert/strict";
import { call, emulatorForAll, type Json, list, object } from "./support/calling.ts";

const DAY_MS = 86_400_000;

describe("emulator: analytics", () => {
  const emulator = emulatorForAll({ seed: "demo" });
  afterEach(() => emulator().control.resetSwitches());
  const path = "tool-calls/timeseries";

  async function timeseries(scope: string, query = ""): Promise<Json> {
    const { status, body } = await call(emulator(), "GET", `/analytics/${scope}${path}${query}`);
    assert.equal(status, 200);
    return object(body["result"]);
  }

  function counts(series: Json): readonly number[] {
    return list(series["series"]).map((entry) => Number(object(entry)["count"]));
  }

  it("report a plausible week, today last, in days of the time zone", async () => {
    const result = await timeseries("");
    const { granularity, aggregate, tz, start, end, total } = result;
    assert.deepEqual([granularity, aggregate, tz], ["daily", false, "utc"]);
    assert.equal(Number(end) - Number(start), 7 * DAY_MS);
    const days = list(result["series"]).map((entry) => object(entry)["day"]);
    const expected = Array.from({ length: 7 }, (_, index) =>
      new Date(Number(start) + index * DAY_MS).toISOString().slice(0, 10),
    );
    assert.deepEqual(days, expected);
    assert.equal(
      counts(result).reduce((sum, count) => sum + count, 0),
      total,
    );
    const byWeekday = days.map((day, index) => {
      const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
      return { isWeekend: weekday === 0 || weekday === 6, count: counts(result)[index] ?? 0 };
    });
    const whole = byWeekday.slice(0, 6);
    const busiest = Math.max(...whole.filter((day) => day.isWeekend).map(({ count }) => count));
    const quietest = Math.min(...whole.filter((day) => !day.isWeekend).map(({ count }) => count));
    assert(quietest > 100 && busiest < quietest / 2, JSON.stringify(byWeekday));
  });

  it("add up, so that the account is the sum of its portals and of its servers", async () => {
    const query = "?days=30";
    const account = await timeseries("", query);
    for (const scopes of [
      ["portals/engineering/", "portals/support/"],
      ["servers/tickets/", "servers/docs/", "servers/observability/", "servers/shop/"],
    ]) {
      const parts = await Promise.all(scopes.map((scope) => timeseries(scope, query)));
      const total = parts.reduce((sum, part) => sum + Number(part["total"]), 0);
      assert.equal(total, account["total"]);
    }
    assert.equal((await timeseries("servers/crm/", query))["total"], 0);
  });

  it("say the same twice", async () => {
    const [first, second] = [await timeseries("", "?days=179"), await timeseries("", "?days=179")];
    assert.deepEqual(counts(first).slice(0, -1), counts(second).slice(0, -1));
  });

  it("cut days where the time zone does", async () => {
    const result = await timeseries("", "?tz=%2B14:00&days=1");
    assert.equal((Number(result["start"]) + 14 * 3_600_000) % DAY_MS, 0);
    const [day] = list(result["series"]).map(object);
    const local = new Date(Number(result["start"]) + 14 * 3_600_000);
    assert.equal(day?.["day"], local.toISOString().slice(0, 10));
  });

  it("count by month, whatever days says", async () => {
    const result = await timeseries("", "?granularity=monthly&days=1");
    const days = list(result["series"]).map((entry) => String(object(entry)["day"]));
    assert.equal(days.length, 6);
    assert(days.every((day) => /^\d{4}-\d\d-01$/.test(day)));
    emulator().control.switches({ all: { monthlyDay: "month" } });
    const months = await timeseries("", "?granularity=monthly");
    assert.match(String(object(list(months["series"])[0])["day"]), /^\d{4}-\d\d$/);
  });

  for (const [aggregatedSeries, length] of [
    ["single", 1],
    ["daily", 7],
    ["empty", 0],
  ] as const) {
    it(`aggregate by the switch aggregatedSeries: ${aggregatedSeries}`, async () => {
      emulator().control.switches({ all: { aggregatedSeries } });
      const result = await timeseries("", "?aggregate=true");
      assert.equal(result["aggregate"], true);
      assert.equal(list(result["series"]).length, length);
      assert(Number(result["total"]) > 0);
    });
  }

  for (const query of [
    "days=0",
    "days=180",
    "days=1.5",
    "granularity=hourly",
    "aggregate=1",
    "tz=CET",
    "tz=%2B14:01",
    "tz=-12:30",
  ]) {
    it(`refuse ${query}`, async () => {
      const reply = await call(emulator(), "GET", `/analytics/${path}?${query}`);
      const [error] = list(reply.body["errors"]).map(object);
      assert.deepEqual([reply.status, error?.["code"]], [400, 7001]);
    });
  }

  it("know no portal and no server that doesn't exist", async () => {
    for (const scope of ["portals/none", "servers/none"]) {
      const reply = await call(emulator(), "GET", `/analytics/${scope}/${path}`);
      assert.equal(reply.status, 404);
    }
  });
});
