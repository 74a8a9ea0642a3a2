import * as l10n from "@vscode/l10n";
import type { TextHit, TextRule } from "../rule.ts";
import { FLAG } from "./automaton.ts";
import type { Clue } from "./clue.ts";
import { spokenAbout } from "./context.ts";
import { excerpt } from "./excerpt.ts";
import { addresses, moves, smuggling, urging } from "./exfiltrationClues.ts";
import { firstEndingAfter } from "./halving.ts";
import { leakingImages } from "./leakingImages.ts";
import type { Phrases } from "./phrases.ts";
import { privateThings } from "./privateThings.ts";
import { secretPaths } from "./secretPaths.ts";
import type { Word } from "./words.ts";

function namesFile(flags: number): boolean {
  return (flags & (FLAG.secretPath | FLAG.disguised | FLAG.unusual)) !== 0;
}

/** A secret file is enough to look closer; a word such as "token" needs somebody who moves it. */
function mayMove(flags: number): boolean {
  if (namesFile(flags)) return true;
  return (flags & FLAG.exfiltration) !== 0 && (flags & FLAG.moving) !== 0;
}

/** From here on an attack is likely, and below `CERTAIN` it's said more quietly. */
const LIKELY = 3;
const CERTAIN = 4;
/** Words that mean nothing else. */
const THEFT = 2;

/**
 * Weighs what two sentences in a row say: something private, somebody who is told to move it, where
 * to, and how urgently. One of these alone is an ordinary description. Sources: mcp-scan's policy;
 * mcpproxy-go.
 */
export const exfiltration: TextRule = {
  of: "text",
  id: "security/exfiltration",
  severity: "error",
  wants: (flags) => mayMove(flags),
  *check(scanned) {
    const phrases = scanned.phrases();
    for (const { start, end } of leakingImages(scanned.text)) {
      yield { start, end, message: messageOf(scanned.text, start, end) };
    }
    const paths = namesFile(scanned.flags) ? secretPaths(scanned.text) : [];
    const things = [...paths, ...privateThings(phrases)];
    if (things.length === 0) return;
    const sentences = weigh(phrases, things);
    for (let index = 0; index < sentences.length; index += 1) {
      const found = judge(phrases, sentences[index], sentences[index + 1]);
      if (found === undefined) continue;
      yield found;
      index += 1;
    }
  },
};

interface Sentence {
  thing: Clue | undefined;
  move: Clue | undefined;
  smuggling: number;
  address: number;
  urge: number;
}

function weigh(phrases: Phrases, things: readonly Clue[]): readonly (Sentence | undefined)[] {
  const sentences: Sentence[] = [];
  const numberOf = sentenceFinder(phrases.words);
  const at = (offset: number): Sentence => {
    const number = numberOf(offset);
    sentences[number] ??= { thing: undefined, move: undefined, smuggling: 0, address: 0, urge: 0 };
    return sentences[number];
  };
  for (const clue of things) {
    const sentence = at(clue.start);
    if (clue.weight > (sentence.thing?.weight ?? 0)) sentence.thing = clue;
  }
  for (const clue of moves(phrases)) {
    const sentence = at(clue.start);
    if (clue.weight > (sentence.move?.weight ?? 0)) sentence.move = clue;
  }
  for (const { start, weight } of smuggling(phrases)) at(start).smuggling = weight;
  for (const { start, weight } of addresses(phrases)) at(start).address = weight;
  for (const { start, weight } of urging(phrases)) at(start).urge = weight;
  return sentences;
}

function sentenceFinder(words: readonly Word[]): (offset: number) => number {
  return (offset) => words[firstEndingAfter(words, offset)]?.sentence ?? 0;
}

function judge(
  phrases: Phrases,
  one: Sentence | undefined,
  other: Sentence | undefined,
): TextHit | undefined {
  const thing = larger(one?.thing, other?.thing);
  const move = larger(one?.move, other?.move);
  if (thing === undefined || move === undefined) return undefined;
  // The second sentence has its own turn with the one after it.
  if (one?.thing === undefined && one?.move === undefined) return undefined;
  const wayOut =
    Math.max(one?.smuggling ?? 0, other?.smuggling ?? 0) +
    Math.max(one?.address ?? 0, other?.address ?? 0);
  // Something that is nobody's in particular is only stolen when it goes somewhere.
  if (thing.weight < 2 && move.weight < THEFT && wayOut === 0) return undefined;
  const urge = Math.max(one?.urge ?? 0, other?.urge ?? 0);
  const sum = thing.weight + move.weight + wayOut + urge;
  if (sum < LIKELY) return undefined;
  return hitOf(phrases, Math.min(thing.start, move.start), Math.max(thing.end, move.end), sum);
}

function larger(one: Clue | undefined, other: Clue | undefined): Clue | undefined {
  return (other?.weight ?? 0) > (one?.weight ?? 0) ? other : one;
}

function hitOf(phrases: Phrases, start: number, end: number, sum: number): TextHit | undefined {
  const { words, text } = phrases;
  // The words at these offsets, or the next ones after them.
  const from = firstEndingAfter(words, start);
  const to = firstEndingAfter(words, end - 1);
  const spoken = spokenAbout(phrases, from, to);
  const quiet = sum < CERTAIN;
  if (spoken === "surely" || (quiet && spoken === "perhaps")) return undefined;
  const weak = quiet || spoken === "perhaps";
  return { start, end, message: messageOf(text, start, end), weak };
}

function messageOf(text: string, start: number, end: number): string {
  return l10n.t('It has something secret sent or read: "{0}".', excerpt(text, start, end));
}
