import * as l10n from "@vscode/l10n";
import { excerpt } from "../../../base/unseen.ts";
import { TEXT_FIXES, type TextHit, type TextRule } from "../rule.ts";
import { concealmentPatterns } from "./concealmentPhrases.ts";
import { CONCEALMENTS, foreignConcealments } from "./foreign.ts";
import type { Match } from "./patterns.ts";
import { negated, type Phrases, spokenAbout } from "./phrases.ts";
import type { Scanned } from "./scanned.ts";
import { SHAPE } from "./shapes.ts";

/** A part of a text that people aren't shown, or that is addressed to models. */
interface HiddenMarkup {
  readonly start: number;
  readonly end: number;
  readonly weak: boolean;
}

const TAG =
  /[<[]\s?\/?\s?(important|critical|system|secret|hidden|override|urgent|mandatory|attention|sudo|instructions?|admin|internal|assistant|priority|confidential)(?![a-z0-9])[^<>[\]\n]{0,60}[>\]]/gi;
const PLAIN_TAGS = /^(?:instructions?|admin|internal|assistant|priority|confidential|system)$/i;

/**
 * Finds tags that single out a part of a text for models, which no honest text does. Skips closing
 * tags.
 */
function* tags(text: string): Iterable<HiddenMarkup> {
  for (const { index, 0: tag, 1: name = "" } of text.matchAll(TAG)) {
    if (tag.includes("/")) {
      continue;
    }
    const isShouted = tag.includes("_") && tag === tag.toUpperCase();
    const weak = !isShouted && (tag.startsWith("[") || PLAIN_TAGS.test(name) || tag.includes("_"));
    yield { start: index, end: index + tag.length, weak };
  }
}

const DIRECTIVE =
  /\b(?:must|always|never|ignore|send|read|call|tell|include|execute|secret|instruct\w{0,5}|model|assistant|ai)\b/i;

/** A Markdown comment, which renderers don't show. */
const MARKDOWN_COMMENT = /\[\/\/\]: # [("'][^)"'\n]{0,400}/g;

/** The beginning of a comment. */
const COMMENT = /<!--/;

/** Renderers don't show a comment, but a model reads it. */
function* comments(text: string): Iterable<HiddenMarkup> {
  for (let start = text.indexOf("<!--"); start >= 0; start = text.indexOf("<!--", start)) {
    const close = text.indexOf("-->", start + 4);
    const end = close < 0 ? text.length : close + 3;
    if (DIRECTIVE.test(text.slice(start, end))) {
      yield { start, end, weak: false };
    }
    start = end;
  }
  for (const { index, 0: comment } of text.matchAll(MARKDOWN_COMMENT)) {
    if (DIRECTIVE.test(comment)) {
      yield { start: index, end: index + comment.length, weak: false };
    }
  }
}

/** The expressions of hidden markup. */
const HIDDEN_MARKUP = [TAG, COMMENT, MARKDOWN_COMMENT];

function* hiddenMarkup(text: string): Iterable<HiddenMarkup> {
  yield* tags(text);
  yield* comments(text);
}

const PHRASES = [concealmentPatterns];

/** Sources: mcp-scan's policy; mcpproxy-go, directive.imperative. */
export const concealment: TextRule = {
  of: "text",
  id: "security/concealment",
  tellsIntent: true,
  severity: "warning",
  fixes: TEXT_FIXES,
  requires: {
    shapes: SHAPE.disguised | SHAPE.unusual,
    any: [PHRASES, HIDDEN_MARKUP, CONCEALMENTS],
  },
  *check(scanned) {
    if (scanned.mayHave(HIDDEN_MARKUP)) {
      for (const { start, end, weak } of hiddenMarkup(scanned.text)) {
        yield hitOf(scanned.text, start, end, weak);
      }
    }
    if (scanned.mayHave(CONCEALMENTS)) {
      for (const { start, end } of foreignConcealments(scanned.text)) {
        yield hitOf(scanned.text, start, end, false);
      }
    }
    if (scanned.mayHave(PHRASES)) {
      yield* orders(scanned);
    }
  },
};

function* orders(scanned: Scanned): Iterable<TextHit> {
  for (const match of scanned.found().get(concealmentPatterns) ?? []) {
    const hit = evaluate(scanned.phrases(), match);
    if (hit !== undefined) {
      yield hit;
    }
  }
}

function evaluate(phrases: Phrases, match: Match): TextHit | undefined {
  const { words, text } = phrases;
  const spoken = spokenAbout(phrases, match.from, match.to);
  if (spoken === "surely" || (match.weak && spoken === "perhaps")) {
    return undefined;
  }
  // "Never delete anything without the user's consent" asks for consent, so it is no concealment.
  if (words[match.from]?.word === "without" && negated(words, match.from, 12)) {
    return undefined;
  }
  const weak = match.weak || spoken === "perhaps";
  return hitOf(text, words[match.from]?.start ?? 0, words[match.to]?.end ?? 0, weak);
}

function hitOf(text: string, start: number, end: number, weak: boolean): TextHit {
  const message = l10n.t(
    'It talks to the model behind the user\'s back: "{0}".',
    excerpt(text, start, end),
  );
  return { start, end, message, weak };
}
