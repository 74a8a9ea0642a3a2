import { type Match, type Patterns, patterns } from "./patterns.ts";
import type { Phrases } from "./phrases.ts";

/** A place in a text, and how strongly it suggests an attack. */
export interface Signal {
  readonly start: number;
  readonly end: number;
  readonly weight: number;
}

export function* signals(phrases: Phrases, lines: Patterns, weight: number): Iterable<Signal> {
  for (const match of lines.find(phrases.words)) {
    yield signalOf(phrases, match, weight);
  }
}

function signalOf({ words }: Phrases, { from, to }: Match, weight: number): Signal {
  return { start: words[from]?.start ?? 0, end: words[to]?.end ?? 0, weight };
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
  "api|access|auth|session|bearer|refresh|oauth|github|jwt token|tokens",
  "environment|env variables|vars",
  "env|dotenv file|files",
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

/** The words for things that people don't give away. */
export const PRIVATE_THINGS = [OWN, PLAIN, TALKED];

/** They weigh more where the text says whose they are. */
const WEIGHTS = [
  [OWN, 2],
  [PLAIN, 1],
  [TALKED, 1.5],
] as const;

/** @param found the matches of `PRIVATE_THINGS` */
export function* privateThings(
  found: ReadonlyMap<Patterns, readonly Match[]>,
  phrases: () => Phrases,
): Iterable<Signal> {
  for (const [things, weight] of WEIGHTS) {
    for (const match of found.get(things) ?? []) {
      yield signalOf(phrases(), match, weight);
    }
  }
}

/** Keys and passwords of a person or a machine, which no honest description needs. */
const STRONG =
  /(?:~|\$home|%userprofile%|\/root|\/home\/[\w.-]{1,32})?[\\/]?\.ssh[\\/]|(?<!\w)\.ssh\b(?!\.)|(?<![a-z0-9])id_(?:rsa|dsa|ecdsa|ed25519)\b(?!\.pub)|\/etc\/(?:passwd|shadow|sudoers)\b|(?<!\w)\.aws[\\/]|\.(?:aws|ssh|kube|gnupg) (?:directory|folder)\b|(?<!\w)\.kube[\\/]config|\.git-credentials|\.gnupg\b|\bauthorized_keys\b|\b(?:mcp|claude_desktop_config)\.json\b|(?<!\w)\.cursor[\\/]|\bwallet\.dat\b|\.(?:bash|zsh)_history\b|(?<!\w)\.docker[\\/]config|\bkeychain\b|\b(?:seed|recovery|mnemonic) phrases?\b|\/proc\/(?:self|\d{1,7})\/environ\b|application_default_credentials\.json|\blibrary[\\/]keychains\b|\.(?:claude|codex|gemini)(?:\.json|[\\/](?:auth|oauth_creds|settings)\.json)|\b169\.254\.169\.254\b|\/run\/secrets\/kubernetes\.io\b|\.password-store\b|\bgpg keyrings?\b|(?<!\w)\.config[\\/]gh[\\/]|(?<!\w)\.terraform\.d[\\/]|\b(?:saved|stored) logins\b|\bssh[ _-](?:private[ _-])?keys?\b|\bprivate[ _-]ssh[ _-]keys?\b|\blogin data\b|(?<!\w)\.azure[\\/]/gi;

/** Files that hold secrets and that some tools use for good reasons. */
const USUAL =
  /(?<![\w)\]])\.env\b(?:\.\w{1,12}\b)?|\.netrc\b|\.npmrc\b|\.pypirc\b|\.(?:pem|p12|pfx)\b|\bkubeconfig\b|\bcredentials\.json\b|\bsecrets?\.ya?ml\b|~\/\.config\/|\bservice[-_ ]account\.json\b/gi;

/** The expressions of files that hold secrets. */
export const SECRET_PATHS = [STRONG, USUAL];

/** A public key may be shown. */
const PUBLIC = /^[\w-]{0,24}\.pub\b/;

/** In "using the profile in ~/.aws/credentials" the file is a means and not the target. */
const MEANS =
  /\b(?:using|uses|via|defaults? to|default|configured|authenticat\w{1,5})\b[^.\n]{0,40}$/i;
/** In "put it into a .env file" the file is the destination and not the target. */
const PLACE =
  /\b(?:put|writes?|written|saves?d?|stores?d?|pulls?|adds?|added)\b[^.\n]{0,48}\b(?:in|into|to)\b[^.\n]{0,16}$/i;
const CONTENTS = /\b(?:contents?|copy|copies)\b[^.\n]{0,24}$/i;

export function secretPaths(text: string): readonly Signal[] {
  return [...pathSignals(text, STRONG, 3), ...pathSignals(text, USUAL, 2)];
}

function* pathSignals(text: string, pattern: RegExp, weight: number): Iterable<Signal> {
  for (const { index, 0: found } of text.matchAll(pattern)) {
    if (PUBLIC.test(text.slice(index + found.length, index + found.length + 32))) {
      continue;
    }
    const before = text.slice(Math.max(0, index - 64), index);
    const isMeans = (MEANS.test(before) || PLACE.test(before)) && !CONTENTS.test(before);
    yield { start: index, end: index + found.length, weight: isMeans ? 1 : weight };
  }
}
