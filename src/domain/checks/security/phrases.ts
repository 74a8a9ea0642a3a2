import { anyWords, asciiWords, type Word } from "./words.ts";

const ASCII = /^[\t\n\r -~]*$/;

/**
 * The words of a text, normalised: without regard to case, widths, marks, lookalikes, hidden
 * characters and spacing.
 */
export class Phrases {
  readonly text: string;
  readonly words: readonly Word[];
  #quotes: readonly Part[] | undefined;

  constructor(text: string, words: readonly Word[] = wordsOf(text)) {
    this.text = text;
    this.words = words;
  }

  /** True for a word between quotation marks. */
  isQuoted(word: Word | undefined): boolean {
    if (word === undefined) {
      return false;
    }
    this.#quotes ??= quotedParts(this.text);
    const { start, end } = word;
    const quote = this.#quotes[firstEndingAfter(this.#quotes, end - 1)];
    return quote !== undefined && quote.start < start && end <= quote.end;
  }
}

function wordsOf(text: string): readonly Word[] {
  return joinSpaced(text, ASCII.test(text) ? asciiWords(text) : anyWords(text));
}

/** Joins "i g n o r e" into one word. Two blanks or another sign between letters end it. */
function joinSpaced(text: string, words: readonly Word[]): readonly Word[] {
  if (!hasLone(words, 4)) {
    return words;
  }
  const joined: Word[] = [];
  for (let index = 0; index < words.length; ) {
    const first = words[index];
    if (first === undefined) {
      break;
    }
    let final = first;
    let letters = first.word;
    let next = words[index + 1];
    let count = 1;
    while (next !== undefined && isLone(final) && isLone(next) && touch(text, first, final, next)) {
      letters += next.word;
      final = next;
      count += 1;
      next = words[index + count];
    }
    if (count > 3) {
      joined.push({ ...first, word: letters, end: final.end });
      index += count;
    } else {
      joined.push(first);
      index += 1;
    }
  }
  return joined;
}

/** True where at least so many of the words are single letters. */
function hasLone(words: readonly Word[], least: number): boolean {
  let count = 0;
  for (const word of words) {
    count += isLone(word) ? 1 : 0;
    if (count >= least) {
      break;
    }
  }
  return count >= least;
}

function isLone({ word }: Word): boolean {
  return word.length === 1;
}

function touch(text: string, first: Word, word: Word, next: Word): boolean {
  return next.start - word.end === 1 && text.charAt(word.end) === text.charAt(first.end);
}

interface Part {
  readonly start: number;
  readonly end: number;
}

const QUOTES = new Map([
  ['"', '"'],
  ["“", "”"],
  ["‘", "’"],
  ["«", "»"],
  ["`", "`"],
  ["„", "“"],
  ["「", "」"],
]);

/**
 * Parts between quotation marks that are at most 400 characters apart. An apostrophe is no
 * quotation mark.
 */
function quotedParts(text: string): readonly Part[] {
  const parts: Part[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const closing = QUOTES.get(text.charAt(index)) ?? singleQuote(text, index);
    if (closing === undefined) {
      continue;
    }
    const limit = Math.min(text.length, index + 400);
    let end = index + 1;
    while (end < limit && text.charAt(end) !== closing) {
      end += 1;
    }
    if (end >= limit) {
      continue;
    }
    parts.push({ start: index, end });
    index = end;
  }
  return parts;
}

