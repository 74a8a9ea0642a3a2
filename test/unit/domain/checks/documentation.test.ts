import { deepEqual, match, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { DOCUMENT_CODES } from "../../../../src/domain/documents/check.ts";
import { DEFAULT_SEVERITIES } from "./support/checking.ts";

const root = new URL("../../../../", import.meta.url);
const page = readFileSync(new URL("docs/checks.md", root), "utf8");
const sections = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .map(
      (section) => [/^`([^`]+)`/.exec(section)?.[1] ?? section.split("\n")[0], section] as const,
    ),
);

/** Codes that don't come from a rule and can't be turned off. */
const UNSAVED: readonly (string | undefined)[] = [...DOCUMENT_CODES, "api/number"];

describe("the explanation of each code", () => {
  it("is there, and none of a code that isn't", () =>
    deepEqual([...sections.keys()].sort(), [...DEFAULT_SEVERITIES.keys(), ...UNSAVED].sort()));

  for (const [code, section] of sections) {
    const last = UNSAVED.includes(code) ? "Mend it" : "Turn it off";

    it(`of ${code} says what, why, who says so, an example, and how to be rid of it`, () => {
      for (const part of ["What", "Why", "Who says so", "Example", last]) {
        match(section, new RegExp(`^\\*\\*${part}\\*\\* \\S`, "m"), part);
      }
      ok(UNSAVED.includes(code) || section.includes(`"${code}": "off"`));
    });
  }

  it("is shipped with the extension", () =>
    match(readFileSync(new URL(".vscodeignore", root), "utf8"), /^!docs\/checks\*\.md$/m));
});
