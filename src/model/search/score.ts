import type { Entry, Name } from "./entries.ts";

/**
 * What a word of the query is worth where it is found. A name says what a tool is, its server where,
 * and its description may mention anything.
 */
const WHOLE = 100;
const START = 80;
const WORD = 60;
const INSIDE = 40;
const SERVER = 30;
const ABBREVIATION = 20;
const DESCRIPTION_WORD = 10;
const DESCRIPTION = 5;

/** An original name that an alias hides comes after the same text on screen. */
const HIDDEN = 1;

/** How well an entry fits all words of a query; 0 where one of them isn't found at all. */
export function scoreOf(entry: Entry, words: readonly string[]): number {
  let sum = 0;
  for (const word of words) {
    const score = entry.all.includes(word) ? foundScore(entry, word) : abbreviated(entry, word);
    if (score === 0) return 0;
    sum += score;
  }
  return sum;
}

/** Of a word that is somewhere in the entry. */
function foundScore(entry: Entry, word: string): number {
  const { label, original, exposedName, serverName, all } = entry;
  if (exposedName === word) return WHOLE;
  const shown = nameScore(label, word);
  const hidden = original === undefined ? 0 : nameScore(original, word) - HIDDEN;
  if (shown > 0 || hidden > 0) return Math.max(shown, hidden);
  if (serverName.includes(word) || exposedName.includes(word)) return SERVER;
  const short = abbreviated(entry, word);
  if (short > 0) return short;
  return all.includes(` ${word}`) || all.includes(`\n${word}`) ? DESCRIPTION_WORD : DESCRIPTION;
}

function nameScore({ text, words }: Name, word: string): number {
  if (!text.includes(word)) return 0;
  if (text.length === word.length) return WHOLE;
  if (text.startsWith(word)) return START;
  return words.some((each) => each.startsWith(word)) ? WORD : INSIDE;
}

function abbreviated({ label, original }: Entry, word: string): number {
  const isShort =
    abbreviates(word, label) || (original !== undefined && abbreviates(word, original));
  return isShort ? ABBREVIATION : 0;
}

/** True when a word is put together from beginnings of a name's words: `gpage` of `get_page`. */
function abbreviates(word: string, { words }: Name): boolean {
  if (words.length < 2 || !words.some((part) => part[0] === word[0])) return false;
  // reached[at]: the first `at` letters are put together already.
  const reached = new Array<boolean>(word.length + 1).fill(false);
  reached[0] = true;
  for (const part of words) {
    // From the end, so that no word of the name serves twice.
    for (let at = word.length - 1; at >= 0; at -= 1) {
      if (!reached[at]) continue;
      for (let more = 0; more < part.length && part[more] === word[at + more]; more += 1) {
        reached[at + more + 1] = true;
      }
    }
  }
  return reached[word.length] === true;
}
