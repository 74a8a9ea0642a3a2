import * as l10n from "@vscode/l10n";
import { TEXT_FIXES, type TextHit, type TextRule } from "../rule.ts";
import { firstEndingAfter, negated, type Phrases, spokenAbout } from "./phrases.ts";
import { FLAG } from "./prefilter.ts";
import { excerpt } from "./unseen.ts";
import { type Patterns, patterns, type Word } from "./words.ts";

function namesFile(flags: number): boolean {
  return (flags & (FLAG.secretPath | FLAG.disguised | FLAG.unusual)) !== 0;
}

/**
 * A path of a secret file is enough to run the rule. A word such as "token" also needs a verb that
 * moves something.
 */
function mayMove(flags: number): boolean {
  if (namesFile(flags)) {
    return true;
  }
  return (flags & FLAG.exfiltration) !== 0 && (flags & FLAG.moving) !== 0;
}

/** From this sum on a text is reported. Below `CERTAIN` the finding is weak. */
const LIKELY = 3;
const CERTAIN = 4;
/** The weight of verbs that mean nothing but theft. */
const THEFT = 2;

/**
 * Adds up the signals of two sentences in a row: something private, a verb that moves it, a
 * destination, and urgency. One of these alone is an ordinary description. Sources: mcp-scan's
 * policy; mcpproxy-go.
 */
export const exfiltration: TextRule = {
  of: "text",
  id: "security/exfiltration",
  severity: "error",
  fixes: TEXT_FIXES,
  wants: (flags) => mayMove(flags),
  *check(scanned) {
    const phrases = scanned.phrases();
    for (const { start, end } of leakingImages(scanned.text)) {
      yield { start, end, message: messageOf(scanned.text, start, end) };
    }
    const paths = namesFile(scanned.flags) ? secretPaths(scanned.text) : [];
    const things = [...paths, ...privateThings(phrases)];
    if (things.length === 0) {
      return;
    }
    const sentences = weigh(phrases, things);
    for (let index = 0; index < sentences.length; index += 1) {
      const found = evaluate(phrases, sentences[index], sentences[index + 1]);
      if (found === undefined) {
        continue;
      }
      yield found;
      index += 1;
    }
  },
};

interface Sentence {
  thing: Signal | undefined;
  move: Signal | undefined;
  outputChannel: number;
  address: number;
  urge: number;
}

function weigh(phrases: Phrases, things: readonly Signal[]): readonly (Sentence | undefined)[] {
  const sentences: Sentence[] = [];
  const numberOf = sentenceFinder(phrases.words);
  const at = (offset: number): Sentence => {
    const number = numberOf(offset);
    sentences[number] ??= {
      thing: undefined,
      move: undefined,
      outputChannel: 0,
      address: 0,
      urge: 0,
    };
    return sentences[number];
  };
  for (const signal of things) {
    const sentence = at(signal.start);
    if (signal.weight > (sentence.thing?.weight ?? 0)) {
      sentence.thing = signal;
    }
  }
  for (const signal of transferVerbs(phrases)) {
    const sentence = at(signal.start);
    if (signal.weight > (sentence.move?.weight ?? 0)) {
      sentence.move = signal;
    }
  }
  for (const { start, weight } of outputChannels(phrases)) {
    at(start).outputChannel = weight;
  }
  for (const { start, weight } of addresses(phrases)) {
    at(start).address = weight;
  }
  for (const { start, weight } of urgencySignals(phrases)) {
    at(start).urge = weight;
  }
  return sentences;
}

function sentenceFinder(words: readonly Word[]): (offset: number) => number {
  return (offset) => words[firstEndingAfter(words, offset)]?.sentence ?? 0;
}

function evaluate(
  phrases: Phrases,
  one: Sentence | undefined,
  other: Sentence | undefined,
): TextHit | undefined {
  const thing = larger(one?.thing, other?.thing);
  const move = larger(one?.move, other?.move);
  if (thing === undefined || move === undefined) {
    return undefined;
  }
  // The next call pairs the second sentence with the one after it.
  if (one?.thing === undefined && one?.move === undefined) {
    return undefined;
  }
  const wayOut =
    Math.max(one?.outputChannel ?? 0, other?.outputChannel ?? 0) +
    Math.max(one?.address ?? 0, other?.address ?? 0);
  // Something that belongs to nobody in particular is only reported when it has a destination.
  if (thing.weight < 2 && move.weight < THEFT && wayOut === 0) {
    return undefined;
  }
  const urge = Math.max(one?.urge ?? 0, other?.urge ?? 0);
  const sum = thing.weight + move.weight + wayOut + urge;
  if (sum < LIKELY) {
    return undefined;
  }
  return hitOf(phrases, Math.min(thing.start, move.start), Math.max(thing.end, move.end), sum);
}

