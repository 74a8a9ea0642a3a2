import { equal } from "node:assert/strict";
import { catalogueOf } from "../../../../src/domain/catalogue/serverCatalogue.ts";
import { overridesText } from "../../../../src/domain/selection/overridesText.ts";
import { capability, server } from "../../support/servers.ts";

const docs = catalogueOf(
  server({
    tools: [capability("tool", "search"), capability("tool", "7")],
    prompts: [],
    toolOverrides: [{ name: "search", alias: "find", enabled: false, description: 'A "page"' }],
  }),
);

describe("the text of overrides", () => {
  it("has every tool in catalogue order, as documents write it", () =>
    equal(
      overridesText([{ catalogue: docs }]),
      `{
  "tools": {
    "search": { "enabled": false, "alias": "find", "description": "A \\"page\\"" },
    "7": { "enabled": true }
  },
  "prompts": {}
}
`,
    ));

  it("of a portal has a part for each server", () =>
    equal(
      overridesText([{ serverId: "docs", catalogue: docs }])
        .split("\n")
        .slice(0, 4)
        .join("\n"),
      `{
  "docs": {
    "tools": {
      "search": { "enabled": false, "alias": "find", "description": "A \\"page\\"" },`,
    ));
});
