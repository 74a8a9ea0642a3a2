import { shareOf } from "./commonWords.ts";
import { type Match, matchAt, type Pattern, type Patterns } from "./patterns.ts";
import { SentenceFilter } from "./sentenceFilter.ts";
import { hasIdentifier } from "./shapes.ts";
import { MAIL, NAMES, URL_WORD, WRITTEN_AS } from "./standIns.ts";
import type { Word } from "./words.ts";

/** A pattern, and the steps of which a sentence has to have a word each, as numbers. */
interface Entry {
  readonly pattern: Pattern;
  readonly kind: Patterns;
  readonly steps: readonly number[];
}

/** The matches of each kind that has some. */
export type Found = ReadonlyMap<Patterns, readonly Match[]>;

const NO_MATCHES: Found = new Map();
const NONE: readonly number[] = [];
const NONE_PRESENT: readonly string[] = [];

/** From this many on, the index that a kind has of its patterns is the faster way. */
const MANY = 8;

/** The kinds of a book that are looked for in the words as they are, and with names as single words. */
export interface Kinds {
  readonly plain: readonly Patterns[];
  readonly named: readonly Patterns[];
}

/** Which of the kinds may be in a text, as bits. */
const PLAIN = 1;
const NAMED = 2;
const BOTH = PLAIN | NAMED;

/**
 * The patterns of several kinds, which are looked for together. Nearly every sentence lacks a step of
 * each of them, which one look-up for each word tells.
 */
export class PhraseBook {
  readonly #named: ReadonlySet<Patterns>;
  /** The steps that a word is one of, by the word. */
  readonly #byWord: ReadonlyMap<string, readonly number[]>;
  /** The same by the number that the filter has given to the word. */
  readonly #byNumber: readonly (readonly number[])[];
  /** Leaves out nearly every sentence that has no pattern. */
  readonly #filter: SentenceFilter;
  readonly #sentence: Sentence;

  constructor({ plain, named }: Kinds) {
    this.#named = new Set(named);
    const steps = new StepNumbers();
    const entries = [...plain, ...named].flatMap((kind) =>
      kind.all.map((pattern) => ({ pattern, kind, steps: steps.of(pattern) })),
    );
    this.#byWord = steps.byWord();
    const rarest = Map.groupBy(entries, (entry) => rarestOf(entry, steps.shares));
    this.#filter = new SentenceFilter(entries.map((entry) => steps.rarestFirst(entry.steps)));
    this.#byNumber = this.#filter.words.map((word) => this.#byWord.get(word) ?? NONE);
    this.#sentence = new Sentence(steps.shares.map((_, step) => rarest.get(step) ?? []));
  }

  /**
   * The matches of each kind that has some.
   * @param isPlain true for an ASCII text whose words are read as they are written
   */
  find(
    text: string,
    isPlain: boolean,
    words: () => readonly Word[],
    names: () => readonly Word[],
  ): Found {
    const candidates = new Set<Entry>();
    const may = isPlain ? this.#mayMatch(text) : BOTH;
    if ((may & PLAIN) > 0) {
      this.#addCandidates(candidates, words(), NONE);
    }
    if ((may & NAMED) > 0 && (isPlain || this.#mayMatchNamed(text, words()))) {
      this.#addCandidates(candidates, names(), NONE);
    }
    if (candidates.size === 0) {
      return NO_MATCHES;
    }
    const found = new Map<Patterns, readonly Match[]>();
    for (const [kind, entries] of Map.groupBy(candidates, (entry) => entry.kind)) {
      const read = this.#named.has(kind) ? names() : words();
      const matches =
        entries.length > MANY ? [...kind.find(read)] : matchesOf(inOrder(kind, entries), read);
      if (matches.length > 0) {
        found.set(kind, matches);
      }
    }
    return found;
  }

  /** The kinds that may be in the text. */
  #mayMatch(text: string): number {
    const filter = this.#filter;
    const present = addressesIn(text);
    filter.begin(present);
    let may = 0;
    for (let start = 0; start < text.length && may < BOTH; start = filter.end + 1) {
      if (filter.mayHave(text, start)) {
        may |= this.#mayMatchIn(this.#stepsOf(present));
      }
    }
    return may;
  }

  /** The kinds that may be in the sentence that the filter has read. */
  #mayMatchIn(present: readonly number[]): number {
    const sentence = this.#sentence;
    const filter = this.#filter;
    sentence.begin(present);
    for (let index = 0; index < filter.count; index += 1) {
      sentence.add(this.#byNumber[filter.heard[index] ?? 0] ?? NONE);
    }
    let may = 0;
    for (const { pattern, kind } of sentence.candidates()) {
      // An address has several words, of which nobody has made one yet.
      if (present.length > 0 || filter.mayMatch(pattern)) {
        may |= this.#named.has(kind) ? NAMED : PLAIN;
      }
    }
    return may;
  }

  #mayMatchNamed(text: string, words: readonly Word[]): boolean {
    const candidates = new Set<Entry>();
    this.#addCandidates(candidates, words, this.#stepsOf(standInsIn(text)));
    return [...candidates].some(({ kind }) => this.#named.has(kind));
  }

