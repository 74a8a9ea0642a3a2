import * as l10n from "@vscode/l10n";
import { TEXT_FIXES, type TextHit, type TextRule } from "../rule.ts";
import { foreignOverrides } from "./foreign.ts";
import { type Phrases, spokenAbout } from "./phrases.ts";
import { FLAG } from "./prefilter.ts";
import { excerpt } from "./unseen.ts";
import { type Match, patterns } from "./words.ts";

/** Sources: mcpproxy-go, phrase.injection; snyk agent-scan, E001. */
export const instructionOverride: TextRule = {
  of: "text",
  id: "security/instruction-override",
  severity: "error",
  fixes: TEXT_FIXES,
  wants: (flags) => (flags & (FLAG.override | FLAG.disguised | FLAG.unusual)) !== 0,
  *check(scanned) {
    const phrases = scanned.phrases();
    for (const match of overridePatterns.find(phrases.words)) {
      const hit = evaluate(phrases, match);
      if (hit !== undefined) {
        yield hit;
      }
    }
    for (const { start, end, weak } of chatMarkers(scanned.text)) {
      yield hitOf(scanned.text, start, end, weak);
    }
    for (const { start, end } of foreignOverrides(scanned.text)) {
      yield hitOf(scanned.text, start, end, false);
    }
  },
};

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
    'It tells a model to set its instructions aside: "{0}".',
    excerpt(text, start, end),
  );
  return { start, end, message, weak };
}

const LISTS = {
  IGNORE:
    "ignore ignoring disregard disregarding forget forgetting nevermind neglect bypass bypassing circumvent override overriding overwrite overrule violate dismiss discard abandon erase",
  PRIOR:
    "previous prior preceding earlier above foregoing former your initial original system developer developer's user's past existing current usual",
  SAFETY: "safety security ethical moral content",
  ALL: "all any every other these those the",
  ORDERS:
    "instruction instructions direction directions directive directives guideline guidelines guardrail guardrails safeguard safeguards prompt prompts rule rules command commands constraint constraints restriction restrictions policy policies training programming",
  STRONG:
    "instruction instructions directive directives guideline guidelines guardrail guardrails safeguard safeguards programming",
  REVEAL:
    "reveal disclose leak divulge recite regurgitate repeat print output dump echo expose extract exfiltrate",
  SAY: "show tell display give return provide quote state list send share include append write paste",
  BRIEFING:
    "instruction instructions directive directives guideline guidelines guidance briefing constraints",
  VOID: "void null cancelled canceled suspended revoked lifted outdated obsolete invalid irrelevant",
  FREEDOM: "policy policies rules restrictions limits limitations filters guidelines guardrails",
  UNBOUND:
    "dan unrestricted unfiltered uncensored jailbroken root admin administrator unbound evil free",
} as const;

