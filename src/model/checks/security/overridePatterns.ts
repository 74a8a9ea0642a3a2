import { patterns } from "./pattern.ts";

const LISTS = {
  IGNORE:
    "ignore ignoring disregard disregarding forget forgetting nevermind neglect bypass bypassing circumvent override overriding overrule violate dismiss discard abandon erase",
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
  UNBOUND:
    "dan unrestricted unfiltered uncensored jailbroken root admin administrator unbound evil free",
} as const;

/** A line a phrase; see `Pattern`. A `?` marks what ordinary texts say too. */
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
  "pretend|act|behave|respond|roleplay ~4 unrestricted|unfiltered|uncensored|jailbroken|dan",
  "?IGNORE ~4 user|user's|users ~2 wishes|request|requests|intent|refusal|decision",
  "instructions|rules|directives ~1 replace|replaces ~2 all|any|previous|earlier|prior|your|other",
  "as if|though ~4 no|without ~2 restrictions|rules|guidelines|limits|filters|constraints",
  "without ~1 restrictions|guardrails|safeguards ~3 filters|guidelines|rules|safeguards|guardrails|limits",
]);
