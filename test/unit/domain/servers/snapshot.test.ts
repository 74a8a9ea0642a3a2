import { deepEqual, equal, ok } from "node:assert/strict";
import {
  readSnapshotHead as readHead,
  type Snapshot,
  snapshotLines,
} from "../../../../src/domain/resources/snapshot.ts";
import type { Server } from "../../../../src/domain/servers/server.ts";
import { SERVER_SNAPSHOT } from "../../../../src/domain/servers/serverSnapshot.ts";
import { capability, server } from "../../support/servers.ts";

const readSnapshotHead = (line: string) => readHead(SERVER_SNAPSHOT, line);
const readSnapshotServer = SERVER_SNAPSHOT.decode;

describe("a snapshot", () => {
  const docs = server({
    tools: [capability("tool", "__proto__"), capability("tool", "search")],
    toolOverrides: [{ name: "__proto__", enabled: false }],
    promptOverrides: [{ name: "summarise", alias: "sum" }],
  });

  it("is read back as it was, except for fields that only the wire has", () => {
    const { head, line } = linesOf({ at: 7, items: [docs] });
    deepEqual(readSnapshotHead(head), { at: 7, count: 1 });
    deepEqual(readSnapshotServer(line), { ...docs, received: {} });
  });

  it("has line breaks only between its lines", () => {
    const breaks = server({ description: "a\nb\r\nc\u2028d\u2029e" });
    const { line } = linesOf({ at: 7, items: [breaks] });
    ok(!/[\r\n]/u.test(line));
    equal(readSnapshotServer(line)?.description, breaks.description);
  });

  it("holds no secrets of a URL", () => {
    const hostname = "https://me:pass-word@docs.example.com/mcp?key=s3cret-value";
    const { line } = linesOf({ at: 7, items: [{ ...docs, hostname, received: { hostname } }] });
    ok(!line.includes("pass-word"));
    ok(!line.includes("s3cret-value"));
  });

  const { head, line } = linesOf({ at: 7, items: [docs] });
  for (const bad of ["", "{", "null", "[]", head.replace('"version":3', '"version":2')]) {
    it(`is ignored when its head is damaged: ${bad}`, () =>
      equal(readSnapshotHead(bad), undefined));
  }
  for (const bad of [
    "",
    "null",
    line.slice(0, -20),
    line.replace('"id":"docs"', '"id":7'),
    line.replace('"tools":[', '"tools":[7,'),
  ]) {
    it(`leaves out the server of a damaged line: ${bad.slice(0, 30)}`, () =>
      equal(readSnapshotServer(bad), undefined));
  }
});

function linesOf(snapshot: Snapshot<Server>): { readonly head: string; readonly line: string } {
  const [head = "", line = ""] = snapshotLines(SERVER_SNAPSHOT, snapshot);
  return { head, line };
}
