import { deepEqual, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { config } from "@vscode/l10n";
import { ROOT } from "../../harness/paths.ts";
import { pseudoLocalized, untranslated } from "../../l10n/pseudo.ts";
import { BUNDLE, type Bundle } from "../../l10n/strings.ts";
import { sentences } from "./support/sentences.ts";

const readBundle = (path: string): Bundle => JSON.parse(readFileSync(path, "utf8"));
const bundle = readBundle(BUNDLE);
const manifest = readBundle(join(ROOT, "package.nls.json"));

const messageOf = (text: Bundle[string] | undefined): string =>
  typeof text === "string" ? text : (text?.message ?? "");
/** The parts that a translation must not change. */
const marks = (text: string): readonly string[] =>
  [...text.matchAll(/\{\d+\}|\$\([\w~-]+\)|\(command:[\w.]+\)/g)].map(([mark]) => mark).sort();

describe("a pseudo translation", () => {
  before(() => config({ contents: pseudoLocalized(bundle) }));
  after(() => config({ contents: {} }));

  it("keeps placeholders, icons and commands", () => {
    for (const strings of [bundle, manifest]) {
      for (const [key, text] of Object.entries(pseudoLocalized(strings))) {
        deepEqual(marks(text), marks(messageOf(strings[key])));
      }
    }
  });

  it("covers every message of domain", () => {
    const all = sentences();
    ok(all.length > 150, `${all.length} sentences`);
    deepEqual(
      all.filter((sentence) => /[^\s]/u.test(untranslated(sentence))),
      [],
    );
  });
});