function singleQuote(text: string, index: number): string | undefined {
  if (text.charAt(index) !== "'") {
    return undefined;
  }
  const opens = index === 0 || /[\s(:,[]/u.test(text.charAt(index - 1));
  return opens ? "'" : undefined;
}

/**
 * The index of the first part that ends after an offset, or of the last part. A binary search,
 * because texts can be long.
 */
export function firstEndingAfter(
  parts: readonly { readonly end: number }[],
  offset: number,
): number {
  let low = 0;
  let high = parts.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((parts[middle]?.end ?? 0) <= offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** Stems of words with which a text describes attacks and makes none. */
const SPEAKING_ABOUT = [
  "detect",
  "block",
  "prevent",
  "flag",
  "scan",
  "guard",
  "classif",
  "attempt",
  "protect",
  "filter",
  "reject",
  "refus",
  "example",
  "phrase",
  "attack",
  "inject",
  "malicious",
  "payload",
  "adversar",
  "suspicious",
  "moderat",
  "document",
  "describ",
  "warn",
  "sanitiz",
  "sanitis",
  "harmful",
  "untrusted",
  "resist",
  "defen",
  "identif",
  "test",
  "e.g",
  "eg",
  "quot",
  "known",
  "such",
  "like",
  "recogni",
  "label",
  "teach",
  "lesson",
  "article",
  "tutorial",
  "learn",
  "explain",
  "vulnerab",
  "red-team",
  "redteam",
  "says",
  "saying",
  "expected",
  "sample",
  "mock",
  "simulat",
];

/** Tells how likely the words quote or describe an attack. */
export function spokenAbout(
  phrases: Phrases,
  from: number,
  to: number,
): "no" | "perhaps" | "surely" {
  const { words } = phrases;
  if (isAnalysis(words, from)) {
    return "surely";
  }
  const quoted = phrases.isQuoted(words[from]) && phrases.isQuoted(words[to]);
  const about = speaksAbout(phrases, from, quoted);
  if (about && (quoted || attempted(words, from))) {
    return "surely";
  }
  return quoted || about ? "perhaps" : "no";
}

/** Verbs of tools that look for attacks. */
const ANALYSTS = new Set(
  "detects detect scans flags blocks block explains simulates classifies audits forbids refuses identifies warns sanitizes sanitises analyses analyzes rejects prevents lesson guide documentation".split(
    " ",
  ),
);
/** Verbs that many tools begin with, and what follows them in those that look for attacks. */
const LOOKING = new Set(
  "checks verifies looks finds tests reports searches reviews lists rates scores evaluates".split(
    " ",
  ),
);
const LOOKED_FOR = new Set("whether if that for how phrases known tools packages".split(" "));
/** A verb further back may belong to something else. */
const BEGINNING = 4;
/** A sentence is followed back this far. */
const REACH = 48;

/** "Detects texts that …" describes what others write. */
function isAnalysis(words: readonly Word[], from: number): boolean {
  let first = from;
  const sentence = words[from]?.sentence;
  while (first > from - REACH && first > 0 && words[first - 1]?.sentence === sentence) {
    first -= 1;
  }
  return words
    .slice(first, Math.min(from, first + BEGINNING))
    .some(
      ({ word }, index) =>
        ANALYSTS.has(word) ||
        (LOOKING.has(word) && LOOKED_FOR.has(words[first + index + 1]?.word ?? "")),
    );
}

const ATTEMPTS = new Set("try tries trying attempt attempts attempting".split(" "));

/** "Blocks texts that try to …" describes somebody else's words. */
function attempted(words: readonly Word[], from: number): boolean {
  return words.slice(Math.max(0, from - 6), from).some(({ word }) => ATTEMPTS.has(word));
}

/**
 * Looks at up to twenty words before, in the same sentence and, for a quotation, in the one before.
 */
function speaksAbout(phrases: Phrases, from: number, quoted: boolean): boolean {
  const { words } = phrases;
  const sentence = words[from]?.sentence ?? 0;
  for (let index = from - 1; index >= Math.max(0, from - 20); index -= 1) {
    const word = words[index];
    if (word === undefined || word.sentence < sentence - 1) {
      return false;
    }
    const near = word.sentence === sentence || quoted;
    const speaks = near && SPEAKING_ABOUT.some((stem) => word.word.startsWith(stem));
    if (speaks && !phrases.isQuoted(word)) {
      return true;
    }
  }
  return false;
}

const NEGATIONS = new Set(
  "not never no don't dont doesn't won't can't cannot mustn't shouldn't avoid without nor".split(
    " ",
  ),
);

/** True when one of the last `reach` words of the sentence negates this one. */
export function negated(words: readonly Word[], index: number, reach: number): boolean {
  const sentence = words[index]?.sentence;
  for (let before = index - 1; before >= Math.max(0, index - reach); before -= 1) {
    const word = words[before];
    if (word?.sentence !== sentence) {
      return false;
    }
    if (NEGATIONS.has(word?.word ?? "")) {
      return true;
    }
  }
  return false;
}
