import { ok } from "node:assert/strict";
import { AccountChecker } from "../../../../src/domain/checks/checkAccount.ts";
import { DEFAULT_SETTINGS } from "../../../../src/domain/checks/settings.ts";
import { capability, server } from "../../support/servers.ts";
import { NEAR_MISSES } from "./support/nearMisses.ts";
import { POISONED } from "./support/poisoned.ts";

/** `CHECKS_ROUNDS=20000` runs longer; `CHECKS_SEED=7` repeats a failed round. */
const ROUNDS = Number(process.env["CHECKS_ROUNDS"] ?? 150);
const ONE = process.env["CHECKS_SEED"];
const SEEDS = ONE === undefined ? Array.from({ length: ROUNDS }, (_, round) => round + 1) : [ONE];

/**
 * Characters that no author thinks of: marks, controls, half surrogate pairs, characters of many
 * languages.
 */
const ODD = [
  "\u200b",
  "\u202e",
  "\u0000",
  "\u001b[31m",
  "\ud83d",
  "\udd25",
  "\u{e0041}",
  "\u0301\u0301",
  "ß",
  "İ",
  "ﬁ",
  "忽略",
  "تجاهل",
  "игнорируй",
  "-----BEGIN ",
  "<!--",
  "-->",
  "[//]: # (",
  "```",
  "![a](http://b?c=",
  "&#65;",
  "\\u0041",
  "%41",
  "%",
  "=",
  '"',
  "'",
  "“",
  "`",
  "((((",
  "]]]]",
  "<|im_start|>",
  "<important>",
  "{{#system",
  "\r",
  "\n\n",
  "\t",
  "  ",
  "....",
  "a.a.a.",
  "__proto__",
  "${",
  "1gn0re",
  "i g n o r e ",
  "~/.ssh/id_rsa",
];

class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = Math.imul(seed, 0x9e3779b1) | 1;
  }

  /** Marsaglia's xorshift. */
  below(most: number): number {
    let state = this.#state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#state = state;
    return (state >>> 0) % most;
  }

  of(list: readonly string[]): string {
    return list[this.below(list.length)] ?? "";
  }
}

const TEXTS = [...Object.values(POISONED), ...Object.values(NEAR_MISSES)].flat();

/** Pieces of texts and unusual characters, some of them repeated. */
function textOf(dice: Dice): string {
  let text = "";
  for (let parts = 1 + dice.below(8); parts > 0; parts -= 1) {
    const source = dice.below(2) === 0 ? dice.of(ODD) : dice.of(TEXTS);
    const from = dice.below(3) === 0 ? dice.below(source.length) : 0;
    const piece = source.slice(from, from + 1 + dice.below(source.length));
    text += piece.repeat(dice.below(6) === 0 ? 1 + dice.below(400) : 1);
  }
  return text;
}

/** 600 characters, each of which may be shown as its code point. */
const MOST_MESSAGE = 600 * "[U+000D]".length + 10;

/** Nanoseconds of processor time for each character, beyond a fixed part. */
const MOST_A_CHARACTER = 20_000;
const START = 50_000_000;

describe("texts thrown with dice", function () {
  this.timeout(ONE === undefined ? 60_000 + 20 * ROUNDS : 60_000);

  it("are checked without an error, in time, and each finding points into its text", () => {
    for (const seed of SEEDS) {
      const dice = new Dice(Number(seed));
      const texts = [textOf(dice), textOf(dice), textOf(dice)] as const;
      const [description, name, parameter] = texts;
      const tool = capability("tool", name, description);
      const inputSchema = { type: "object", properties: { [parameter]: { description } } };
      const tools = [{ ...tool, source: { ...tool.source, inputSchema, title: parameter } }];
      const one = server({ tools, toolOverrides: [{ name, alias: parameter }] });
      const before = process.threadCpuUsage();
      const found = new AccountChecker().check([one], DEFAULT_SETTINGS).get(one.id) ?? [];
      const { user, system } = process.threadCpuUsage(before);
      const length = texts.join("").length;
      const spent = (user + system) * 1000;
      ok(spent < START + MOST_A_CHARACTER * length, `seed ${seed}: ${spent} ns, ${length}`);
      for (const { evidence, message } of found) {
        ok(
          message.length < MOST_MESSAGE && message.isWellFormed(),
          `seed ${seed}: ${message.slice(0, 400)}`,
        );
        if (evidence !== undefined) {
          const { offset, length: size } = evidence.span;
          const isIn = offset >= 0 && size > 0 && offset + size <= evidence.text.length;
          ok(isIn, `seed ${seed}: ${offset} + ${size} of ${evidence.text.length}`);
        }
      }
    }
  });
});
