import assert from "node:assert/strict";
import { callsInLast, offsetAt, type ToolCalls } from "../../../../src/domain/usage/toolCalls.ts";

const DAY_MS = 86_400_000;
const end = Date.UTC(2026, 9, 11);
const daysAgo = (days: number, count: number) => ({ start: end - (days + 1) * DAY_MS, count });

describe("tool calls", () => {
  const calls: ToolCalls = {
    start: end - 30 * DAY_MS,
    end,
    days: [daysAgo(29, 1000), daysAgo(7, 100), daysAgo(6, 10), daysAgo(0, 1)],
  };

  it("are added up over the last days, of which today is one", () => {
    assert.equal(callsInLast(1, calls), 1);
    assert.equal(callsInLast(7, calls), 11);
    assert.equal(callsInLast(8, calls), 111);
    assert.equal(callsInLast(30, calls), 1111);
  });

  it("are none where no day is told", () => {
    assert.equal(callsInLast(30, { ...calls, days: [] }), 0);
  });

  it("are asked for in days of this machine, within what Cloudflare accepts", () => {
    const east = (minutes: number): Date =>
      Object.assign(new Date(end), { getTimezoneOffset: () => -minutes });
    assert.equal(offsetAt(east(330)), 330);
    assert.equal(offsetAt(east(-720)), -720);
    assert.equal(offsetAt(east(900)), 840);
  });
});
