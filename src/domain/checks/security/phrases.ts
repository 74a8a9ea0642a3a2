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

  constructor(text: string) {
    this.text = text;
    this.words = joinSpaced(text, ASCII.test(text) ? asciiWords(text) : anyWords(text));
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

/** Joins "i g n o r e" into one word. Two blanks or another sign between letters end it. */
function joinSpaced(text: string, words: readonly Word[]): readonly Word[] {
  if (words.filter(isLone).length < 4) {
    return words;
  }
  const joined: Word[] = [];
  for (let index = 0; index < words.length; ) {
    let last = index;
    while (isLone(words[last]) && isLone(words[last + 1]) && touch(text, words, index, last)) {
      last += 1;
    }
    const first = words[index];
    const final = words[last];
    if (first === undefined || final === undefined) {
      break;
    }
    if (last - index >= 3) {
      const letters = words.slice(index, last + 1).map(({ word }) => word);
      joined.push({ ...first, word: letters.join(""), end: final.end });
    } else {
      joined.push(...words.slice(index, last + 1));
    }
    index = last + 1;
  }
  return joined;
}

function isLone(word: Word | undefined): boolean {
  return word?.word.length === 1;
}

function touch(text: string, words: readonly Word[], first: number, index: number): boolean {
  const end = words[index]?.end ?? 0;
  const isNext = (words[index + 1]?.start ?? 0) - end === 1;
  return isNext && text.charAt(end) === text.charAt(words[first]?.end ?? 0);
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
];

/** Tells how likely the words quote or describe an attack. */
export function spokenAbout(
  phrases: Phrases,
  from: number,
  to: number,
): "no" | "perhaps" | "surely" {
  const { words } = phrases;
  const quoted = phrases.isQuoted(words[from]) && phrases.isQuoted(words[to]);
  const about = speaksAbout(phrases, from, quoted);
  if (about && (quoted || attempted(words, from))) {
    return "surely";
  }
  return quoted || about ? "perhaps" : "no";
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
