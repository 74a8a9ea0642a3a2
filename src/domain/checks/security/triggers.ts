import { shareOf, shareOfPart } from "./commonWords.ts";
import { EDGE, neededTexts } from "./expressions.ts";
import { ForeignPhrase } from "./foreignPhrase.ts";
import { PARTS } from "./parts.ts";
import { type Pattern, Patterns } from "./patterns.ts";
import { NAMES, WRITTEN_AS } from "./standIns.ts";

/** The patterns of a rule: phrases, an order in another language, an expression, or single words. */
export type Sought = Patterns | ForeignPhrase | RegExp | ReadonlySet<string>;

/** Texts of which one must be there, or the pattern can't match. */
export interface Triggers {
  /**
   * Words and parts of words. `_` is any run of characters other than letters and digits, or an end
   * of the text.
   */
  readonly words: readonly string[];
  /** Texts with marks. They are looked for only in texts that have marks. */
  readonly marks: readonly string[];
  /** True where a character outside ASCII may be enough. */
  readonly unusual: boolean;
}

/** Triggers of which a text has one in each list. */
export interface Together {
  readonly lists: readonly Triggers[];
  /** True where the text has the name of a tool as well. */
  readonly isNamed: boolean;
}

/** Signs that few ordinary texts have. */
export const MARKS = "<>|#[]{}\\%&!@~";

/**
 * The lists of triggers of some patterns. A text in which one of the patterns matches has all
 * triggers of one list. The lists are made from the patterns themselves, so a new pattern can't be
 * overlooked. Where the rarest words of a pattern occur in many texts, other words of it are
 * required too.
 */
export function triggersOf(
  sought: readonly Sought[],
  costOf: CostOf = reckonedOnce(),
): readonly Together[] {
  const patterns = sought.flatMap((each) => (each instanceof Patterns ? each.all : []));
  const others = sought.flatMap((each) => (each instanceof Patterns ? [] : [each]));
  return [
    ...triggersOfOthers(others, costOf),
    ...triggersOfPatterns(
      patterns.filter((pattern) => !hasName(pattern)),
      false,
      costOf,
    ),
    ...triggersOfPatterns(patterns.filter(hasName), true, costOf),
  ];
}

/** The rarest texts of which a match has one, and the second rarest where there are some. */
type Rarest = readonly [first: readonly string[], second: readonly string[] | undefined];

function triggersOfOthers(
  others: readonly Exclude<Sought, Patterns>[],
  costOf: CostOf,
): readonly Together[] {
  const { alone, pairs } = divided(
    others.map((each) => rarestOf(each, costOf)),
    costOf,
  );
  // These are in other languages than nearly all texts, so that one group is enough.
  const group: Pair = [pairs.flatMap(([first]) => first), pairs.flatMap(([, second]) => second)];
  return togetherOf([[alone], group], false);
}

function triggersOfPatterns(
  all: readonly Pattern[],
  isNamed: boolean,
  costOf: CostOf,
): readonly Together[] {
  const left: Rarest[] = [];
  const ofParts = new Map<string, Together>();
  for (const pattern of all) {
    const [first, second] = phrasesOf(pattern, costOf);
    const parts = partsOf(pattern);
    if (costOf(first) >= SELDOM && isRarer(parts, second && [first, second], costOf)) {
      const lists = parts.flatMap((part) => PART_TRIGGERS[part] ?? []);
      ofParts.set(parts.join(" "), { lists, isNamed });
    } else {
      left.push([first, second]);
    }
  }
  const { alone, pairs } = divided(left, costOf);
  return [...togetherOf([[alone], ...grouped(pairs, costOf)], isNamed), ...ofParts.values()];
}

/** Divides texts that are enough alone from pairs whose first texts are in many texts. */
function divided(
  all: readonly Rarest[],
  costOf: CostOf,
): { readonly alone: readonly string[]; readonly pairs: readonly Pair[] } {
  const alone: string[] = [];
  const pairs: Pair[] = [];
  for (const [first, second] of all) {
    if (second === undefined || costOf(first) < SELDOM) {
      alone.push(...first);
    } else {
      pairs.push([first, second]);
    }
  }
  return { alone, pairs };
}

function togetherOf(
  all: readonly (readonly (readonly string[])[])[],
  isNamed: boolean,
): readonly Together[] {
  return all
    .filter((lists) => lists.every((texts) => texts.length > 0))
    .map((lists) => ({ lists: lists.map(asTriggers), isNamed }));
}

