import type { Word } from "./words.ts";

/**
 * A phrase, compiled from a line. The line has words in order, `|` between alternatives, an
 * upper-case name for a list of words, and `~3` for up to three words in between. A match lies
 * within one sentence.
 *
 * `ignore|disregard ~3 PRIOR ~2 instructions`
 */
export interface Pattern {
  readonly first: ReadonlySet<string>;
  readonly steps: readonly Step[];
  readonly weak: boolean;
}

interface Step {
  readonly words: ReadonlySet<string>;
  /** The most other words that may come before. */
  readonly gap: number;
}

export interface Match {
  /** Indexes into the list of words. `to` is the last word of the match. */
  readonly from: number;
  readonly to: number;
  readonly weak: boolean;
}

type Lists = Readonly<Record<string, string>>;

/** Compiles lines into patterns. A line that begins with `?` is weak evidence. */
export function patterns(lists: Lists, lines: readonly string[]): Patterns {
  return new Patterns(lines.map((line) => compile(lists, line)));
}

function compile(lists: Lists, line: string): Pattern {
  const weak = line.startsWith("?");
  const steps: Step[] = [];
  let gap = 0;
  for (const part of line.replace("?", "").trim().split(/\s+/)) {
    if (part.startsWith("~")) {
      gap = Number(part.slice(1));
    } else {
      steps.push({ words: wordsOf(lists, part), gap });
      gap = 0;
    }
  }
  const [first, ...rest] = steps;
  return { first: first?.words ?? new Set(), steps: rest, weak };
}

function wordsOf(lists: Lists, part: string): ReadonlySet<string> {
  return new Set(part.split("|").flatMap((word) => lists[word]?.split(" ") ?? [word]));
}

/** Matches many patterns in one pass: at each word it tries only those that begin with it. */
export class Patterns {
  readonly all: readonly Pattern[];
  readonly #byFirst = new Map<string, Pattern[]>();

  constructor(all: readonly Pattern[]) {
    this.all = all;
    for (const pattern of all) {
      for (const word of pattern.first) {
        const known = this.#byFirst.get(word);
        if (known === undefined) {
          this.#byFirst.set(word, [pattern]);
        } else {
          known.push(pattern);
        }
      }
    }
  }

  /** Matches don't overlap, and at most one begins at a word. */
  *find(words: readonly Word[]): Iterable<Match> {
    for (let index = 0; index < words.length; index += 1) {
      const found = matchAt(this.#byFirst.get(words[index]?.word ?? "") ?? [], words, index);
      if (found === undefined) {
        continue;
      }
      yield found;
      index = found.to;
    }
  }
}

/** The match of the first of some patterns that begins at a word; of a weak one where no other does. */
export function matchAt(
  tried: readonly Pattern[],
  words: readonly Word[],
  index: number,
): Match | undefined {
  let weak: Match | undefined;
  for (const pattern of tried) {
    if (!pattern.first.has(words[index]?.word ?? "")) {
      continue;
    }
    const to = endOf(pattern, words, index);
    if (to === undefined) {
      continue;
    }
    const match = { from: index, to, weak: pattern.weak };
    if (!pattern.weak) {
      return match;
    }
    weak ??= match;
  }
  return weak;
}

function endOf(pattern: Pattern, words: readonly Word[], from: number): number | undefined {
  const sentence = words[from]?.sentence;
  let at = from;
  for (const { words: wanted, gap } of pattern.steps) {
    const last = at + 1 + gap;
    let next = at + 1;
    while (next <= last && !wanted.has(words[next]?.word ?? "")) {
      next += 1;
    }
    if (next > last || words[next]?.sentence !== sentence) {
      return undefined;
    }
    at = next;
  }
  return at;
}
