import * as l10n from "@vscode/l10n";
import type { TextHit, TextRule } from "../rule.ts";
import { FLAG } from "./automaton.ts";
import { concealmentPatterns } from "./concealmentPatterns.ts";
import { negated, spokenAbout } from "./context.ts";
import { excerpt } from "./excerpt.ts";
import { foreignConcealments } from "./foreign.ts";
import type { Match } from "./pattern.ts";
import type { Phrases } from "./phrases.ts";

/** Sources: mcp-scan's policy; mcpproxy-go, directive.imperative. */
export const concealment: TextRule = {
  of: "text",
  id: "security/concealment",
  severity: "warning",
  wants: (flags) => (flags & (FLAG.concealment | FLAG.disguised | FLAG.unusual)) !== 0,
  *check(scanned) {
    const phrases = scanned.phrases();
    yield* tags(scanned.text);
    yield* comments(scanned.text);
    for (const { start, end } of foreignConcealments(scanned.text)) {
      yield hitOf(scanned.text, start, end, false);
    }
    for (const match of concealmentPatterns.find(phrases.words)) {
      const hit = judge(phrases, match);
      if (hit !== undefined) yield hit;
    }
  },
};

function judge(phrases: Phrases, match: Match): TextHit | undefined {
  const { words, text } = phrases;
  const spoken = spokenAbout(phrases, match.from, match.to);
  if (spoken === "surely" || (match.weak && spoken === "perhaps")) return undefined;
  // "Never delete anything without the user's consent" is the opposite.
  if (words[match.from]?.word === "without" && negated(words, match.from, 12)) return undefined;
  const weak = match.weak || spoken === "perhaps";
  return hitOf(text, words[match.from]?.start ?? 0, words[match.to]?.end ?? 0, weak);
}

const TAG =
  /[<[]\s?\/?\s?(important|critical|system|secret|hidden|override|urgent|mandatory|attention|sudo|instructions?|admin|internal|assistant|priority|confidential)(?![a-z0-9])[^<>[\]\n]{0,60}[>\]]/gi;
const PLAIN_TAGS = /^(?:instructions?|admin|internal|assistant|priority|confidential|system)$/i;

/** Tags that set a part of a text apart for models; people don't write so. The closing one is spared. */
function* tags(text: string): Iterable<TextHit> {
  for (const { index, 0: tag, 1: name = "" } of text.matchAll(TAG)) {
    if (tag.includes("/")) continue;
    const isShouted = tag.includes("_") && tag === tag.toUpperCase();
    const weak = !isShouted && (tag.startsWith("[") || PLAIN_TAGS.test(name) || tag.includes("_"));
    yield hitOf(text, index, index + tag.length, weak);
  }
}

const DIRECTIVE =
  /\b(?:must|always|never|ignore|send|read|call|tell|include|execute|secret|instruct\w{0,5}|model|assistant|ai)\b/i;

/** Markdown's way to write what isn't shown. */
const MARKDOWN_COMMENT = /\[\/\/\]: # [("'][^)"'\n]{0,400}/g;

/** A comment isn't shown where a description is rendered, but a model reads it. */
function* comments(text: string): Iterable<TextHit> {
  for (let start = text.indexOf("<!--"); start >= 0; start = text.indexOf("<!--", start)) {
    const close = text.indexOf("-->", start + 4);
    const end = close < 0 ? text.length : close + 3;
    if (DIRECTIVE.test(text.slice(start, end))) yield hitOf(text, start, end, false);
    start = end;
  }
  for (const { index, 0: comment } of text.matchAll(MARKDOWN_COMMENT)) {
    if (DIRECTIVE.test(comment)) yield hitOf(text, index, index + comment.length, false);
  }
}

function hitOf(text: string, start: number, end: number, weak: boolean): TextHit {
  const message = l10n.t(
    'It talks to the model behind the user\'s back: "{0}".',
    excerpt(text, start, end),
  );
  return { start, end, message, weak };
}
