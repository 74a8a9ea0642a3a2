import { deepEqual, equal, ok } from "node:assert/strict";
import { readSnapshot, writeSnapshot } from "../../../src/model/snapshot.ts";
import { capability, server } from "../support/servers.ts";

describe("a snapshot", () => {
  const docs = server({
    tools: [capability("tool", "__proto__"), capability("tool", "search")],
    toolOverrides: [{ name: "__proto__", enabled: false }],
    promptOverrides: [{ name: "summarise", alias: "sum" }],
  });

  it("comes back as it was, but for what only the wire knows", () => {
    const snapshot = readSnapshot(writeSnapshot({ at: 7, servers: [docs] }));
    deepEqual(snapshot, { at: 7, servers: [{ ...docs, received: {} }] });
  });

  it("holds nothing that may be secret of a URL", () => {
    const hostname = "https://me:pass-word@docs.example.com/mcp?key=s3cret-value";
    const text = writeSnapshot({ at: 7, servers: [{ ...docs, hostname, received: { hostname } }] });
    ok(!text.includes("pass-word"));
    ok(!text.includes("s3cret-value"));
  });

  const good = writeSnapshot({ at: 7, servers: [docs] });
  for (const bad of [
    "",
    "{",
    "null",
    "[]",
    good.slice(0, -20),
    good.replace('"version":1', '"version":2'),
    good.replace('"id":"docs"', '"id":7'),
    good.replace('"tools":[', '"tools":[7,'),
  ]) {
    it(`is nothing when damaged: ${bad.slice(0, 30)}`, () => equal(readSnapshot(bad), undefined));
  }
});
