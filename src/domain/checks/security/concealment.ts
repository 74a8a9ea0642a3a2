import * as l10n from "@vscode/l10n";
import { TEXT_FIXES, type TextHit, type TextRule } from "../rule.ts";
import { foreignConcealments } from "./foreign.ts";
import { negated, type Phrases, spokenAbout } from "./phrases.ts";
import { FLAG } from "./prefilter.ts";
import { excerpt } from "./unseen.ts";
import { type Match, patterns } from "./words.ts";

/** Sources: mcp-scan's policy; mcpproxy-go, directive.imperative. */
export const concealment: TextRule = {
  of: "text",
  id: "security/concealment",
  severity: "warning",
  fixes: TEXT_FIXES,
  wants: (flags) => (flags & (FLAG.concealment | FLAG.disguised | FLAG.unusual)) !== 0,
  *check(scanned) {
    const phrases = scanned.phrases();
    yield* tags(scanned.text);
    yield* comments(scanned.text);
    for (const { start, end } of foreignConcealments(scanned.text)) {
      yield hitOf(scanned.text, start, end, false);
    }
    for (const match of concealmentPatterns.find(phrases.words)) {
      const hit = evaluate(phrases, match);
      if (hit !== undefined) {
        yield hit;
      }
    }
  },
};

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

const TAG =
  /[<[]\s?\/?\s?(important|critical|system|secret|hidden|override|urgent|mandatory|attention|sudo|instructions?|admin|internal|assistant|priority|confidential)(?![a-z0-9])[^<>[\]\n]{0,60}[>\]]/gi;
const PLAIN_TAGS = /^(?:instructions?|admin|internal|assistant|priority|confidential|system)$/i;

/**
 * Finds tags that single out a part of a text for models, which no honest text does. Skips closing
 * tags.
 */
function* tags(text: string): Iterable<TextHit> {
  for (const { index, 0: tag, 1: name = "" } of text.matchAll(TAG)) {
    if (tag.includes("/")) {
      continue;
    }
    const isShouted = tag.includes("_") && tag === tag.toUpperCase();
    const weak = !isShouted && (tag.startsWith("[") || PLAIN_TAGS.test(name) || tag.includes("_"));
    yield hitOf(text, index, index + tag.length, weak);
  }
}

const DIRECTIVE =
  /\b(?:must|always|never|ignore|send|read|call|tell|include|execute|secret|instruct\w{0,5}|model|assistant|ai)\b/i;

/** A Markdown comment, which renderers don't show. */
const MARKDOWN_COMMENT = /\[\/\/\]: # [("'][^)"'\n]{0,400}/g;

/** Renderers don't show a comment, but a model reads it. */
function* comments(text: string): Iterable<TextHit> {
  for (let start = text.indexOf("<!--"); start >= 0; start = text.indexOf("<!--", start)) {
    const close = text.indexOf("-->", start + 4);
    const end = close < 0 ? text.length : close + 3;
    if (DIRECTIVE.test(text.slice(start, end))) {
      yield hitOf(text, start, end, false);
    }
    start = end;
  }
  for (const { index, 0: comment } of text.matchAll(MARKDOWN_COMMENT)) {
    if (DIRECTIVE.test(comment)) {
      yield hitOf(text, index, index + comment.length, false);
    }
  }
}

function hitOf(text: string, start: number, end: number, weak: boolean): TextHit {
  const message = l10n.t(
    'It talks to the model behind the user\'s back: "{0}".',
    excerpt(text, start, end),
  );
  return { start, end, message, weak };
}

