import * as l10n from "@vscode/l10n";
import { excerpt } from "../../../base/unseen.ts";
import { TEXT_FIXES, type TextHit, type TextRule } from "../rule.ts";
import {
  PRIVATE_THINGS,
  privateThings,
  SECRET_PATHS,
  type Signal,
  secretPaths,
  signals,
} from "./exfiltrationTargets.ts";
import { patterns } from "./patterns.ts";
import { firstEndingAfter, type Phrases, spokenAbout } from "./phrases.ts";
import { SHAPE } from "./shapes.ts";
import { addresses, outputChannels, TRANSFER_WORDS, transferVerbs } from "./transfers.ts";
import type { Word } from "./words.ts";

/** An image whose URL carries a part of the conversation. */
const IMAGE = /!\[[^\]\n]{0,80}\]\(https?:\/\/[^)\s]{1,200}?[?&][\w.-]{1,32}=([^)\n]{1,160})\)/gi;
const PRIVATE =
  /summary|history|chat|conversation|message|prompt|token|secret|passw|email|context|api.?key|credential|user/i;

/** The expressions of leaking images. */
const LEAKING_IMAGES = [IMAGE];

function* leakingImages(text: string): Iterable<{ start: number; end: number }> {
  for (const { index, 0: image, 1: sent = "" } of text.matchAll(IMAGE)) {
    if (PRIVATE.test(sent)) {
      yield { start: index, end: index + image.length };
    }
  }
}

/** From this sum on a text is reported. Below `CERTAIN` the finding is weak. */
const LIKELY = 3;
const CERTAIN = 4;
/** The weight of verbs that mean nothing but theft. */
const EXFILTRATING = 2;

/**
 * Adds up the signals of two sentences in a row: something private, a verb that moves it, a
 * destination, and urgency. One of these alone is an ordinary description. Sources: mcp-scan's
 * policy; mcpproxy-go.
 */
export const exfiltration: TextRule = {
  of: "text",
  id: "security/exfiltration",
  tellsIntent: true,
  severity: "error",
  fixes: TEXT_FIXES,
  requires: {
    shapes: SHAPE.disguised | SHAPE.unusual,
    any: [SECRET_PATHS, LEAKING_IMAGES],
    all: [PRIVATE_THINGS, [TRANSFER_WORDS]],
  },
  *check(scanned) {
    if (scanned.mayHave(LEAKING_IMAGES)) {
      for (const { start, end } of leakingImages(scanned.text)) {
        yield { start, end, message: messageOf(scanned.text, start, end) };
      }
    }
    const paths = scanned.mayHave(SECRET_PATHS) ? secretPaths(scanned.text) : [];
    const things = scanned.mayHave(PRIVATE_THINGS)
      ? privateThings(scanned.found(), scanned.phrases)
      : [];
    const targets = [...paths, ...things];
    if (targets.length === 0) {
      return;
    }
    const phrases = scanned.phrases();
    const sentences = weigh(phrases, targets);
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
  target: Signal | undefined;
  transfer: Signal | undefined;
  outputChannel: number;
  address: number;
  urgency: number;
}

/** Empty where nothing moves, because most texts that name something private only mention it. */
function weigh(phrases: Phrases, targets: readonly Signal[]): readonly (Sentence | undefined)[] {
  const transfers = [...transferVerbs(phrases)];
  if (transfers.length === 0) {
    return [];
  }
  const sentences: Sentence[] = [];
  const numberOf = sentenceFinder(phrases.words);
  const at = (offset: number): Sentence => {
    const number = numberOf(offset);
    sentences[number] ??= {
      target: undefined,
      transfer: undefined,
      outputChannel: 0,
      address: 0,
      urgency: 0,
    };
    return sentences[number];
  };
  for (const signal of targets) {
    const sentence = at(signal.start);
    if (signal.weight > (sentence.target?.weight ?? 0)) {
      sentence.target = signal;
    }
  }
  for (const signal of transfers) {
    const sentence = at(signal.start);
    if (signal.weight > (sentence.transfer?.weight ?? 0)) {
      sentence.transfer = signal;
    }
  }
  if (!sentences.some((sentence, index) => isMoved(sentence, sentences[index + 1]))) {
    return [];
  }
  for (const { start, weight } of outputChannels(phrases)) {
    at(start).outputChannel = weight;
  }
  for (const { start, weight } of addresses(phrases)) {
    at(start).address = weight;
  }
  for (const { start, weight } of urgencySignals(phrases)) {
    at(start).urgency = weight;
  }
  return sentences;
}

/** True where two sentences have something private and a verb that moves it. */
function isMoved(one: Sentence | undefined, other: Sentence | undefined): boolean {
  const hasTarget = one?.target !== undefined || other?.target !== undefined;
  return hasTarget && (one?.transfer !== undefined || other?.transfer !== undefined);
}

function sentenceFinder(words: readonly Word[]): (offset: number) => number {
  return (offset) => words[firstEndingAfter(words, offset)]?.sentence ?? 0;
}

function evaluate(
  phrases: Phrases,
  one: Sentence | undefined,
  other: Sentence | undefined,
): TextHit | undefined {
  const target = larger(one?.target, other?.target);
  const transfer = larger(one?.transfer, other?.transfer);
  if (target === undefined || transfer === undefined) {
    return undefined;
  }
  // The next call pairs the second sentence with the one after it.
  if (one?.target === undefined && one?.transfer === undefined) {
    return undefined;
  }
  const wayOut =
    Math.max(one?.outputChannel ?? 0, other?.outputChannel ?? 0) +
    Math.max(one?.address ?? 0, other?.address ?? 0);
  // Something that belongs to nobody in particular is only reported when it has a destination.
  if (target.weight < 2 && transfer.weight < EXFILTRATING && wayOut === 0) {
    return undefined;
  }
  const urgency = Math.max(one?.urgency ?? 0, other?.urgency ?? 0);
  const sum = target.weight + transfer.weight + wayOut + urgency;
  if (sum < LIKELY) {
    return undefined;
  }
  return hitOf(
    phrases,
    Math.min(target.start, transfer.start),
    Math.max(target.end, transfer.end),
    sum,
  );
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
  return l10n.t('It asks to send or read something secret: "{0}".', excerpt(text, start, end));
}

const URGE = patterns({}, [
  "must|always|first|mandatory|required|otherwise|immediately|secretly|silently|quietly",
  "before|prior ~1 using|calling|invoking|running|executing|use|any|you",
  "send|post|upload|submit|transmit|forward it|them|this|these ~6 curl|wget",
  "do|don't|dont|without|never ~2 tell|telling|mention|mentioning|inform|informing",
]);

function* urgencySignals(phrases: Phrases): Iterable<Signal> {
  yield* signals(phrases, URGE, 1);
}
