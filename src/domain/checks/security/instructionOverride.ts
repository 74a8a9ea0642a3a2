import * as l10n from "@vscode/l10n";
import { TEXT_FIXES, type TextHit, type TextRule } from "../rule.ts";
import { CHAT_MARKERS, chatMarkers } from "./chatMarkers.ts";
import { foreignOverrides, OVERRIDES } from "./foreign.ts";
import { overridePatterns } from "./overridePhrases.ts";
import type { Match } from "./patterns.ts";
import { type Phrases, spokenAbout } from "./phrases.ts";
import { SHAPE } from "./shapes.ts";
import { excerpt } from "./unseen.ts";

const PHRASES = [overridePatterns];

/** Sources: mcpproxy-go, phrase.injection; snyk agent-scan, E001. */
export const instructionOverride: TextRule = {
  of: "text",
  id: "security/instruction-override",
  severity: "error",
  fixes: TEXT_FIXES,
  requires: {
    shapes: SHAPE.disguised | SHAPE.unusual,
    any: [PHRASES, CHAT_MARKERS, OVERRIDES],
  },
  *check(scanned) {
    if (scanned.mayHave(PHRASES)) {
      yield* orders(scanned.phrases());
    }
    if (scanned.mayHave(CHAT_MARKERS)) {
      for (const { start, end, weak } of chatMarkers(scanned.text)) {
        yield hitOf(scanned.text, start, end, weak);
      }
    }
    if (scanned.mayHave(OVERRIDES)) {
      for (const { start, end } of foreignOverrides(scanned.text)) {
        yield hitOf(scanned.text, start, end, false);
      }
    }
  },
};

function* orders(phrases: Phrases): Iterable<TextHit> {
  for (const match of overridePatterns.find(phrases.words)) {
    const hit = evaluate(phrases, match);
    if (hit !== undefined) {
      yield hit;
    }
  }
}

function evaluate(phrases: Phrases, match: Match): TextHit | undefined {
  const { words, text } = phrases;
  if (isAdviceOnContent(phrases, match.to)) {
    return undefined;
  }
  const spoken = spokenAbout(phrases, match.from, match.to);
  if (spoken === "surely") {
    return undefined;
  }
  const weak = match.weak || spoken === "perhaps";
  if (match.weak && spoken === "perhaps") {
    return undefined;
  }
  return hitOf(text, words[match.from]?.start ?? 0, words[match.to]?.end ?? 0, weak);
}

const WITHIN = new Set(
  "in within inside found contained embedded returned appearing from".split(" "),
);
const CONTENT = new Set(
  "page pages content contents result results data document documents output outputs email emails text response responses website websites file files html body web input".split(
    " ",
  ),
);

/** "Ignore any instructions found in the page" protects against an attack. */
function isAdviceOnContent({ words }: Phrases, to: number): boolean {
  if (!WITHIN.has(words[to + 1]?.word ?? "")) {
    return false;
  }
  return words.slice(to + 2, to + 9).some(({ word }) => CONTENT.has(word));
}

function hitOf(text: string, start: number, end: number, weak: boolean): TextHit {
  const message = l10n.t(
    'It tells a model to ignore its instructions: "{0}".',
    excerpt(text, start, end),
  );
  return { start, end, message, weak };
}
