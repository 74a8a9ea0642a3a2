import { deepEqual, ok } from "node:assert/strict";
import { COMMAND_TABLE, SETTING_TABLE, SETTINGS, type SettingName } from "../../src/manifest.ts";
import {
  CLI_OPTIONS,
  codesOf,
  italicsOf,
  PAGE_FILES,
  readPage,
  titleOf,
  unknownNames,
  unknownTitles,
} from "./support/pageNames.ts";

/** How pages name things is in CONTRIBUTING, under "Pages". */
describe("What a page names", () => {
  for (const file of PAGE_FILES) {
    it(`is there: ${file}`, () => deepEqual(unknownNames(readPage(file)), []));
  }

  it("is there by its whole title, where CHANGELOG has it in plain words", () =>
    deepEqual(unknownTitles(readPage("CHANGELOG.md")), []));

  const broken: readonly (readonly [what: string, page: string, told: string])[] = [
    ["a command", "Use *Shew Context Cost* on it.", "Shew Context Cost"],
    ["a button, over two lines", "Then *Ask the\nEndpoints* again.", "Ask the Endpoints"],
    ["a setting", "Set `mcpPortals.review.holds`.", "mcpPortals.review.holds"],
    ["a beginning of settings", "Those of `mcpPortals.czechs.*`.", "mcpPortals.czechs"],
    ["a rule", "Turn `name/over-65` off.", "name/over-65"],
    ["a rule of no family", "Turn `nome/over-64` off.", "nome/over-64"],
    ["a rule in a block", '```json\n{ "rule": "name/over-65" }\n```', "name/over-65"],
    ["a family of rules", "All of `safety/…`.", "safety/…"],
    ["a command of the command line", "`mcp-portals plann portals`", "mcp-portals plann portals"],
    ["an option of another command", "`mcp-portals plan portals --yes`", "--yes"],
    ["an option in a workflow", "```yaml\nrun: mcp-portals sync --held | tee x\n```", "--held"],
    ["an option", "With `--prunes` alone.", "--prunes"],
    ["a script", "`npm run bentch`", "npm run bentch"],
    ["an option of a script", "`npm run emulator -- --prot 1`", "emulator --prot"],
  ];
  for (const [what, page, told] of broken) {
    it(`is told when it is ${what} that there isn't`, () => deepEqual(unknownNames(page), [told]));
  }

  it("is told when CHANGELOG has a title that there isn't", () => {
    deepEqual(unknownTitles("- Show Token Cost: a picture."), ["Show Token Cost"]);
    deepEqual(unknownTitles("- A window; Copy Link and Open Definition."), [
      "Copy Link and Open Definition",
    ]);
  });
});

describe("What there is", () => {
  const pages = PAGE_FILES.filter((file) => file.startsWith("docs/") || file === "README.md");
  const named = (of: (page: string) => readonly string[]): ReadonlySet<string> =>
    new Set(pages.flatMap((file) => of(readPage(file))));

  it("has each command of the palette on a page", () => {
    const onPages = named(italicsOf);
    const titles = Object.entries(COMMAND_TABLE)
      .filter(([, { palette }]) => palette !== false)
      .map(([name]) => titleOf(name));
    ok(titles.length > 40);
    deepEqual(
      titles.filter((title) => !onPages.has(title)),
      [],
    );
  });

  it("has each option of the command line on a page", () => {
    const onPages = [...named(codesOf)].join("\n");
    deepEqual(
      [...new Set([...CLI_OPTIONS.values()].flatMap((options) => [...options]))].filter(
        (option) => !new RegExp(`${option}(?![\\w-])`, "u").test(onPages),
      ),
      [],
    );
  });

  it("has each setting in the table of docs/settings.md, in order and with its default", () => {
    const rows = [
      ...readPage("docs/settings.md").matchAll(/^\| `(mcpPortals\.[^`]+)` \| (.*?) \|/gmu),
    ];
    deepEqual(
      rows.map(([, id, value]) => [id, value]),
      Object.keys(SETTINGS).map((name) => {
        const setting = name as SettingName;
        return [SETTINGS[setting], defaultInWords(setting)];
      }),
    );
  });
});

function defaultInWords(name: SettingName): string {
  const row = SETTING_TABLE[name];
  if (!("default" in row)) {
    return "the first four";
  }
  const value = row.default;
  const json = typeof value === "string" ? value : JSON.stringify(value);
  return `\`${json.replaceAll(/(?<=[{,:])(?=["\d])/gu, " ").replace(/(?<=\d)\}/u, " }")}\``;
}