/** True where fewer texts have all parts than a pair of phrases, which shares a group with others. */
function isRarer(parts: readonly number[], pair: Pair | undefined, costOf: CostOf): boolean {
  const cost = parts.reduce((share, part) => share * (PART_COSTS[part] ?? 1), 1);
  return parts.length > 1 && cost < (pair === undefined ? 1 : pairCost(pair, costOf) * GROUP_SIZE);
}

/** The number of pairs that a group has, roughly. */
const GROUP_SIZE = 8;

const PART_COSTS: readonly number[] = PARTS.map((words) => shareOfTexts(wholeWords(words)));

/** Made once, because the prefilter gives each of these objects one flag. */
const PART_TRIGGERS: readonly Triggers[] = PARTS.map((words) => asTriggers(wholeWords(words)));

/** The parts that a text has to have for a pattern, as indexes into `PARTS`. */
function partsOf({ first, steps }: Pattern): readonly number[] {
  const found = [first, ...steps.map(({ words }) => words)].map((step) =>
    PARTS.findIndex((part) => [...step].every((word) => part.has(word))),
  );
  return [...new Set(found.filter((part) => part >= 0))].sort((one, other) => one - other);
}

function hasName({ first, steps }: Pattern): boolean {
  return [first, ...steps.map(({ words }) => words)].some((words) =>
    [...words].every((word) => NAMES.has(word)),
  );
}

/** Two lists of texts. One text of each list is required. */
type Pair = readonly [first: readonly string[], second: readonly string[]];

/**
 * A group needs two bits of the prefilter, so there are few. With 4 groups 12 % of the benchmark's
 * texts are looked at closer, with 12 it is 8.6 %.
 */
const MOST_GROUPS = 12;
/** So many pairs are worth a group of their own. */
const PAIRS_A_GROUP = 6;

/** Groups pairs, so that as few texts as possible meet both lists of a group. */
function grouped(pairs: readonly Pair[], costOf: CostOf): readonly Pair[] {
  const length = Math.min(MOST_GROUPS, Math.ceil(pairs.length / PAIRS_A_GROUP));
  const groups = Array.from({ length }, () => new Group(costOf));
  const rarestLast = pairs
    .map((pair) => ({ pair, cost: pairCost(pair, costOf) }))
    .sort((one, other) => other.cost - one.cost);
  for (const { pair } of rarestLast) {
    const growth = groups.map((group) => group.growth(pair));
    groups[growth.indexOf(Math.min(...growth))]?.add(pair);
  }
  return groups.map((group) => group.pair);
}

/** Several pairs, one of which a text has to meet. */
class Group {
  readonly #costOf: CostOf;
  readonly #first = new Set<string>();
  readonly #second = new Set<string>();
  /** The costs of the first texts, of the second ones and of those that are both. */
  #costs: readonly [number, number, number] = [0, 0, 0];

  constructor(costOf: CostOf) {
    this.#costOf = costOf;
  }

