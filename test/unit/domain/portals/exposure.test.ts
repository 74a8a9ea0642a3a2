import { deepEqual } from "node:assert/strict";
import { mappedCatalogueOf } from "../../../../src/domain/portals/exposure.ts";
import { mapping } from "../../support/portals.ts";
import { server } from "../../support/servers.ts";

describe("what a portal exposes of a server", () => {
  it("has the portal's values before the server's, and those before the upstream's", () => {
    const own = server({ toolOverrides: [{ name: "search", alias: "find", description: "Ours" }] });
    const mapped = mapping("docs", { toolOverrides: [{ name: "search", alias: "look" }] });
    const shown = mappedCatalogueOf(mapped, own).find("tool", "search");
    deepEqual(
      [shown?.exposedName, shown?.onServer.label, shown?.overridden, shown?.resolved],
      [
        "docs_look",
        "find",
        true,
        {
          name: { value: "look", from: "portal" },
          description: { value: "Ours", from: "server" },
          enabled: { value: true, from: "upstream" },
        },
      ],
    );
  });

  it("is on where the server and the portal both have it on", () => {
    const own = server({ toolOverrides: [{ name: "search", enabled: false }] });
    const mapped = mapping("docs", {
      defaultDisabled: true,
      toolOverrides: [
        { name: "search", enabled: true },
        { name: "delete_page", enabled: true },
      ],
    });
    const { tools, prompts, enabledCount, count } = mappedCatalogueOf(mapped, own);
    deepEqual(
      [...tools, ...prompts].map(({ name, resolved }) => [name, resolved.enabled]),
      [
        ["search", { value: false, from: "server" }],
        ["delete_page", { value: true, from: "portal" }],
        ["summarise", { value: false, from: "portalDefault" }],
      ],
    );
    deepEqual([enabledCount, count], [1, 3]);
  });
});
