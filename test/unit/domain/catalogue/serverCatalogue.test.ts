import { deepEqual, equal } from "node:assert/strict";
import { catalogueOf } from "../../../../src/domain/catalogue/serverCatalogue.ts";
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
