import { type Clue, clues } from "./clue.ts";
import { negated } from "./context.ts";
import { patterns } from "./pattern.ts";
import type { Phrases } from "./phrases.ts";
import type { Word } from "./words.ts";

const TRANSFER = new Set(
  "send upload post pass include append attach forward transmit copy put embed email mail share submit encode bcc curl wget deliver relay write paste insert publish add provide transfer supply supplied fill populate relay mirror mirrored commit handed hand list report repeat share".split(
    " ",
  ),
);
const THEFT = new Set(
  "exfiltrate exfiltrates exfiltrating leak steal steals harvest harvests siphon".split(" "),
);
const TRANSFERS = new Set(
  "sends uploads posts passes forwards transmits copies emails mails submits encodes sending uploading forwarding transmitting passing including appending attaching posting".split(
    " ",
  ),
);
const READ = new Set(
  "hold holds contain take drop give given needed requires return run visit render show end check look ask read cat grab open load access fetch get retrieve collect gather extract dump grep".split(
    " ",
  ),
);
const TO_BEFORE = new Set(
  "need needs must have has want required ought instructed told sure".split(" "),
);

/** Words that have something moved, and how much each is a demand on the reader. */
export function* moves({ words }: Phrases): Iterable<Clue> {
  for (const [index, word] of words.entries()) {
    const weight = moveWeight(words, index, word.word);
    if (weight > 0 && !negated(words, index, 3)) yield { start: word.start, end: word.end, weight };
  }
}

function moveWeight(words: readonly Word[], index: number, word: string): number {
  if (THEFT.has(word)) return 2;
  if (TRANSFER.has(word)) return isPurpose(words, index) ? 0.5 : 1;
  if (TRANSFERS.has(word)) return 0.5;
  if (READ.has(word)) return isPurpose(words, index) ? 0 : 0.5;
  if (word === "contents" || word === "content") return 0.5;
  return 0;
}

/** "The file to upload" says what it's for; "you need to upload" is a demand. */
function isPurpose(words: readonly Word[], index: number): boolean {
  return words[index - 1]?.word === "to" && !TO_BEFORE.has(words[index - 2]?.word ?? "");
}

const INTO = patterns({}, [
  "parameter|argument|field must|should|has|needs ~2 hold|contain|include|carry",
  "with|to this tool|server|function",
  "as|in|into|via|through|inside|within|using ~4 parameter|parameters|argument|arguments|field|sidenote|notes|note|metadata|feedback",
]);
const INTO_NAMED = patterns({}, [
  "as|in|into|via|inside|using ~2 context|comment|comments|footer|summary|body|query|title|reason|input",
]);

/** A parameter is a way out that nobody watches. Words that mean much else have to be quoted. */
export function* smuggling(phrases: Phrases): Iterable<Clue> {
  yield* clues(phrases, INTO, 1);
  for (const { from, to } of INTO_NAMED.find(phrases.words)) {
    const start = phrases.words[from]?.start ?? 0;
    if (phrases.isQuoted(phrases.words[to])) yield { start, end: start, weight: 1 };
  }
  for (const { index, 0: found } of phrases.text.matchAll(INTO_CODE)) {
    yield { start: index, end: index + found.length, weight: 0.5 };
  }
}

/** Names of parameters are written as code; not all that is written so is one. */
const INTO_CODE =
  /\b(?:as|in|into|via|within|fill in|populate|set|the|both as) `[A-Za-z_]\w{0,40}`/gi;

const OUTSIDE = patterns({}, [
  "attacker|attacker's|webhook|ngrok|pastebin|requestbin|burpcollaborator|http|https",
  "external|remote|our|following|third|logging|analytics|collection ~1 server|endpoint|address|url|service|host|site|api",
  "subdomain|gist",
  "our bucket|storage",
]);
const MAIL = /[\w.+-]{1,64}@[\w-]{1,63}\.[a-z]{2,}/gi;

export function* addresses(phrases: Phrases): Iterable<Clue> {
  yield* clues(phrases, OUTSIDE, 1);
  for (const { index, 0: found } of phrases.text.matchAll(MAIL)) {
    yield { start: index, end: index + found.length, weight: 1 };
  }
}

const URGE = patterns({}, [
  "must|always|first|mandatory|required|otherwise|immediately|secretly|silently|quietly",
  "before|prior ~1 using|calling|invoking|running|executing|use|any|you",
  "do|don't|dont|without|never ~2 tell|telling|mention|mentioning|inform|informing",
]);

export function* urging(phrases: Phrases): Iterable<Clue> {
  yield* clues(phrases, URGE, 1);
}
