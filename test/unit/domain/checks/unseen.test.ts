import { deepEqual, equal, ok } from "node:assert/strict";
import { excerpt, visible, withoutHidden } from "../../../../src/base/unseen.ts";
import { hiddenCharacters } from "../../../../src/domain/checks/security/hiddenCharacters.ts";
import { scanned } from "../../../../src/domain/checks/security/scanned.ts";
import { plain } from "../../../../src/domain/checks/security/words.ts";

/** One of each kind of what is hidden, between letters. */
const HIDDEN = [
  ..."\u200b\u202e\u2060\ufeff\u00ad\u180e\u061c\u034f\u17b4\u17b5\ufff9\u{1d173}",
  ..."\u3164\u2800\uffa0\u115f\u1160",
  ..."\ue000\u{e0001}\u{e0041}\u{e0080}\u{e0100}\u{f0000}\u{10fffd}",
];

const HONEST = ["❤️ love", "👩‍👩‍👧 family", "🏴󠁧󠁢󠁳󠁣󠁴󠁿 Scotland", "می‌خواهم", "क्‍ष", "שלום\u200e!", "1️⃣"];

function findingsIn(text: string) {
  return [...hiddenCharacters.check(scanned(text))];
}

describe("an invisible character", () => {
  for (const char of HIDDEN) {
    const code = `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

    it(`is found, and shown in messages by its code: ${code}`, () => {
      const text = `a${char}b`;
      equal(findingsIn(text).length, 1);
      equal(withoutHidden(text), "ab");
      equal(visible(text), `a[${code}]b`);
    });
  }

  it("is shown at the beginning of a message too", () => equal(visible("\ufeffa"), "[U+FEFF]a"));

  it("isn't one that scripts need, which messages show unchanged", () => {
    for (const text of HONEST) {
      deepEqual(findingsIn(text), [], text);
      equal(visible(text), text);
      equal(excerpt(text, 0, text.length), text);
    }
  });

  it("is shown by its code if it is a control character, but not if it ends a line", () =>
    equal(visible("a\u001b\u007f\u0085\tb\nc"), "a[U+001B][U+007F][U+0085]\tb\nc"));

  it("doesn't hide a word that it splits", () => {
    for (const char of "\u200b\u2060\u00ad\u{e0041}\ufe0f\u17b4\u{1d173}") {
      equal(plain(char), "");
    }
    ok(plain("\u2800") !== "", "a blank does");
  });
});
