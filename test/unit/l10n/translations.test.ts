import { deepEqual, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../harness/paths.ts";
import type { Bundle } from "../../l10n/strings.ts";
import { faultsOf, readTranslations } from "../../l10n/translations.ts";

const ENGLISH = ["l10n/bundle.l10n.json", "package.nls.json"] as const;

const readEnglish = (path: string): Bundle => JSON.parse(readFileSync(join(ROOT, path), "utf8"));

describe("the translations that ship", () => {
  it("have the strings of the sources and those of the manifest in the same languages", () => {
    const [bundles = [], manifests = []] = ENGLISH.map((path) =>
      readTranslations(path).map(({ language }) => language),
    );
    ok(bundles.includes("de"));
    deepEqual(bundles, manifests);
  });

  for (const path of ENGLISH) {
    const english = readEnglish(path);
    for (const translation of readTranslations(path)) {
      it(`keep in ${translation.path} what isn't theirs to change`, () => {
        deepEqual(faultsOf(english, translation.texts), []);
      });
    }
  }
});

describe("the look for faults in a translation", () => {
  const good: readonly (readonly [english: string, translated: string])[] = [
    ["{0} of {1}", "{1}: {0}"],
    ["$(add) Add…", "$(add) Hinzufügen…"],
    ["`0` or `off`", "`off` oder `0`"],
    ["Gone? [Sign In…](command:a)\n[Log](command:b)", "[Log](command:b)?\n[Anmelden…](command:a)"],
    [" a\n\nb ", " A\n\nB "],
  ];
  it("takes words in another order", () => {
    for (const [english, translated] of good) {
      deepEqual(faultsOf({ key: english }, { key: translated }), []);
    }
  });

  const bad: readonly (readonly [what: string, english: string, translated: unknown])[] = [
    ["a text that isn't there", "Sync", undefined],
    ["an empty text", "Sync", ""],
    ["a text of white space", " ", " "],
    ["what isn't a text", "Sync", { message: "Synchronisieren" }],
    ["a lost placeholder", "{0} of {1}", "{0} von"],
    ["a surplus placeholder", "{0} of {1}", "{0} von {1} {2}"],
    ["a placeholder that is there twice", "{0} of {1}", "{0} von {1}, {1}"],
    ["another icon", "$(add) Add", "$(plus) Hinzufügen"],
    ["changed inline code", "`off`", "`aus`"],
    ["another link", "[Log](command:log)", "[Protokoll](command:protokoll)"],
    ["a link without its ellipsis", "[Sign In…](command:a).", "[Anmelden](command:a)."],
    ["a lost ellipsis", "Add…", "Hinzufügen"],
    ["a surplus ellipsis", "Add", "Hinzufügen…"],
    ["an ellipsis of dots", "Add…", "Hinzufügen..."],
    ["white space at the start", "Sync", " Synchronisieren"],
    ["lost white space at the end", "Sync ", "Synchronisieren"],
    ["a lost line break", "a\nb", "a b"],
  ];
  for (const [what, english, translated] of bad) {
    it(`finds ${what}`, () => {
      const texts = translated === undefined ? {} : { key: translated };
      ok(faultsOf({ key: english }, texts).length > 0);
    });
  }

  it("finds a key that English doesn't have", () => {
    deepEqual(faultsOf({}, { key: "Text" }), ['English has no "key".']);
  });

  it("reads the message where a comment explains it", () => {
    const english = { "{0} by {1}/Who": { message: "{0} by {1}", comment: ["Who"] } };
    deepEqual(faultsOf(english, { "{0} by {1}/Who": "{0} von {1}" }), []);
    ok(faultsOf(english, { "{0} by {1}/Who": "{0}" }).length > 0);
  });
});
