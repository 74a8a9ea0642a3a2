import { deepEqual, equal, ok } from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { memoize } from "../../../../src/base/memo.ts";
import type { TextRule } from "../../../../src/domain/checks/rule.ts";
import { RULES } from "../../../../src/domain/checks/rules.ts";
import { ForeignPhrase } from "../../../../src/domain/checks/security/foreignPhrase.ts";
import { type Pattern, Patterns } from "../../../../src/domain/checks/security/patterns.ts";
import { Prefilter } from "../../../../src/domain/checks/security/prefilter.ts";
import { scanned } from "../../../../src/domain/checks/security/scanned.ts";
import { SHAPE } from "../../../../src/domain/checks/security/shapes.ts";
import {
  MAIL,
  OWN,
  SIBLING,
  STRANGER,
  URL_WORD,
} from "../../../../src/domain/checks/security/standIns.ts";
import type { Sought } from "../../../../src/domain/checks/security/triggers.ts";
import { ATTACK_GOODS } from "./support/attackGoods.ts";
import { ATTACK_MIXTURE } from "./support/attackMixture.ts";
import { ATTACK_WORDS } from "./support/attackWords.ts";
import { MatchMaker } from "./support/matches.ts";
import { NEAR_MISSES } from "./support/nearMisses.ts";
import { POISONED } from "./support/poisoned.ts";
import { capabilityOf } from "./support/specimens.ts";

const TEXT_RULES = RULES.filter((rule): rule is TextRule => rule.of === "text");

/** What may stand between two words of a phrase. */
const BETWEEN = [" ", "  ", ", ", "-", "_", " (", "\n", ' "'];
/** How a word may be written. */
const WRITTEN: readonly ((word: string) => string)[] = [
  (word) => word,
  (word) => word.toUpperCase(),
  (word) => `"${word}"`,
  (word) =>
    word
      .replace(/^i/, "1")
      .replace(/^o/, "0")
      .replace(/e(?=[a-z])/, "3"),
];

/** A text in place of each word that stands for a name or an address. */
const NAMED: ReadonlyMap<string, string> = new Map([
  [STRANGER, "send_report"],
  [SIBLING, "fetchPage"],
  [OWN, "read_file"],
  [MAIL, "a@b.example"],
  [URL_WORD, "https://a.example/b"],
]);

/** Each pattern as sentences, so that each alternative of each step is in one. */
function sentencesOf({ first, steps }: Pattern): readonly string[] {
  const lists = [first, ...steps.map(({ words }) => words)].map((words) => [...words]);
  const sentences = lists.flatMap((list, place) =>
    list.map((word) => lists.map((other, index) => (index === place ? word : (other[0] ?? "")))),
  );
  return sentences.map((words, index) => {
    const write = WRITTEN[index % WRITTEN.length] ?? String;
    const written = words.map((word) => NAMED.get(word) ?? write(word));
    return written.join(BETWEEN[index % BETWEEN.length]);
  });
}

/** Texts in which something sought is, enough of them to have each word and alternative in one. */
const textsWith = memoize((sought: Sought): readonly string[] => {
  if (sought instanceof Patterns) {
    return sought.all.flatMap(sentencesOf);
  }
  if (sought instanceof ForeignPhrase) {
    const { parts } = sought;
    return parts.flatMap((part, place) =>
      part.map((text) =>
        parts.map(([first = ""], index) => (index === place ? text : first)).join(" "),
      ),
    );
  }
  if (!(sought instanceof RegExp)) {
    return [...sought];
  }
  let state = 7;
  const maker = new MatchMaker(sought, (most) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % most;
  });
  const expression = new RegExp(sought.source, sought.flags.replace("g", ""));
  const texts = Array.from({ length: 600 }, () => maker.make());
  const matching = texts.filter((text) => expression.test(text));
  ok(matching.length > 20, `${sought.source}: ${matching.length} of ${texts.length} match`);
  return matching;
});

