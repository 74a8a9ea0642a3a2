import { equal, ok } from "node:assert/strict";
import { Phrases } from "../../../../src/domain/checks/security/phrases.ts";
import type { Word } from "../../../../src/domain/checks/security/words.ts";

/** The number of reads of word positions until a word is known to be quoted or not. */
function readsIn(phrases: Phrases, index: number): number {
  let reads = 0;
  const { word = "", sentence = 0, start = 0, end = 0 } = phrases.words[index] ?? {};
  const watched: Word = {
    word,
    sentence,
    get start() {
      reads += 1;
      return start;
    },
    get end() {
      reads += 1;
      return end;
    },
  };
  phrases.isQuoted(watched);
  return reads;
}

describe("quotation marks", () => {
  const quotedOf = (text: string) => {
    const phrases = new Phrases(text);
    return phrases.words
      .filter((word) => phrases.isQuoted(word))
      .map(({ word }) => word)
      .join(" ");
  };

  for (const [text, quoted] of [
    ["no marks at all", ""],
    ['one "two three" four', "two three"],
    ['"one" two “three” four `five`', "one three five"],
    ["don't 'one two' three's", "one two"],
    ['one "two', ""],
    ['one" two "three', "two"],
  ] as const) {
    it(`are found in ${text}`, () => equal(quotedOf(text), quoted));
  }

  it("are looked up as fast where there are many", () => {
    const phrases = new Phrases('one "two" '.repeat(4000));
    const last = readsIn(phrases, phrases.words.length - 1);
    ok(last < 100, `${last} reads`);
  });
});
