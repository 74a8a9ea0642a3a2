import { negated } from "./context.ts";
import { patterns } from "./pattern.ts";
import type { Phrases } from "./phrases.ts";
import type { Clue } from "./secretPaths.ts";
import type { Word } from "./words.ts";

const LISTS = {
  SCOPE:
    "user's users their all any every entire full complete stored saved found victim's admin's local whole",
  SECRET:
    "credential credentials password passwords passphrase passphrases secret secrets cookie cookies keys apikey apikeys tokens",
  TALK: "conversation conversations transcript chat",
} as const;

const OWN = patterns(LISTS, [
  "SCOPE ~3 SECRET",
  "SCOPE ~3 api|access|private|secret|encryption|signing key|keys",
  "SCOPE ~2 access|auth|session|bearer|refresh|oauth|github|jwt token|tokens",
  "SECRET ~3 you ~2 find|know|see|have",
  "SECRET of|from the ~1 user",
  "SCOPE ~2 environment|env variables|variable|vars",
  "private ~1 key|keys",
  "credit card ~1 number|numbers|details|data",
  "social security number|numbers",
]);

const PLAIN = patterns(LISTS, [
  "credential|credentials|password|passwords|passphrase|cookies|secrets",
  "api|access|secret|encryption key|keys",
  "access|auth|session|bearer|refresh|oauth|github|jwt token|tokens",
  "environment|env variables|vars",
  "token|tokens|session from ~2 localstorage|sessionstorage|browser|cookie|cookies|keychain|environment",
]);

const TALKED = patterns(LISTS, [
  "SCOPE ~3 TALK|messages|history",
  "all|every|each|earlier|previous|prior ~2 message|messages",
  "chat|conversation|message history|log|logs|transcript",
  "this|current|your|our conversation|chat",
  "summary|transcript|copy of ~2 conversation|chat|messages",
  "conversation|chat|messages so far",
  "system prompt",
  "full|entire context",
]);

/** What people don't give away. Something that belongs to somebody counts for more. */
export function* privateThings(phrases: Phrases): Iterable<Clue> {
  yield* clues(phrases, OWN, 2);
  yield* clues(phrases, PLAIN, 1);
  yield* clues(phrases, TALKED, 1.5);
}

function* clues(
  { words }: Phrases,
  lines: ReturnType<typeof patterns>,
  weight: number,
): Iterable<Clue> {
  for (const { from, to } of lines.find(words)) {
    yield { start: words[from]?.start ?? 0, end: words[to]?.end ?? 0, weight };
  }
}

const TRANSFER = new Set(
  "send upload post pass include append attach forward transmit copy put embed email mail share submit encode bcc curl wget deliver relay write paste insert publish add provide transfer".split(
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
  "read cat grab open load access fetch get retrieve collect gather extract dump grep".split(" "),
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
}

const OUTSIDE = patterns({}, [
  "attacker|attacker's|webhook|ngrok|pastebin|requestbin|burpcollaborator|http|https",
  "external|remote|our|following|third|logging|analytics|collection ~1 server|endpoint|address|url|service|host|site|api",
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
