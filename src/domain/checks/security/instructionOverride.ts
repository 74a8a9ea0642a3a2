import * as l10n from "@vscode/l10n";
import { excerpt } from "../../../base/unseen.ts";
import { TEXT_FIXES, type TextHit, type TextRule } from "../rule.ts";
import { foreignOverrides, OVERRIDES } from "./foreign.ts";
import { overridePatterns } from "./overridePhrases.ts";
import type { Match } from "./patterns.ts";
import { type Phrases, spokenAbout } from "./phrases.ts";
import type { Scanned } from "./scanned.ts";
import { SHAPE } from "./shapes.ts";

/** Markers between the roles of a conversation. In a description they fake a new turn. */
const MARKERS =
  /<\|[a-z_]{2,24}\|>|<(?:start|end)_of_turn>|\[\/?INST\]|<<\/?SYS>>|(?<![^\n])#{2,4} ?(?:[Ss]ystem|[Ss]ystem [Pp]rompt|[Ii]nstruction|[Nn]ew [Ii]nstructions?) ?:|(?<![^\n]) {0,4}\[?(?:SYSTEM|ADMIN|DEVELOPER)(?: (?:PROMPT|MESSAGE|OVERRIDE|NOTE|NOTICE|INSTRUCTIONS?|UPDATE|ALERT))?[\]:] ?|\[(?:SYSTEM|ADMIN|DEVELOPER) (?:PROMPT|MESSAGE|OVERRIDE|NOTE|NOTICE|INSTRUCTIONS?|UPDATE|ALERT)\]|<(?:system|assistant|developer)[-_ ](?:reminder|prompt|message|instructions?|override|note|notice)>|<system>|(?:BEGIN|START)(?: OF)? SYSTEM (?:PROMPT|MESSAGE|INSTRUCTIONS?)|\[system\]\(#|\{\{#(?:system|assistant)\}\}/g;

/** Honest texts quote dialogues too, so these are weak. */
const TURNS = /\n\n(?:System|Human|Assistant): /g;

/** The expressions of chat markers. */
const CHAT_MARKERS = [MARKERS, TURNS];

const PHRASES = [overridePatterns];

/** Sources: mcpproxy-go, phrase.injection; snyk agent-scan, E001. */
export const instructionOverride: TextRule = {
  of: "text",
  id: "security/instruction-override",
  tellsIntent: true,
  severity: "error",
  fixes: TEXT_FIXES,
  requires: {
    shapes: SHAPE.disguised | SHAPE.unusual,
    any: [PHRASES, CHAT_MARKERS, OVERRIDES],
  },
  *check(scanned) {
    if (scanned.mayHave(PHRASES)) {
      yield* orders(scanned);
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

function* orders(scanned: Scanned): Iterable<TextHit> {
  for (const match of scanned.found().get(overridePatterns) ?? []) {
    const hit = evaluate(scanned.phrases(), match);
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

interface ChatMarker {
  readonly start: number;
  readonly end: number;
  readonly weak: boolean;
}

function* chatMarkers(text: string): Iterable<ChatMarker> {
  for (const { index, 0: found } of text.matchAll(MARKERS)) {
    yield { start: index, end: index + found.length, weak: false };
  }
  for (const { index, 0: found } of text.matchAll(TURNS)) {
    yield { start: index + 2, end: index + found.length, weak: true };
  }
}