const LISTS = {
  NOT: "not never don't dont mustn't shouldn't can't cannot won't avoid without refrain needn't",
  PERSON: "user users human humans anyone anybody person operator",
  SECRETLY: "secretly covertly stealthily surreptitiously discreetly",
  QUIETLY: "silently quietly invisibly",
  USING: "using calling invoking running executing use call",
  DATA: "read open cat load send pass include copy collect gather upload append forward transmit share dump export attach",
  LLM: "model models llm llms ai agent agents assistant assistants",
  LEARN: "hear know find learn notice suspect",
  MONEY: "recipient recipients iban payee wallet",
  NTH: "second third fourth fifth sixth seventh eighth ninth tenth hundredth 2nd 3rd 5th 10th",
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
  // The user is kept from learning of it.
  "user|users|person|operator ~4 shouldn't|mustn't|cannot|can't ~2 LEARN",
  "user|users|person|operator ~4 should|must|is|are not|never ~3 LEARN",
  "PERSON ~3 not supposed|meant|allowed to ~1 LEARN|see",
  "make no mention|reference of|to",
  "no|without|any mention|trace|hint|sign of|to ~4 your|the reply|answer|response|summary",
  "must|should|may not|never ~1 contain|include ~2 trace|hint|sign|mention",
  "omit|leave ~8 your answer|reply|response|summary|report",
  "leave ~5 out ~1 of ~1 summary|answer|reply|report you|for",
  "background without ~1 reporting|telling|saying|mentioning|asking",
  "between you and ~1 tool|me|server|function",
  "act|behave|continue|answer as though|if ~1 nothing ~2 happened|changed",
  "?approval|consent|permission|confirmation has|was|is ~1 already|been ~1 granted|given",
  "if asked|asks ~6 deny|claim|pretend|lie",
  "?user|anyone|somebody asks ~5 say|answer|reply|respond that|it",
  "deny that|having|using",
  "keep|stay|remain ~1 quiet|silent|mum about|on",
  "nobody ~1 has|needs|have|need to ~2 told|know|informed|learn",
  "pretend ~3 call|tool|request|step|nothing ~2 failed|succeeded|happened|worked",
  "not|never|don't|dont disclose|reveal|admit that",
  "not|never|don't|dont bring ~1 it|this|that up",
  "keep|keeping ~1 that|this|it to yourself",
  "without telling|informing|notifying|alerting anyone|anybody|somebody|them|the",
  "not|never|don't|dont tell|inform|notify|alert anyone|anybody|nobody",
  "share this|it ~3 with ~2 PERSON",
  "keep|leave ~3 in the dark",
  "PERSON ~2 not|doesn't|never ~1 become|becomes aware",
  "forbidden from ~1 mentioning|revealing|disclosing|telling",
  "not|never|don't|dont say so",
  "tell|inform ~1 PERSON that ~10 although",
  "treat|take|count ~2 user's ~1 refusal|refusals|silence as",
  // A text is addressed to the model alone.
  "note|notice|message|memo|attention|reminder ~1 to|for ~1 model|models|llm|llms|ai",
  "attention LLM",
  "instructions|instruction for ~3 LLM ~1 treat|call|run|always|never|you|do|send|use",
  "for ~1 LLM only|eyes",
  "LLM|assistants reading|processing|seeing this|it",
  "ai|llm|llms ~1 assistant|assistants|agent|agents|models ~4 must|required|have ~2 call|run|use|send",
  // Other tools are told to do something else.
  "whenever another|other tool|function|tools ~6 must|always|also|replace|change|redirect",
  "?whenever ~5 tool|function|tools ~2 used|called|invoked|available|exists|writes|reads|named ~10 must|always|also|replace|change|redirect|instead|not|don't",
  "any|each|every time another|other ~1 tool|function ~8 also|must|always|replace|redirect",
  "?any|each|every time ~5 tool|function|tools ~2 used|called|invoked|writes|reads|named ~10 must|always|also|replace|change|redirect|instead|not|don't",
  "?if a|another|any|the|other tool|function ~3 used|called|invoked|available|exists|named ~10 must|always|also|replace|change|redirect|instead|not|don't",
  "whenever|once|time ~10 replace|change|swap|substitute|redirect ~4 recipient|recipients|iban|payee|wallet",
  "whenever|once|time ~10 replace|change|swap|use ~4 account number ~6 ours|below|instead|mine",
  "MONEY must|should|has|have ~2 be|set|always ~3 replaced|changed|set|doubled|redirected|to",
  "changes|alters|modifies|redefines how ~4 works|behaves",
  "?instead of ~1 any|all|every ~1 other tool|tools|server|servers|one|function",
  "?not|never|don't|dont use|call|trust ~2 tool|tools|one ~1 of|from ~1 other|another server|servers",
  "before|after ~1 calling|every|each|any ~8 pass|send|forward|hand|give ~6 this|it ~1 tool|arguments|result|output",
  "must|have|has|should ~2 be ~1 proxied|routed|sent|passed through this|it",
  // The instruction takes effect later.
  "?on|until|after ~1 every|each|the NTH call|use|invocation|time|run",
  "must|always ~6 include|pass|send|append ~4 full|entire|whole|complete|every|all ~2 conversation|transcript",
]);
