import assert from "node:assert/strict";
import { contractForAll, list, object } from "./support/contract.ts";
import { observe, summary } from "./support/observations.ts";

const DAY_MS = 86_400_000;
const CALLS = "tool-calls/timeseries";

describe("contract: analytics", () => {
  const contract = contractForAll();

  it("seven days by themselves, the start included and the end not", async () => {
    const result = await contract().result("GET", `/analytics/${CALLS}`);
    const { granularity, aggregate, tz, start, end } = result;
    assert.deepEqual([granularity, String(aggregate), tz], ["daily", "false", "utc"]);
    assert(Number(end) - Number(start) <= 8 * DAY_MS && Number(start) > 1e12);
    for (const { day, count } of list(result["series"])) {
      assert.match(String(day), /^\d{4}-\d\d-\d\d$/);
      assert.equal(typeof count, "number");
    }
    observe("window of seven days", { days: (Number(end) - Number(start)) / DAY_MS });
  });

  it("a server and a portal have their own counts, none where nobody called", async () => {
    const server = await contract().server();
    const portal = await contract().portal({ servers: [{ server_id: server }] });
    for (const scope of [`servers/${server}`, `portals/${portal}`]) {
      const result = await contract().result("GET", `/analytics/${scope}/${CALLS}?days=1`);
      assert.equal(result["total"], 0);
    }
  });

  it("days are from 1 to 179", async () => {
    for (const [days, status] of [
      [0, 400],
      [1, 200],
      [179, 200],
      [180, 400],
    ]) {
      const reply = await contract().call("GET", `/analytics/${CALLS}?days=${days}`);
      assert.equal(reply.status, status, String(days));
    }
  });

  it("time zones are utc, Z or an offset from -12:00 through +14:00", async () => {
    for (const [tz, status] of [
      ["utc", 200],
      ["Z", 200],
      ["+14:00", 200],
      ["-12:00", 200],
      ["+14:01", 400],
      ["CET", 400],
    ]) {
      const query = encodeURIComponent(String(tz));
      const reply = await contract().call("GET", `/analytics/${CALLS}?tz=${query}`);
      assert.equal(reply.status, status, String(tz));
    }
  });

  it("tells what monthly and aggregated counts look like", async () => {
    for (const query of ["granularity=monthly", "aggregate=true"]) {
      const reply = await contract().call("GET", `/analytics/${CALLS}?${query}`);
      const result = reply.status === 200 ? object(reply.body["result"]) : {};
      const { aggregate, series } = result;
      observe(`analytics with ${query}`, [
        summary(reply),
        { aggregate, entries: list(series).length, first: list(series)[0]?.["day"] },
      ]);
    }
  });

  it("tells what the analytics of something that doesn't exist are", async () => {
    for (const scope of ["servers/contract-none", "portals/contract-none"]) {
      const reply = await contract().call("GET", `/analytics/${scope}/${CALLS}`);
      observe(`analytics of ${scope}`, summary(reply));
    }
  });
});
