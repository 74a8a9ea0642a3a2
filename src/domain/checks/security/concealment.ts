import * as l10n from "@vscode/l10n";
import { TEXT_FIXES, type TextHit, type TextRule } from "../rule.ts";
import { concealmentPatterns } from "./concealmentPhrases.ts";
import { CONCEALMENTS, foreignConcealments } from "./foreign.ts";
import { HIDDEN_MARKUP, hiddenMarkup } from "./hiddenMarkup.ts";
import type { Match } from "./patterns.ts";
import { negated, type Phrases, spokenAbout } from "./phrases.ts";
import { SHAPE } from "./shapes.ts";
import { excerpt } from "./unseen.ts";

const PHRASES = [concealmentPatterns];

/** Sources: mcp-scan's policy; mcpproxy-go, directive.imperative. */
export const concealment: TextRule = {
  of: "text",
  id: "security/concealment",
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
      yield* orders(scanned.phrases());
    }
  },
};

function* orders(phrases: Phrases): Iterable<TextHit> {
  for (const match of concealmentPatterns.find(phrases.words)) {
    const hit = evaluate(phrases, match);
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
