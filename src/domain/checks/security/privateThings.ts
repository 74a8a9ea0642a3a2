import { patterns } from "./patterns.ts";
import type { Phrases } from "./phrases.ts";
import { type Signal, signals } from "./signals.ts";

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

/** Things that people don't give away. They weigh more where the text says whose they are. */
export function* privateThings(phrases: Phrases): Iterable<Signal> {
  yield* signals(phrases, OWN, 2);
  yield* signals(phrases, PLAIN, 1);
  yield* signals(phrases, TALKED, 1.5);
}