  get pair(): Pair {
    return [[...this.#first], [...this.#second]];
  }

  /** By how many texts more a text is looked at closer when the pair is added. */
  growth(pair: Pair): number {
    return product(this.#with(pair)) - product(this.#costs);
  }

  add(pair: Pair): void {
    this.#costs = this.#with(pair);
    for (const text of pair[0]) {
      this.#first.add(text);
    }
    for (const text of pair[1]) {
      this.#second.add(text);
    }
  }

  #with([first, second]: Pair): readonly [number, number, number] {
    const ofFirst = first.filter((text) => !this.#first.has(text));
    const ofSecond = second.filter((text) => !this.#second.has(text));
    const both = [
      ...ofFirst.filter((text) => this.#second.has(text) || ofSecond.includes(text)),
      ...ofSecond.filter((text) => this.#first.has(text)),
    ];
    const [one = 0, other = 0, shared = 0] = this.#costs;
    return [
      one + this.#costOf(ofFirst),
      other + this.#costOf(ofSecond),
      shared + this.#costOf(both),
    ];
  }
}

function pairCost([first, second]: Pair, costOf: CostOf): number {
  const either = new Set(first);
  const both = second.filter((text) => either.has(text));
  return product([costOf(first), costOf(second), costOf(both)]);
}

/** A text that is in both lists is enough alone. */
function product([first, second, both]: readonly [number, number, number]): number {
  return first * second + both;
}

/** The share of texts below which no second list is required. */
const SELDOM = 0.0015;

function asTriggers(texts: readonly string[]): Triggers {
  const written = texts.filter((text) => isAscii(text));
  const inWords = written.filter((text) => wordCost(text) <= markCost(text));
  const inMarks = written.filter((text) => wordCost(text) > markCost(text));
  return {
    words: shortest(inWords.map(asWords)),
    marks: shortest(inMarks.map(asMarks)),
    unusual: written.length < texts.length,
  };
}

function rarestOf(sought: Exclude<Sought, Patterns>, costOf: CostOf): Rarest {
  if (sought instanceof ForeignPhrase) {
    const [first = [], second] = [...sought.parts].sort(
      (one, other) => costOf(one) - costOf(other),
    );
    return [first, second];
  }
  if (!(sought instanceof RegExp)) {
    return [wholeWords(sought), undefined];
  }
  const needed = neededTexts(sought, costOf);
  if (needed === undefined) {
    throw new Error(`Nothing that each match has: ${sought.source}`);
  }
  return [needed, undefined];
}

function wholeWords(words: ReadonlySet<string>): readonly string[] {
  return [...words].map((word) => `${EDGE}${word}${EDGE}`);
}

/** The most phrases that are worth their place in the automaton. */
const MOST_PHRASES = 40;
const MOST_STEPS = 3;

interface Run {
  readonly from: number;
  readonly to: number;
  readonly phrases: readonly string[];
  readonly cost: number;
}

/** The rarest of a pattern's steps, or of adjacent ones, and the rarest of those next to them. */
function phrasesOf(pattern: Pattern, costOf: CostOf): Rarest {
  const runs = [...runsOf(pattern, costOf)].sort((one, other) => one.cost - other.cost);
  const [best] = runs;
  if (best === undefined) {
    throw new Error("A pattern with too many words in each step");
  }
  const beside = runs.find(({ from, to }) => to < best.from || from > best.to);
  return [best.phrases, beside?.phrases];
}

/** Adjacent steps without a gap between them, as phrases. */
function* runsOf({ first, steps }: Pattern, costOf: CostOf): Iterable<Run> {
  const all = [{ words: first, gap: 0 }, ...steps];
  for (const [from] of all.entries()) {
    let phrases: readonly string[] = [EDGE];
    for (const [place, { words, gap }] of all.slice(from, from + MOST_STEPS).entries()) {
      const isUnknown = [...words].some((word) => NAMES.has(word));
      if ((place > 0 && gap > 0) || isUnknown || phrases.length * words.size > MOST_PHRASES) {
        break;
      }
      const written = [...words].flatMap((word) => WRITTEN_AS.get(word) ?? [word]);
      phrases = phrases.flatMap((phrase) => written.map((word) => `${phrase}${word}${EDGE}`));
      yield { from, to: from + place, phrases, cost: costOf(phrases) };
    }
  }
}

/** The share of ordinary texts that have one of these, partly estimated. */
export type CostOf = (texts: readonly string[]) => number;

/**
 * Remembers the share of each text, because many patterns share their words: the prefilter of all
 * rules is made in 0.14 s instead of 0.39 s.
 */
export function reckonedOnce(): CostOf {
  const known = new Map<string, number>();
  return (texts) => {
    let sum = 0;
    for (const text of texts) {
      const share = known.get(text) ?? shareOfText(text);
      known.set(text, share);
      sum += share;
    }
    return sum;
  };
}

function shareOfTexts(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + shareOfText(text), 0);
}

function shareOfText(text: string): number {
  return isAscii(text) ? Math.min(wordCost(text), markCost(text)) : 0;
}

function wordCost(text: string): number {
  const parts = asWords(text).split("_");
  return parts.reduce((share, part, index) => {
    if (part === "") {
      return share;
    }
    const isWhole = index > 0 && index < parts.length - 1;
    return share * (isWhole ? shareOf(part) : shareOfPart(part));
  }, 1);
}

const MARK_SHARE = 0.008;

function markCost(text: string): number {
  const count = [...asMarks(text)].filter((char) => MARKS.includes(char)).length;
  return count === 0 ? Number.POSITIVE_INFINITY : MARK_SHARE ** count;
}

function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text);
}

function asWords(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, "_");
}

/** The longest part that has marks. The edge of a word allows any character. */
function asMarks(text: string): string {
  const parts = text.toLowerCase().replace(/\s+/g, " ").split(EDGE);
  return parts.reduce((best, part) => (marksIn(part) > marksIn(best) ? part : best), "");
}

function marksIn(text: string): number {
  return [...text].filter((char) => MARKS.includes(char)).length;
}

/** Leaves out texts that contain another one, because that one is enough to find them. */
function shortest(texts: readonly string[]): readonly string[] {
  const all = [...new Set(texts)].sort((one, other) => one.length - other.length);
  const kept: string[] = [];
  for (const text of all) {
    if (!kept.some((shorter) => text.includes(shorter))) {
      kept.push(text);
    }
  }
  return kept;
}
