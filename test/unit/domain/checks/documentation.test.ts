import { deepEqual, equal, match, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { ALIAS_MAX_LENGTH } from "../../../../src/domain/catalogue/names.ts";
import {
  CLAUDE_MOST,
  CURSOR_MOST,
  OPENAI_MOST,
} from "../../../../src/domain/checks/clientNames.ts";
import { VSCODE_KEEPS } from "../../../../src/domain/checks/collisions.ts";
import { TOOLS_MOST, WINDSURF_MOST } from "../../../../src/domain/checks/counts.ts";
import { RULES } from "../../../../src/domain/checks/rules.ts";
import { CLAUDE_TEXT_MOST, DESCRIPTION_MOST } from "../../../../src/domain/checks/sizes.ts";
import { DOCUMENT_CODES } from "../../../../src/domain/documents/problem.ts";
import { WAIVER_RULES } from "../../../../src/domain/report/waivers.ts";
import { REVIEW_RULES } from "../../../../src/domain/review/reviewFindings.ts";
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
const UNSAVED: readonly (string | undefined)[] = [
  ...DOCUMENT_CODES,
  "api/number",
  ...REVIEW_RULES,
  ...WAIVER_RULES,
];

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

  for (const [code, severity] of DEFAULT_SEVERITIES) {
    it(`of ${code} names its severity, and the client that it is about`, () => {
      const [what = ""] = (sections.get(code) ?? "").split("**Why**");
      const [first] = /\b(?:Error|Warning|Information)\b/u.exec(what) ?? [];
      equal(first?.toLowerCase(), severity);
      const [, list = ""] =
        /while\s+((?:`[\w-]+`|or|\s)+)is\s+among\s+the\s+clients/u.exec(what) ?? [];
      const clients = [...list.matchAll(/`([\w-]+)`/gu)].map(([, id]) => id);
      const wanted = RULES.filter(({ id }) => id === code).flatMap(({ clients }) => clients ?? []);
      deepEqual(clients, [...new Set(wanted)]);
    });
  }

  const limits: readonly (readonly [code: string, limit: number])[] = [
    ["name/alias-format", ALIAS_MAX_LENGTH],
    ["name/over-64", OPENAI_MOST],
    ["name/vscode-truncation", VSCODE_KEEPS],
    ["name/cursor-60", CURSOR_MOST + "cloudflare".length],
    ["name/claude-code-128", CLAUDE_MOST + "mcp__cloudflare__".length],
    ["description/over-1024", DESCRIPTION_MOST],
    ["description/over-2048", CLAUDE_TEXT_MOST],
    ["count/over-128", TOOLS_MOST],
    ["count/over-100", WINDSURF_MOST],
  ];
  for (const [code, limit] of limits) {
    it(`of ${code} names its limit, as the code has it`, () => {
      const [what = ""] = (sections.get(code) ?? "").split("**Why**");
      match(what, new RegExp(`\\b${limit.toLocaleString("en")}\\b`, "u"));
    });
  }

  it("is in the order of the settings", () =>
    deepEqual(
      [...sections.keys()].filter((code) => !UNSAVED.includes(code)),
      [...DEFAULT_SEVERITIES.keys()],
    ));

  it("is shipped with the extension", () =>
    match(readFileSync(new URL(".vscodeignore", root), "utf8"), /^!docs\/checks\*\.md$/m));
});
