import * as l10n from "@vscode/l10n";
import type { TextHit, TextRule } from "../rule.ts";
import { FLAG } from "./automaton.ts";
import { negated, spokenAbout } from "./context.ts";
import { excerpt } from "./excerpt.ts";
import { type Match, patterns } from "./pattern.ts";
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
    for (const match of concealmentPatterns.find(phrases.words)) {
      const hit = judge(phrases, match);
      if (hit !== undefined) yield hit;
    }
  },
};

const LISTS = {
  NOT: "not never don't dont mustn't shouldn't can't cannot won't avoid without refrain needn't",
  PERSON: "user users human humans anyone anybody person",
  SECRETLY: "secretly covertly stealthily surreptitiously discreetly",
  QUIETLY: "silently quietly invisibly",
  USING: "using calling invoking running executing use call",
  DATA: "read open cat load send pass include copy collect gather upload append forward transmit share dump export attach",
  DO: "send sends upload uploads read include includes collect collects forward forwards copy copies execute run call pass append log record transmit exfiltrate bcc add store capture monitor track gather save post fetch",
} as const;

export const concealmentPatterns = patterns(LISTS, [
  "NOT ~3 tell|telling|inform|informing ~2 PERSON|them",
  "?NOT ~3 notify|notifying|alert|alerting|warn|warning ~2 PERSON",
  "NOT ~3 mention|mentioning|reveal|revealing|disclose|disclosing|say|discuss|acknowledge|admit ~6 to|with ~2 PERSON|them",
  "?NOT ~3 show|display|share|expose|surface|report|explain|describe|ask ~6 PERSON",
  "not|never|don't|dont ~2 mention|reveal|disclose|discuss|acknowledge ~1 this|these",
  "not|never|don't|dont ~1 let ~2 PERSON ~2 know|see|notice|find|realize|realise|learn",
  "without letting ~2 PERSON ~2 know|see|notice",
  "without ~3 user|user's|users|human ~2 knowing|knowledge|noticing|awareness|realizing|realising|seeing",
  "?without ~3 user|user's|users|human ~2 consent|permission|approval|confirmation",
  "conceal|withhold|disguise|secret ~5 from ~2 PERSON",
  "hide this|it|these|that|all|any ~4 from ~2 PERSON",
  "?hide|hidden|keep|invisible ~4 from|to ~2 PERSON",
  "keep ~2 this|it|these ~3 secret|confidential|hidden|quiet",
  "SECRETLY ~3 DO",
  "?QUIETLY ~2 DO",
  "user|users must|should|shall ~1 not|never ~3 know|see|notice|aware|told|informed|learn",
  "user|users mustn't|shouldn't ~3 know|see|notice|aware|told|informed|learn",
  "user|users ~2 need|needs to know",
  "make|ensure|keep|keeping ~4 user|users ~2 not|never|unaware|isn't|doesn't|won't",
  "no need to tell|inform|mention|notify ~2 PERSON|this|it|them",
  "before|prior ~1 USING ~2 tool|function|tools ~6 must|always|required|mandatory|first|need ~4 DATA",
  "before|prior ~1 USING ~2 tool|function|tools ~3 DATA ~4 file|files|config|configuration|credentials|conversation|history|keys|secrets|environment|contents|settings",
  "?before|prior ~1 USING this ~1 tool|function ~3 must",
  "always ~1 call|use|run|invoke this tool|function ~3 first|before ~8 include|pass|send|provide|append ~6 conversation|message|messages|history|prompt|context",
  "must|always ~6 include|pass|send|append ~4 full|entire|whole|complete|every|all ~2 conversation|transcript",
]);

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
    const weak = tag.startsWith("[") || PLAIN_TAGS.test(name) || tag.includes("_");
    yield hitOf(text, index, index + tag.length, weak);
  }
}

const DIRECTIVE =
  /\b(?:must|always|never|ignore|send|read|call|tell|include|execute|secret|instruct\w{0,5}|model|assistant|ai)\b/i;

/** A comment isn't shown where a description is rendered, but a model reads it. */
function* comments(text: string): Iterable<TextHit> {
  for (let start = text.indexOf("<!--"); start >= 0; start = text.indexOf("<!--", start)) {
    const close = text.indexOf("-->", start + 4);
    const end = close < 0 ? text.length : close + 3;
    if (DIRECTIVE.test(text.slice(start, end))) yield hitOf(text, start, end, false);
    start = end;
  }
}

function hitOf(text: string, start: number, end: number, weak: boolean): TextHit {
  const message = l10n.t(
    'It talks to the model behind the user\'s back: "{0}".',
    excerpt(text, start, end),
  );
  return { start, end, message, weak };
}
