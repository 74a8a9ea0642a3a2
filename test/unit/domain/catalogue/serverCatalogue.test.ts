import { deepEqual, equal } from "node:assert/strict";
import { catalogueOf, contentsOf } from "../../../../src/domain/catalogue/serverCatalogue.ts";
import type { Server } from "../../../../src/domain/servers/server.ts";
import { server } from "../../support/servers.ts";

describe("catalogueOf", () => {
  it("says of each value whether the server or the upstream set it", () => {
    const shown = catalogueOf(
      server({ toolOverrides: [{ name: "search", alias: "find", enabled: true }] }),
    ).find("tool", "search");
    equal(shown?.exposedName, "docs_find");
    deepEqual(shown?.resolved, {
      name: { value: "find", from: "server" },
      description: { value: "What search does", from: "upstream" },
      enabled: { value: true, from: "server" },
    });
  });
});

describe("contentsOf", () => {
  const cases: Readonly<Record<string, Server>> = {
    "a server without overrides": server({ toolOverrides: [], promptOverrides: [] }),
    "a server without tools and prompts": server({ tools: [], prompts: [] }),
    "a tool that is off": server({ toolOverrides: [{ name: "search", enabled: false }] }),
    "a tool that is on and has an alias": server({
      toolOverrides: [{ name: "search", alias: "find", enabled: true }],
    }),
    "an override of a tool that is gone": server({
      toolOverrides: [{ name: "gone", enabled: false }],
    }),
  };
  for (const [words, one] of Object.entries(cases)) {
    it(`counts as the catalogue does: ${words}`, () => {
      const { tools, prompts, count, enabledCount } = catalogueOf(one);
      const contents = contentsOf(one);
      deepEqual(
        [contents.tools.length, contents.prompts.length, contents.count, contents.enabledCount],
        [tools.length, prompts.length, count, enabledCount],
      );
    });
  }
});
