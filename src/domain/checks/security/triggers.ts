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
export function triggersOf(sought: readonly Sought[]): readonly Together[] {
  const alone: string[] = [];
  const all: Pattern[] = [];
  for (const each of sought) {
    if (each instanceof Patterns) {
      all.push(...each.all);
    } else {
      alone.push(...textsOf(each));
    }
  }
  return [
    ...triggersOfPatterns(
      all.filter((pattern) => !hasName(pattern)),
      alone,
      false,
    ),
    ...triggersOfPatterns(all.filter(hasName), [], true),
  ];
}

function triggersOfPatterns(
  all: readonly Pattern[],
  others: readonly string[],
  isNamed: boolean,
): readonly Together[] {
  const alone = [...others];
  const pairs: Pair[] = [];
  const ofParts = new Map<string, Together>();
  for (const pattern of all) {
    const [first, second] = phrasesOf(pattern);
    const pair: Pair | undefined = second && [first, second];
    const parts = partsOf(pattern);
    if (costOf(first) >= SELDOM && isRarer(parts, pair)) {
      const lists = parts.flatMap((part) => PART_TRIGGERS[part] ?? []);
      ofParts.set(parts.join(" "), { lists, isNamed });
    } else if (pair === undefined || costOf(first) < SELDOM) {
      alone.push(...first);
    } else {
      pairs.push(pair);
    }
  }
  return [...togetherOf([[alone], ...grouped(pairs)], isNamed), ...ofParts.values()];
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
function isRarer(parts: readonly number[], pair: Pair | undefined): boolean {
  const cost = parts.reduce((share, part) => share * (PART_COSTS[part] ?? 1), 1);
  return parts.length > 1 && cost < (pair === undefined ? 1 : pairCost(pair) * GROUP_SIZE);
}

/** The number of pairs that a group has, roughly. */
const GROUP_SIZE = 8;

const PART_COSTS: readonly number[] = PARTS.map((words) => costOf(textsOf(words)));

/** Made once, because the prefilter gives each of these objects one flag. */
const PART_TRIGGERS: readonly Triggers[] = PARTS.map((words) => asTriggers(textsOf(words)));

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

/** A group needs two flags of the prefilter, so there are few. */
const MOST_GROUPS = 4;
/** So many pairs are worth a group of their own. */
const PAIRS_A_GROUP = 20;

/** Groups pairs, so that as few texts as possible meet both lists of a group. */
function grouped(pairs: readonly Pair[]): readonly Pair[] {
  const length = Math.min(MOST_GROUPS, Math.ceil(pairs.length / PAIRS_A_GROUP));
  const groups: Pair[] = Array.from({ length }, () => [[], []]);
  const rarestLast = [...pairs].sort((one, other) => pairCost(other) - pairCost(one));
  for (const pair of rarestLast) {
    const wider = groups.map(
      (group) =>
        [[...new Set([...group[0], ...pair[0]])], [...new Set([...group[1], ...pair[1]])]] as const,
    );
    const growth = wider.map(
      (group, place) => pairCost(group) - pairCost(groups[place] ?? [[], []]),
    );
    const best = growth.indexOf(Math.min(...growth));
    groups.splice(best, 1, wider[best] ?? pair);
  }
  return groups;
}

/** A text that is in both lists is enough alone. */
function pairCost([first, second]: Pair): number {
  const either = new Set(first);
  return costOf(first) * costOf(second) + costOf(second.filter((text) => either.has(text)));
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

function textsOf(sought: ForeignPhrase | RegExp | ReadonlySet<string>): readonly string[] {
  if (sought instanceof ForeignPhrase) {
    return sought.parts.reduce((best, part) => (costOf(part) < costOf(best) ? part : best));
  }
  if (!(sought instanceof RegExp)) {
    return [...sought].map((word) => `${EDGE}${word}${EDGE}`);
  }
  const needed = neededTexts(sought, costOf);
  if (needed === undefined) {
    throw new Error(`Nothing that each match has: ${sought.source}`);
  }
  return needed;
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
function phrasesOf(
  pattern: Pattern,
): readonly [first: readonly string[], second?: readonly string[]] {
  const runs = [...runsOf(pattern)].sort((one, other) => one.cost - other.cost);
  const [best] = runs;
  if (best === undefined) {
    throw new Error("A pattern with too many words in each step");
  }
  const beside = runs.find(({ from, to }) => to < best.from || from > best.to);
  return beside === undefined ? [best.phrases] : [best.phrases, beside.phrases];
}

/** Adjacent steps without a gap between them, as phrases. */
function* runsOf({ first, steps }: Pattern): Iterable<Run> {
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
function costOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + (isAscii(text) ? least(text) : 0), 0);
}

function least(text: string): number {
  return Math.min(wordCost(text), markCost(text));
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
