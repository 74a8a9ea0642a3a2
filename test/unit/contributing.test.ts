import { deepEqual, equal, ok } from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CHECKS } from "../../src/domain/checks/rules.ts";
import { RESOURCES } from "../../src/domain/resources/kinds.ts";
import { COMMAND_NAMES, SETTINGS } from "../../src/manifest.ts";
import { ROOT } from "../harness/paths.ts";

const text = readFileSync(join(ROOT, "CONTRIBUTING.md"), "utf8");
const sources = globSync("src/**/*.ts", { cwd: ROOT })
  .filter((path) => !path.startsWith("src/emulator/"))
  .map((path) => ({ path, code: readFileSync(join(ROOT, path), "utf8") }));

/** The files and folders in the list under a heading of "How to add…", in order. */
function toTouch(what: string): readonly string[] {
  const [, list = ""] =
    text.split(`**${what}**\n\n`)[1]?.match(/^((?:- .*\n(?: {2}.*\n)*)+)/u) ?? [];
  const items = list.split(/^- /mu).slice(1);
  return items.map((item) => /`((?:src|biome)[\w./]*)`/u.exec(item)?.[1] ?? item);
}

function declaring(pattern: RegExp, folder: string): readonly string[] {
  return sources
    .filter(({ path, code }) => path.startsWith(folder) && pattern.test(code))
    .map(({ path }) => path);
}

function escaped(id: string): string {
  return id.replaceAll(/[.*+?^${}()|[\]\\/]/gu, "\\$&");
}

describe("How to add something, as CONTRIBUTING says", () => {
  const recipes: ReadonlyMap<string, readonly string[]> = new Map([
    ["a command", ["src/commandTable/", "src/features/"]],
    ["a check", ["src/domain/checks/", "src/domain/checks/rules.ts"]],
    ["a command of the command line", ["src/cli/commands/", "src/cli/commands/allCommands.ts"]],
    [
      "a client, or what one does with a tool",
      [
        "src/domain/clients/tables/",
        "src/domain/clients/allClients.ts",
        "src/domain/clients/constructs.ts",
      ],
    ],
    ["a page", ["src/pages/", "src/manifest.ts", "src/features/"]],
    ["a setting", ["src/manifest.ts", "src/editor/settings.ts", "src/features/"]],
    [
      "a kind of resource",
      [
        "src/cloudflare/",
        "src/domain/cloudflareClient.ts",
        "src/domain/",
        "src/domain/resources/kinds.ts",
        "src/target.ts",
        "src/manifest.ts",
        "src/features/rows.ts",
        "src/features/",
        "src/features/targets/",
        "src/features/edits/saveOutcome.ts",
        "src/domain/changes/fieldWords.ts",
        "src/domain/documents/",
        "src/features/documents/resourceDocuments.ts",
        "src/emulator/routes/",
        "src/emulator/state/",
      ],
    ],
    [
      "a field of a server",
      [
        "src/domain/servers/server.ts",
        "src/cloudflare/servers.ts",
        "src/domain/servers/fields.ts",
        "src/domain/servers/patch.ts",
        "src/domain/changes/fieldWords.ts",
        "src/domain/documents/serverDocument.ts",
        "src/domain/servers/serverSnapshot.ts",
      ],
    ],
  ]);
  for (const [what, files] of recipes) {
    it(`names the files to touch for ${what}, and all of them exist`, () => {
      deepEqual(toTouch(what), files);
      for (const file of files) {
        ok(existsSync(join(ROOT, file)), file);
      }
    });
  }

  it("a command is a function of its name in a file of its feature", () => {
    for (const name of COMMAND_NAMES) {
      const files = declaring(
        new RegExp(`export (?:async )?function ${name}\\(`, "u"),
        "src/features/",
      );
      ok(files.length > 0, name);
    }
  });

  it("a check is written in one file, whatever it finds", () => {
    for (const { id } of CHECKS) {
      const declared = new RegExp(`\\b(?:id|rule): "${escaped(id)}"`, "u");
      equal(declaring(declared, "src/domain/checks/").length, 1, id);
    }
  });

  it("a setting has its id in the manifest, and in no file that reads it", () => {
    for (const id of Object.values(SETTINGS)) {
      const named = new RegExp(`"${escaped(id)}"`, "u");
      deepEqual(declaring(named, "src/manifest.ts"), ["src/manifest.ts"], id);
      deepEqual([...declaring(named, "src/editor/"), ...declaring(named, "src/features/")], [], id);
    }
  });

  it("a kind of resource is described in one file of its own folder", () => {
    const described = declaring(/^export const \w+: ResourceKind</mu, "src/domain/");
    equal(described.length, Object.keys(RESOURCES.empty).length);
  });
});

describe("The flags of tests that throw dice, as CONTRIBUTING says", () => {
  it("are all of them", () => {
    const flags = globSync(["test/unit/**/*.test.ts", "test/workbench/*.test.ts"], { cwd: ROOT })
      .flatMap((path) => [
        ...readFileSync(join(ROOT, path), "utf8").matchAll(
          /env\["(\w+_(?:ROUNDS|SEED|HISTORIES|BODIES))"\]/gu,
        ),
      ])
      .map(([, flag]) => flag)
      .sort();
    const named = [...text.matchAll(/^\|.*\|$/gmu)].flatMap(([row]) => [
      ...row.matchAll(/`([A-Z_]+)=\d+`/gu),
    ]);
    deepEqual(named.map(([, flag]) => flag).sort(), flags);
  });
});
