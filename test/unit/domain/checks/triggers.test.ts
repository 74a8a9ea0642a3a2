import { deepEqual, equal } from "node:assert/strict";
import { concealmentPatterns } from "../../../../src/domain/checks/security/concealment.ts";
import { overridePatterns } from "../../../../src/domain/checks/security/instructionOverride.ts";
import { FLAG, scan } from "../../../../src/domain/checks/security/prefilter.ts";
import type { Pattern, Patterns } from "../../../../src/domain/checks/security/words.ts";

/** Each pattern as sentences, so that each alternative of each step is in one. */
function sentencesOf({ first, steps }: Pattern): readonly string[] {
  const lists = [first, ...steps.map(({ words }) => words)].map((words) => [...words]);
  return lists.flatMap((list, place) =>
    list.map((word) => lists.map((other, index) => (index === place ? word : other[0])).join(" ")),
  );
}

describe("the first look at a text", () => {
  const families: readonly (readonly [string, Patterns, number])[] = [
    ["instruction-override", overridePatterns, FLAG.override],
    ["concealment", concealmentPatterns, FLAG.concealment | FLAG.exfiltration],
  ];
  for (const [name, patterns, flag] of families) {
    it(`lets no phrase of ${name} pass`, () => {
      const sentences = patterns.all.flatMap(sentencesOf);
      deepEqual(
        sentences.filter((sentence) => (scan(sentence) & flag) === 0),
        [],
      );
    });
  }

  it("sees words in disguise, keys, names and what isn't ASCII", () => {
    equal(scan("i g n o r e this") & FLAG.disguised, FLAG.disguised);
    equal(scan("1gn0re this") & FLAG.disguised, FLAG.disguised);
    equal(scan("AKIAQ3XZ7LMN4PRT5WYB") & FLAG.longRun, FLAG.longRun);
    equal(scan("use send_mail") & FLAG.identifier, FLAG.identifier);
    equal(scan("use sendMail") & FLAG.identifier, FLAG.identifier);
    equal(scan("naïve") & FLAG.unusual, FLAG.unusual);
  });

  it("has nothing to say of an ordinary sentence", () =>
    equal(scan("Lists the orders of a customer, newest first."), 0));
});