/** One phrase a line, see `Pattern`. A `?` marks phrases that ordinary texts have too. */
export const overridePatterns = patterns(LISTS, [
  "IGNORE ~4 PRIOR ~3 ORDERS",
  "IGNORE ~2 SAFETY ~1 STRONG",
  "IGNORE ~2 ALL ~3 STRONG",
  "IGNORE ~3 ORDERS ~2 above|before|earlier|previously|told|received",
  "IGNORE ~2 ORDERS ~3 you ~2 given|had|got|received|have|follow|told",
  "IGNORE what|everything|anything|all|whatever ~4 told|said|above|before|instructed|learned|know|earlier",
  "?forget ~3 previous|prior|earlier|our|this ~1 conversation|context|messages",
  "?ignores|disregards|overrides|bypasses ~4 PRIOR ~2 STRONG",
  "not|never|don't|dont|stop|cease ~1 follow|following|obey|obeying|comply|adhere|listen|heed ~3 PRIOR ~2 ORDERS",
  "pay no attention ~4 PRIOR ~2 ORDERS",
  "set|put|cast aside ~4 PRIOR ~2 ORDERS",
  "set|put|cast ~4 PRIOR ~2 ORDERS aside",
  "REVEAL ~4 system|hidden|initial|original|secret|developer ~1 prompt|prompts|instructions|directives",
  "?SAY ~3 system|hidden|initial|original|secret ~1 prompt|prompts",
  "REVEAL|SAY ~3 your ~2 prompt|prompts|instructions|guidelines|directives|rules",
  "repeat|print|output|echo|copy ~3 everything|text|words|all|message|instructions ~1 above",
  "you are|re now ~3 UNBOUND",
  "you're now ~3 UNBOUND",
  "you are|re now ~2 dan|in|a|an ~3 mode|dan|assistant|ai|model|agent|hacker|without|with",
  "you're now ~2 dan|in|a|an ~3 mode|dan|assistant|ai|model|agent|hacker|without|with",
  "you are|re no longer ~4 bound|restricted|limited|constrained|subject|an|a|claude|chatgpt|assistant",
  "god|jailbreak|dan|unrestricted|sudo mode",
  "you ~4 developer|debug|maintenance|admin mode",
  "do anything now",
  "your new|real|true|actual|primary|only task|goal|objective|instructions|role|purpose|mission|job|directive is|are|will",
  "new instructions|instruction|directives|rules override|replace|supersede|follow|from|are|apply",
  "from now on ~2 you|always|ignore|respond|act|all|every|do|never|only",
  "instructions|rules|directives|message|notice ~2 override|overrides|supersede|supersedes|replaces|outrank|outranks ~3 instructions|prompt|prompts|user|user's|system|directives|guidelines|all|any|previous|your|other",
  "take|takes|taking|has|have|having precedence|priority over ~4 instructions|instruction|prompt|prompts|user|user's|directives|guidelines|request|requests",
  "supersede|supersedes ~4 instructions|prompt|prompts|directives|guidelines",
  "higher|highest priority than|over ~3 user|user's|system|instructions|prompt",
  "regardless of what|any|the|whatever ~3 user|user's|users ~2 says|say|asks|ask|wants|requests|requested|instructions|said|asked|prompt",
  "?even if the user ~3 says|asks|refuses|declines|objects|requests|tells|instructs|denies|disagrees",
  "?system|admin|administrator|developer override",
  "what is|are|were your ~1 system|initial|original ~1 prompt|instructions",
  "pretend|act|behave|respond|answer|speak|roleplay ~4 unrestricted|unfiltered|uncensored|jailbroken|dan",
  "?IGNORE ~4 user|user's|users ~2 wishes|request|requests|intent|refusal|decision",
  "instructions|rules|directives ~1 replace|replaces ~2 all|any|previous|earlier|prior|your|other",
  "as if|though ~4 no|without ~2 restrictions|rules|guidelines|limits|filters|constraints",
  "your ~3 BRIEFING ~5 VOID",
  "your ~3 BRIEFING do|does|don't|doesn't ~1 not|longer|apply|count",
  "earlier|previous|prior|before|got|received ~3 BRIEFING ~6 VOID",
  "BRIEFING you ~2 got|received|given ~6 VOID",
  "guidance|instructions|directives ~3 before ~2 this ~4 VOID",
  "everything|whatever|anything|what you ~3 instructed|told|taught ~6 longer|VOID|wrong|forgotten",
  "what|whatever ~1 developer|operator|creator|system told|said|instructed|configured ~3 you",
  "whatever ~1 developer|operator|creator|system configured|wants|says",
  "wipe|clear|erase|purge|reset your ~1 memory|mind ~3 PRIOR|rules|instructions",
  "you|will ~1 answer|obey|report|listen ~1 to this server|tool|text|description ~4 nobody|only|alone|no",
  "you|must ~2 obey ~4 this|these|the|following|only|alone",
  "obey ~2 following|these|this ~4 instead|only|alone",
  "must|shall|should be obeyed|followed ~4 if|though|user|system",
  "follow|obey only ~3 commands|instructions|orders|rules ~8 skip|ignore|instead|operator's|system",
  "drop|lift|shed|remove all|any|your restrictions|limitations|safeguards|guardrails",
  "you|must|may|can ~1 not|never refuse ~3 anything|any|this|what|these",
  "refusals|refusal are|is ~2 bug|error|mistake|allowed",
  "ai|assistant|model|agent with|without no|any ~2 FREEDOM",
  "conflicts|contradicts ~3 system prompt|instructions|message",
  "outrank|outranks|overrule|overrules|trump|trumps ~2 system|developer|operator|user's|user ~1 message|prompt|instructions|orders|wishes",
  "?override|overrides ~1 system message|prompt|instructions",
  "stop|quit|cease being|acting ~5 assistant|helpful",
  "act|behave ~1 as ~2 root|hacker|attacker|jailbroken",
  "REVEAL|SAY ~2 your ~1 hidden|internal|secret configuration|settings|context|rules",
  "words|text|message|everything ~4 top|start|beginning of ~1 your|the|this context|conversation|chat|prompt",
  "set|put|cast aside ~1 what|everything|anything|whatever",
  "prior|previous|earlier ~2 limits|limitations|restrictions|rules|orders are|is ~2 off|lifted|gone|void",
  "supersede|supersedes|overrule|overrules ~2 operator's|developer's|user's|system configuration|settings|wishes|instructions",
  "IGNORE ~3 descriptions|tools of|from ~2 other|others",
  "safety ~1 training|rules|filters|policies|checks ~2 not|off|disabled|suspended|longer",
  "without ~1 restrictions|guardrails|safeguards ~3 filters|guidelines|rules|safeguards|guardrails|limits",
]);

/** Markers between the roles of a conversation. In a description they fake a new turn. */
const MARKERS =
  /<\|[a-z_]{2,24}\|>|<(?:start|end)_of_turn>|\[\/?INST\]|<<\/?SYS>>|(?<![^\n])#{2,4} ?(?:[Ss]ystem|[Ss]ystem [Pp]rompt|[Ii]nstruction|[Nn]ew [Ii]nstructions?) ?:|(?<![^\n]) {0,4}\[?(?:SYSTEM|ADMIN|DEVELOPER)(?: (?:PROMPT|MESSAGE|OVERRIDE|NOTE|NOTICE|INSTRUCTIONS?|UPDATE|ALERT))?[\]:] ?|\[(?:SYSTEM|ADMIN|DEVELOPER) (?:PROMPT|MESSAGE|OVERRIDE|NOTE|NOTICE|INSTRUCTIONS?|UPDATE|ALERT)\]|<(?:system|assistant|developer)[-_ ](?:reminder|prompt|message|instructions?|override|note|notice)>|<system>|(?:BEGIN|START)(?: OF)? SYSTEM (?:PROMPT|MESSAGE|INSTRUCTIONS?)|\[system\]\(#|\{\{#(?:system|assistant)\}\}/g;

/** Honest texts quote dialogues too, so these are weak. */
const TURNS = /\n\n(?:System|Human|Assistant): /g;

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