function larger(one: Signal | undefined, other: Signal | undefined): Signal | undefined {
  return (other?.weight ?? 0) > (one?.weight ?? 0) ? other : one;
}

function hitOf(phrases: Phrases, start: number, end: number, sum: number): TextHit | undefined {
  const { words, text } = phrases;
  // The words at these offsets, or the next words after them.
  const from = firstEndingAfter(words, start);
  const to = firstEndingAfter(words, end - 1);
  const spoken = spokenAbout(phrases, from, to);
  const quiet = sum < CERTAIN;
  if (spoken === "surely" || (quiet && spoken === "perhaps")) {
    return undefined;
  }
  const weak = quiet || spoken === "perhaps";
  return { start, end, message: messageOf(text, start, end), weak };
}

function messageOf(text: string, start: number, end: number): string {
  return l10n.t('It has something secret sent or read: "{0}".', excerpt(text, start, end));
}

const TRANSFER = new Set(
  "send upload post pass include append attach forward transmit copy put embed email mail share submit encode bcc curl wget deliver relay write paste insert publish add provide transfer supply supplied fill populate relay mirror mirrored commit handed hand list report repeat share".split(
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
  "hold holds contain take drop give given needed requires return run visit render show end check look ask read cat grab open load access fetch get retrieve collect gather extract dump grep".split(
    " ",
  ),
);
const TO_BEFORE = new Set(
  "need needs must have has want required ought instructed told sure".split(" "),
);

/** Verbs that move something, weighted by how clearly they tell the reader to do it. */
function* transferVerbs({ words }: Phrases): Iterable<Signal> {
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
  if (word === "contents" || word === "content") {
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
function* outputChannels(phrases: Phrases): Iterable<Signal> {
  yield* signals(phrases, INTO, 1);
  for (const { from, to } of INTO_NAMED.find(phrases.words)) {
    const start = phrases.words[from]?.start ?? 0;
    if (phrases.isQuoted(phrases.words[to])) {
      yield { start, end: start, weight: 1 };
    }
  }
  for (const { index, 0: found } of phrases.text.matchAll(INTO_CODE)) {
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

function* addresses(phrases: Phrases): Iterable<Signal> {
  yield* signals(phrases, OUTSIDE, 1);
  for (const { index, 0: found } of phrases.text.matchAll(MAIL)) {
    yield { start: index, end: index + found.length, weight: 1 };
  }
}

const URGE = patterns({}, [
  "must|always|first|mandatory|required|otherwise|immediately|secretly|silently|quietly",
  "before|prior ~1 using|calling|invoking|running|executing|use|any|you",
  "do|don't|dont|without|never ~2 tell|telling|mention|mentioning|inform|informing",
]);

function* urgencySignals(phrases: Phrases): Iterable<Signal> {
  yield* signals(phrases, URGE, 1);
}

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
  "value of ~4 api|access|secret|private key",
  "value of ~3 token|secret|password",
  "bank|card|atm pin|pins",
  "one time|use code|password",
  "otp|mfa|2fa code|codes",
  "twelve|12|24 ~2 words of|from ~2 wallet|user's|user",
  "auth|access|bearer token ~3 from ~1 environment|keychain|browser",
  "output of ~2 auth token",
  "authorization header of ~2 current|user's|session",
  "process env",
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
  "every|each|all answer|prompt|question|reply",
  "everything|what|whatever ~1 user|they wrote|typed|said|types|says|writes",
  "each|every file|document ~2 you ~1 read|open|edit|write",
  "user's|users ~2 email|address|name|history",
]);

/** Things that people don't give away. They weigh more where the text says whose they are. */
function* privateThings(phrases: Phrases): Iterable<Signal> {
  yield* signals(phrases, OWN, 2);
  yield* signals(phrases, PLAIN, 1);
  yield* signals(phrases, TALKED, 1.5);
}

/** Keys and passwords of a person or a machine, which no honest description needs. */
const STRONG =
  /(?:~|\$home|%userprofile%|\/root|\/home\/[\w.-]{1,32})?[\\/]?\.ssh[\\/]|(?<!\w)\.ssh\b(?!\.)|(?<![a-z0-9])id_(?:rsa|dsa|ecdsa|ed25519)\b(?!\.pub)|\/etc\/(?:passwd|shadow|sudoers)\b|\.aws[\\/]|\.(?:aws|ssh|kube|gnupg) (?:directory|folder)\b|\.kube[\\/]config|\.git-credentials|\.gnupg\b|\bauthorized_keys\b|\b(?:mcp|claude_desktop_config)\.json\b|\.cursor[\\/]|\bwallet\.dat\b|\.(?:bash|zsh)_history\b|\.docker[\\/]config|\bkeychain\b|\b(?:seed|recovery|mnemonic) phrases?\b|\/proc\/(?:self|\d{1,7})\/environ\b|application_default_credentials\.json|\blibrary[\\/]keychains\b|\.(?:claude|codex|gemini)(?:\.json|[\\/](?:auth|oauth_creds|settings)\.json)|\b169\.254\.169\.254\b|\/run\/secrets\/kubernetes\.io\b|\.password-store\b|\bgpg keyrings?\b|\.config[\\/]gh[\\/]|\.terraform\.d[\\/]|\b(?:saved|stored) logins\b|\bssh[ _-](?:private[ _-])?keys?\b|\bprivate[ _-]ssh[ _-]keys?\b|\blogin data\b|\.azure[\\/]/gi;

/** Files that hold secrets and that some tools use for good reasons. */
const USUAL =
  /(?<![\w)\]])\.env(?:\.\w{1,12})?\b|\.netrc\b|\.npmrc\b|\.pypirc\b|\.(?:pem|p12|pfx)\b|\bkubeconfig\b|\bcredentials\.json\b|\bsecrets?\.ya?ml\b|~\/\.config\/|\bservice[-_ ]account\.json\b/gi;

/** A public key may be shown. */
const PUBLIC = /^[\w-]{0,24}\.pub\b/;

/** In "using the profile in ~/.aws/credentials" the file is a means and not the target. */
const MEANS =
  /\b(?:using|uses|via|defaults? to|default|configured|authenticat\w{1,5})\b[^.\n]{0,40}$/i;
/** In "put it into a .env file" the file is the destination and not the target. */
const PLACE =
  /\b(?:put|writes?|written|saves?d?|stores?d?|pulls?|adds?|added)\b[^.\n]{0,48}\b(?:in|into|to)\b[^.\n]{0,16}$/i;
const CONTENTS = /\b(?:contents?|copy|copies)\b[^.\n]{0,24}$/i;

function secretPaths(text: string): readonly Signal[] {
  return [...signalsOf(text, STRONG, 3), ...signalsOf(text, USUAL, 2)];
}

function* signalsOf(text: string, pattern: RegExp, weight: number): Iterable<Signal> {
  for (const { index, 0: found } of text.matchAll(pattern)) {
    if (PUBLIC.test(text.slice(index + found.length, index + found.length + 32))) {
      continue;
    }
    const before = text.slice(Math.max(0, index - 64), index);
    const isMeans = (MEANS.test(before) || PLACE.test(before)) && !CONTENTS.test(before);
    yield { start: index, end: index + found.length, weight: isMeans ? 1 : weight };
  }
}

/** An image whose URL carries a part of the conversation. */
const IMAGE = /!\[[^\]\n]{0,80}\]\(https?:\/\/[^)\s]{1,200}?[?&][\w.-]{1,32}=([^)\n]{1,160})\)/gi;
const PRIVATE =
  /summary|history|chat|conversation|message|prompt|token|secret|passw|email|context|api.?key|credential|user/i;

function* leakingImages(text: string): Iterable<{ start: number; end: number }> {
  for (const { index, 0: image, 1: sent = "" } of text.matchAll(IMAGE)) {
    if (PRIVATE.test(sent)) {
      yield { start: index, end: index + image.length };
    }
  }
}

/** A place in a text, and how strongly it suggests an attack. */
interface Signal {
  readonly start: number;
  readonly end: number;
  readonly weight: number;
}

function* signals({ words }: Phrases, lines: Patterns, weight: number): Iterable<Signal> {
  for (const { from, to } of lines.find(words)) {
    yield { start: words[from]?.start ?? 0, end: words[to]?.end ?? 0, weight };
  }
}