  /** The patterns of which a sentence has a word of each step. */
  #addCandidates(
    candidates: Set<Entry>,
    words: readonly Word[],
    standIns: readonly number[],
  ): void {
    const sentence = this.#sentence;
    sentence.begin(standIns);
    let number = 0;
    const finish = (): void => {
      for (const entry of sentence.candidates()) {
        candidates.add(entry);
      }
      sentence.begin(standIns);
    };
    for (const word of words) {
      if (word.sentence !== number) {
        finish();
        number = word.sentence;
      }
      sentence.add(this.#byWord.get(word.word) ?? NONE);
    }
    finish();
  }

  #stepsOf(words: readonly string[]): readonly number[] {
    return words.length === 0 ? NONE : words.flatMap((word) => this.#byWord.get(word) ?? NONE);
  }
}

/** What may stand for the names and addresses that a text has. */
function standInsIn(text: string): readonly string[] {
  return [...(hasIdentifier(text) ? NAMES : []), ...addressesIn(text)];
}

function addressesIn(text: string): readonly string[] {
  const mails = text.includes("@") ? [MAIL] : NONE_PRESENT;
  return text.includes("://") ? [...mails, URL_WORD] : mails;
}

/**
 * The steps of which a sentence has a word. One object serves for all sentences, because a new one
 * for each would cost more than what it is for.
 */
class Sentence {
  /** The patterns, by the step that the fewest texts have. */
  readonly #byRarest: readonly (readonly Entry[])[];
  /** The number of the last sentence that had the step. */
  readonly #last: Int32Array;
  #number = 0;
  /** The steps of this sentence by which patterns are kept. */
  readonly #rarest: number[] = [];

  constructor(byRarest: readonly (readonly Entry[])[]) {
    this.#byRarest = byRarest;
    this.#last = new Int32Array(byRarest.length);
  }

  begin(steps: readonly number[]): void {
    this.#number += 1;
    this.#rarest.length = 0;
    this.add(steps);
  }

  add(steps: readonly number[]): void {
    for (const step of steps) {
      if (this.#last[step] === this.#number) {
        continue;
      }
      this.#last[step] = this.#number;
      if ((this.#byRarest[step] ?? []).length > 0) {
        this.#rarest.push(step);
      }
    }
  }

  /** The patterns of which the sentence has all steps. */
  candidates(): readonly Entry[] {
    const found: Entry[] = [];
    for (const step of this.#rarest) {
      for (const entry of this.#byRarest[step] ?? []) {
        if (this.#hasAll(entry)) {
          found.push(entry);
        }
      }
    }
    return found;
  }

  #hasAll({ steps }: Entry): boolean {
    return steps.every((step) => this.#last[step] === this.#number);
  }
}

/** Numbers the sets of words that steps of patterns are. Many patterns share one. */
class StepNumbers {
  /** The share of texts that have a word of the step, roughly. */
  readonly shares: number[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #words: ReadonlySet<string>[] = [];

  of({ first, steps }: Pattern): readonly number[] {
    return [first, ...steps.map(({ words }) => words)].map((words) => this.#numberOf(words));
  }

  byWord(): ReadonlyMap<string, readonly number[]> {
    const found = new Map<string, number[]>();
    for (const [step, words] of this.#words.entries()) {
      for (const word of words) {
        found.set(word, [...(found.get(word) ?? []), step]);
      }
    }
    return found;
  }

  /** The words of each of the steps, each step once. */
  rarestFirst(steps: readonly number[]): readonly ReadonlySet<string>[] {
    const share = (step: number): number => this.shares[step] ?? 1;
    const ordered = [...new Set(steps)].sort((one, other) => share(one) - share(other));
    return ordered.flatMap((step) => this.#words[step] ?? []);
  }

  #numberOf(words: ReadonlySet<string>): number {
    const key = [...words].join(" ");
    const known = this.#numbers.get(key);
    if (known !== undefined) {
      return known;
    }
    const number = this.#words.length;
    this.#numbers.set(key, number);
    this.#words.push(words);
    this.shares.push([...words].reduce((sum, word) => sum + shareOfWord(word), 0));
    return number;
  }
}

/** Few sentences have a name or an address. */
const STAND_IN_SHARE = 0.01;

function shareOfWord(word: string): number {
  return NAMES.has(word) || WRITTEN_AS.has(word) ? STAND_IN_SHARE : shareOf(word);
}

function rarestOf({ steps }: Entry, shares: readonly number[]): number {
  const share = (step: number): number => shares[step] ?? 1;
  return steps.reduce((best, step) => (share(step) < share(best) ? step : best));
}

/** The patterns of the entries as the kind has them, because the first that matches counts. */
function inOrder(kind: Patterns, entries: readonly Entry[]): readonly Pattern[] {
  const wanted = new Set(entries.map(({ pattern }) => pattern));
  return kind.all.filter((pattern) => wanted.has(pattern));
}

/** Matches as `Patterns.find` has them, of a few patterns. */
function matchesOf(tried: readonly Pattern[], words: readonly Word[]): readonly Match[] {
  const found: Match[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const match = matchAt(tried, words, index);
    if (match !== undefined) {
      found.push(match);
      index = match.to;
    }
  }
  return found;
}
