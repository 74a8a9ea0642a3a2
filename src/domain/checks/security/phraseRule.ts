import { excerpt } from "../../../base/unseen.ts";
import type { Severity } from "../finding.ts";
import { TEXT_FIXES, type TextHit, type TextRule } from "../rule.ts";
import type { ForeignPhrase } from "./foreignPhrase.ts";
import type { Match, Patterns } from "./patterns.ts";
import { type Phrases, spokenAbout } from "./phrases.ts";
import type { Scanned } from "./scanned.ts";
import { SHAPE } from "./shapes.ts";
import type { Word } from "./words.ts";

/** A kind of poisoned text that is told by its words. */
export interface PhraseKind {
  readonly id: string;
  readonly severity: Severity;
  /** What is said of the words that were found, which are quoted in it. */
  readonly message: (quoted: string) => string;
  /** Orders, in which names of tools are single words; see `standIns.ts`. */
  readonly orders: Patterns;
  /** An order in whose sentence one of these is found isn't reported. */
  readonly excuses?: Patterns;
  /** The same orders in other languages than English. */
  readonly foreign: readonly ForeignPhrase[];
}

/** What several kinds look for. They share it, so that a text is looked through for it once. */
export interface Shared {
  readonly phrases: readonly Patterns[];
  readonly foreign: readonly ForeignPhrase[];
}

/** Makes a rule that looks for the phrases of a kind, one of those that share what they look for. */
export function phraseRule(kind: PhraseKind, { phrases, foreign }: Shared): TextRule {
  return {
    of: "text",
    id: kind.id,
    severity: kind.severity,
    tellsIntent: true,
    fixes: TEXT_FIXES,
    requires: {
      shapes: SHAPE.disguised | SHAPE.unusual,
      any: [phrases, foreign],
    },
    mayFind: (scanned) =>
      scanned.mayHave(foreign) || (scanned.mayHave(phrases) && scanned.found().has(kind.orders)),
    *check(scanned) {
      const matches = scanned.mayHave(phrases) ? scanned.found().get(kind.orders) : undefined;
      if (matches !== undefined) {
        yield* ordersIn(kind, matches, scanned.named());
      }
      if (scanned.mayHave(foreign)) {
        yield* foreignOrdersIn(kind, scanned);
      }
    },
  };
}

function* ordersIn(kind: PhraseKind, matches: readonly Match[], named: Phrases): Iterable<TextHit> {
  const { words, text } = named;
  for (const match of matches) {
    const weak = weakness(named, match, kind.excuses);
    if (weak !== undefined) {
      const { start = 0 } = words[match.from] ?? {};
      yield hitOf(kind, text, start, words[match.to]?.end ?? start, weak);
    }
  }
}

function* foreignOrdersIn(kind: PhraseKind, { text, lower }: Scanned): Iterable<TextHit> {
  for (const phrase of kind.foreign) {
    for (const { start, end } of phrase.find(lower())) {
      yield hitOf(kind, text, start, end, false);
    }
  }
}

function hitOf(kind: PhraseKind, text: string, start: number, end: number, weak: boolean): TextHit {
  return { start, end, message: kind.message(excerpt(text, start, end)), weak };
}

/** Undefined for words that aren't meant as an order. */
function weakness(
  phrases: Phrases,
  match: Match,
  excuses: Patterns | undefined,
): boolean | undefined {
  const spoken = spokenAbout(phrases, match.from, match.to);
  if (spoken === "surely" || (match.weak && spoken === "perhaps")) {
    return undefined;
  }
  const { words } = phrases;
  const [first, last] = sentenceAround(words, match);
  if (excuses !== undefined && hasAny(excuses, words.slice(first, last + 1))) {
    return undefined;
  }
  return match.weak || spoken === "perhaps";
}

/** A sentence is looked at this many words before and after a match, however long it is. */
const REACH = 48;

/** The first and the last word of the sentence around a match. */
function sentenceAround(words: readonly Word[], { from, to }: Match): readonly [number, number] {
  const sentence = words[from]?.sentence;
  let first = from;
  while (first > from - REACH && words[first - 1]?.sentence === sentence && first > 0) {
    first -= 1;
  }
  let last = to;
  while (last < to + REACH && words[last + 1]?.sentence === sentence && last < words.length - 1) {
    last += 1;
  }
  return [first, last];
}

function hasAny(found: Patterns, words: readonly Word[]): boolean {
  return !found.find(words)[Symbol.iterator]().next().done;
}
