import { deepEqual } from "node:assert/strict";
import { Search } from "../../../src/domain/search.ts";
import { mapping, portal } from "../support/portals.ts";
import { capability, server } from "../support/servers.ts";

describe("the search over portals", () => {
  const docs = server({
    tools: [capability("tool", "search", "Finds pages"), capability("tool", "read", "Reads one")],
    prompts: [],
  });
  const toolOverrides = [
    { name: "search", alias: "look_up" },
    { name: "read", description: "Reads a page" },
    { name: "gone", alias: "lost" },
  ];
  const main = portal({ name: "Engineering", mappings: [mapping("docs", { toolOverrides })] });
  const other = portal({ id: "other", name: "Support", mappings: [mapping("docs")] });

  const found = (query: string): readonly string[] =>
    new Search([docs], () => [main, other])
      .find(query, 100)
      .best.map(({ capability: { label }, portal }) => `${portal?.id ?? "server"}: ${label}`);

  it("finds a name that only a portal has, and the tool on its server by its own name", () => {
    deepEqual(found("look"), ["main: look_up"]);
    deepEqual(found("engineering look"), ["main: look_up"]);
    deepEqual(found("docs_look_up"), ["main: look_up"]);
  });

  it("lists a tool once for all portals that call it what the server calls it", () => {
    deepEqual(found("read"), ["server: read"]);
    deepEqual(found(""), ["server: search", "server: read", "main: look_up"]);
  });
});