/** Tells whether a rule that requires nothing but this looks at a text. */
function looksFor(rule: TextRule, sought: Sought): (text: string) => boolean {
  const alone = { ...rule, requires: { shapes: SHAPE.disguised, any: [[sought]] } };
  const prefilter = new Prefilter([alone]);
  return (text) => prefilter.wants(alone, prefilter.scan(text));
}

describe("the first look at a text", function () {
  this.timeout(60_000);

  for (const rule of TEXT_RULES) {
    const { any = [], all = [] } = rule.requires;
    it(`lets nothing that ${rule.id} seeks pass`, () => {
      for (const sought of [...any, ...all].flat()) {
        const looks = looksFor(rule, sought);
        deepEqual(
          textsWith(sought).filter((text) => !looks(text)),
          [],
        );
      }
    });
  }

  const prefilter = new Prefilter(RULES);

  it("lets no text pass in which a rule finds something", () => {
    // Several rules look for the same.
    const allSought = new Set(
      TEXT_RULES.flatMap(({ requires: { any = [], all = [] } }) => [...any, ...all].flat()),
    );
    const texts = [
      ...Object.values(POISONED).flat(),
      ...Object.values(NEAR_MISSES).flat(),
      ...Object.values({ ...ATTACK_WORDS, ...ATTACK_GOODS, ...ATTACK_MIXTURE })
        .flat()
        .flatMap((specimen) => capabilityOf(specimen).description ?? []),
      ...[...allSought].flatMap((sought) => textsWith(sought)),
    ];
    const passed = [...new Set(texts)].flatMap((text) => {
      const flags = prefilter.scan(text);
      const asked = prefilter.wanting(flags);
      const looked = prefilter.scanned(text, flags);
      const unknown = scanned(text);
      const blind = TEXT_RULES.filter((rule) => {
        const all = [...rule.check(unknown)];
        const found = asked.includes(rule) ? [...rule.check(looked)] : [];
        return !isDeepStrictEqual(found, all);
      });
      return blind.map(({ id }) => `${id}: ${text}`);
    });
    deepEqual(passed, []);
  });

  it("is the same where it was made ready over turns, or was needed before it was ready", async () => {
    const texts = Object.values(POISONED).flat();
    const flagsOf = (one: Prefilter) => texts.map((text) => one.scan(text));
    const [ready, hasty] = [new Prefilter(RULES), new Prefilter(RULES)];
    await ready.prepare();
    const preparing = hasty.prepare();
    deepEqual(flagsOf(hasty), flagsOf(prefilter));
    await preparing;
    deepEqual(flagsOf(hasty), flagsOf(prefilter));
    deepEqual(flagsOf(ready), flagsOf(prefilter));
  });

  it("sees words in disguise, keys, names, marks and what isn't ASCII", () => {
    const scan = (text: string) => prefilter.scan(text);
    equal(scan("i g n o r e this") & SHAPE.disguised, SHAPE.disguised);
    equal(scan("1gn0re this") & SHAPE.disguised, SHAPE.disguised);
    equal(scan("1gnore this") & SHAPE.disguised, SHAPE.disguised);
    equal(scan("forg33t this") & SHAPE.disguised, SHAPE.disguised);
    equal(scan("AKIAQ3XZ7LMN4PRT5WYB") & SHAPE.longRun, SHAPE.longRun);
    equal(scan("use send_mail") & SHAPE.identifier, SHAPE.identifier);
    equal(scan("use sendMail") & SHAPE.identifier, SHAPE.identifier);
    equal(scan("a < b") & SHAPE.marks, SHAPE.marks);
    equal(scan("naïve") & SHAPE.unusual, SHAPE.unusual);
  });

  it("has nothing to say of an ordinary sentence", () =>
    deepEqual(
      prefilter.wanting(prefilter.scan("Lists the orders of a customer, newest first.")),
      [],
    ));
});
