import { deepEqual, match, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { DEFAULT_SEVERITIES } from "./support/checking.ts";

const root = new URL("../../../", import.meta.url);
const page = readFileSync(new URL("docs/checks.md", root), "utf8");
const sections = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .map(
      (section) => [/^`([^`]+)`/.exec(section)?.[1] ?? section.split("\n")[0], section] as const,
    ),
);

describe("the explanation of each rule", () => {
  it("is there, and none of a rule that isn't", () =>
    deepEqual([...sections.keys()].sort(), [...DEFAULT_SEVERITIES.keys()].sort()));

  for (const [rule, section] of sections) {
    it(`of ${rule} says what, why, who says so, an example, and how to turn it off`, () => {
      for (const part of ["What", "Why", "Who says so", "Example", "Turn it off"]) {
        match(section, new RegExp(`^\\*\\*${part}\\*\\* \\S`, "m"), part);
      }
      ok(section.includes(`"${rule}": "off"`));
    });
  }

  it("is shipped with the extension", () =>
    match(readFileSync(new URL(".vscodeignore", root), "utf8"), /^!docs\/checks\.md$/m));
});
