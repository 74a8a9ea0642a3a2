import type { Phrases } from "./phrases.ts";
import type { Word } from "./words.ts";

/** Stems of words by which a text speaks about attacks instead of making one. */
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

/** Whether what stands there is likely to be quoted or described: "no", "perhaps", or "surely". */
export function spokenAbout(
  phrases: Phrases,
  from: number,
  to: number,
): "no" | "perhaps" | "surely" {
  const { words } = phrases;
  const quoted = phrases.isQuoted(words[from]) && phrases.isQuoted(words[to]);
  const about = speaksAbout(phrases, from, quoted);
  if (about && (quoted || attempted(words, from))) return "surely";
  return quoted || about ? "perhaps" : "no";
}

const ATTEMPTS = new Set("try tries trying attempt attempts attempting".split(" "));

/** "Blocks texts that try to …": somebody else's words. */
function attempted(words: readonly Word[], from: number): boolean {
  return words.slice(Math.max(0, from - 6), from).some(({ word }) => ATTEMPTS.has(word));
}

/** Looks at the words before, in the same sentence and at most twenty of them. */
function speaksAbout(phrases: Phrases, from: number, quoted: boolean): boolean {
  const { words } = phrases;
  const sentence = words[from]?.sentence ?? 0;
  for (let index = from - 1; index >= Math.max(0, from - 20); index -= 1) {
    const word = words[index];
    if (word === undefined || word.sentence < sentence - 1) return false;
    const near = word.sentence === sentence || quoted;
    const speaks = near && SPEAKING_ABOUT.some((stem) => word.word.startsWith(stem));
    if (speaks && !phrases.isQuoted(word)) return true;
  }
  return false;
}

const NEGATIONS = new Set(
  "not never no don't dont doesn't won't can't cannot mustn't shouldn't avoid without nor".split(
    " ",
  ),
);

/** Whether one of the few words before turns the meaning round. */
export function negated(words: readonly Word[], index: number, reach: number): boolean {
  const sentence = words[index]?.sentence;
  for (let before = index - 1; before >= Math.max(0, index - reach); before -= 1) {
    const word = words[before];
    if (word?.sentence !== sentence) return false;
    if (NEGATIONS.has(word?.word ?? "")) return true;
  }
  return false;
}
