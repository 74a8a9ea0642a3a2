import { identifiersIn } from "./shapes.ts";
import { MAIL, OWN, SIBLING, STRANGER, URL_WORD } from "./standIns.ts";
import { type KnownNames, looksLikeTool } from "./toolNames.ts";
import type { Word } from "./words.ts";

interface Name {
  readonly start: number;
  readonly end: number;
  readonly standIn: string;
}

/** The words of a text, with a single word in place of each name and each mail address. */
export function namedWords(
  text: string,
  words: readonly Word[],
  known: KnownNames,
): readonly Word[] {
  const names = [...toolsIn(text, known), ...addressesIn(text)].sort(
    (one, other) => one.start - other.start,
  );
  const named: Word[] = [];
  let index = 0;
  for (const { start, end, standIn } of names) {
    let first = index;
    while (first < words.length && startOf(words, first) < start) {
      first += 1;
    }
    let last = first;
    while (last < words.length && startOf(words, last) < end) {
      last += 1;
    }
    const word = words[first];
    if (word === undefined || last === first) {
      continue;
    }
    named.push(...words.slice(index, first), { ...word, word: standIn, start, end });
    index = last;
  }
  return index === 0 ? words : [...named, ...words.slice(index)];
}

function startOf(words: readonly Word[], index: number): number {
  return words[index]?.start ?? Number.POSITIVE_INFINITY;
}

const MAILS = /[\w.+-]{1,64}@[\w-]{1,63}\.[a-z]{2,}/gi;
const URLS = /\b(?:https?|ftp|wss?):\/\/[^\s"'`<>)]{1,2048}/gi;

function* addressesIn(text: string): Iterable<Name> {
  if (text.includes("@")) {
    for (const { index, 0: found } of text.matchAll(MAILS)) {
      yield { start: index, end: index + found.length, standIn: MAIL };
    }
  }
  if (text.includes("://")) {
    for (const { index, 0: found } of text.matchAll(URLS)) {
      yield { start: index, end: index + found.length, standIn: URL_WORD };
    }
  }
}

function* toolsIn(text: string, known: KnownNames): Iterable<Name> {
  for (const { start, end } of identifiersIn(text)) {
    const standIn = standInOf(text, start, end, known);
    if (standIn !== undefined) {
      yield { start, end, standIn };
    }
  }
}

const QUOTE = /[`'"“‘*(]/;
const CALLED_TOOL = /^[`'"”’*]?\s(?:tool|function)\b/;

function standInOf(
  text: string,
  start: number,
  end: number,
  known: KnownNames,
): string | undefined {
  const name = text.slice(start, end);
  switch (known.ownerOf(name)) {
    case "own":
      return OWN;
    case "sibling":
      return SIBLING;
    case "nobody":
      break;
  }
  if (!looksLikeTool(name)) {
    return undefined;
  }
  // A hyphen joins ordinary words too, as in "read-only".
  const isMarked =
    QUOTE.test(text.charAt(start - 1)) || CALLED_TOOL.test(text.slice(end, end + 12));
  return name.includes("-") && !isMarked ? undefined : STRANGER;
}
