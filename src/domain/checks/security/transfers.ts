import { NOTHING } from "../rule.ts";
import { type Signal, signals } from "./exfiltrationTargets.ts";
import { patterns } from "./patterns.ts";
import { negated, type Phrases } from "./phrases.ts";
import type { Word } from "./words.ts";

const TRANSFER = new Set(
  "send upload post pass include append attach forward transmit copy put embed email mail share submit encode bcc curl wget deliver relay write paste insert publish add provide transfer supply supplied fill populate relay mirror mirrored commit handed hand report repeat share".split(
    " ",
  ),
);
const EXFILTRATION_VERBS = new Set(
  "exfiltrate exfiltrates exfiltrating leak steal steals harvest harvests siphon".split(" "),
);
const TRANSFERS = new Set(
  "sends uploads posts passes forwards transmits copies emails mails submits encodes sending uploading forwarding transmitting passing including appending attaching posting".split(
    " ",
  ),
);
const READ = new Set(
  "hold holds contain take drop give given needed requires return run visit render show end check look ask read cat grab open load access fetch get retrieve collect gather extract dump grep list".split(
    " ",
  ),
);
const CONTENTS = new Set(["content", "contents"]);
/** All words that may move something. */
export const TRANSFER_WORDS: ReadonlySet<string> = new Set([
  ...EXFILTRATION_VERBS,
  ...TRANSFER,
  ...TRANSFERS,
  ...READ,
  ...CONTENTS,
]);
const TO_BEFORE = new Set(
  "need needs must have has want required ought instructed told sure".split(" "),
);

/** Verbs that move something, weighted by how clearly they tell the reader to do it. */
export function* transferVerbs({ words }: Phrases): Iterable<Signal> {
  for (const [index, word] of words.entries()) {
    const weight = moveWeight(words, index, word.word);
    if (weight > 0 && !negated(words, index, 3)) {
      yield { start: word.start, end: word.end, weight };
    }
  }
}

function moveWeight(words: readonly Word[], index: number, word: string): number {
  if (EXFILTRATION_VERBS.has(word)) {
    return 2;
  }
  if (TRANSFER.has(word)) {
    return isPurpose(words, index) ? 0.5 : 1;
  }
  if (TRANSFERS.has(word)) {
    return 0.5;
  }
  if (READ.has(word)) {
    return isPurpose(words, index) ? 0 : 0.5;
  }
  if (CONTENTS.has(word)) {
    return 0.5;
  }
  return 0;
}

/** In "the file to upload" the verb names a purpose; in "you need to upload" it demands. */
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

/**
 * Parameters through which data can leave unseen. Words with many other meanings count only when
 * they are quoted.
 */
export function* outputChannels(phrases: Phrases): Iterable<Signal> {
  yield* signals(phrases, INTO, 1);
  for (const { from, to } of INTO_NAMED.find(phrases.words)) {
    const start = phrases.words[from]?.start ?? 0;
    if (phrases.isQuoted(phrases.words[to])) {
      yield { start, end: start, weight: 1 };
    }
  }
  for (const { index, 0: found } of placesOf(INTO_CODE, "`", phrases.text)) {
    yield { start: index, end: index + found.length, weight: 0.5 };
  }
}

/**
 * Names of parameters, which are written as code. Other words are written so too, hence the low
 * weight.
 */
const INTO_CODE =
  /\b(?:as|in|into|via|within|fill in|populate|set|the|both as) `[A-Za-z_]\w{0,40}`/gi;

const OUTSIDE = patterns({}, [
  "attacker|attacker's|webhook|ngrok|pastebin|requestbin|burpcollaborator|http|https",
  "external|remote|our|following|third|logging|analytics|collection ~1 server|endpoint|address|url|service|host|site|api",
  "subdomain|gist",
  "our bucket|storage",
]);
const MAIL = /[\w.+-]{1,64}@[\w-]{1,63}\.[a-z]{2,}/gi;

export function* addresses(phrases: Phrases): Iterable<Signal> {
  yield* signals(phrases, OUTSIDE, 1);
  for (const { index, 0: found } of placesOf(MAIL, "@", phrases.text)) {
    yield { start: index, end: index + found.length, weight: 1 };
  }
}

/** Most texts lack the sign that each match has, and the expressions try every word. */
function placesOf(pattern: RegExp, sign: string, text: string): Iterable<RegExpExecArray> {
  return text.includes(sign) ? text.matchAll(pattern) : NOTHING;
}
