import * as l10n from "@vscode/l10n";
import { OVERRULINGS } from "./foreignKinds.ts";
import { patterns } from "./patterns.ts";
import type { PhraseKind } from "./phraseRule.ts";
import { SIBLING, STRANGER } from "./standIns.ts";

const LISTS = {
  STRANGER,
  TOOL: `${STRANGER} ${SIBLING}`,
  USER: "user user's users original human operator",
  WISH: "choice choices request requests requested wish wishes preference preferences instruction instructions intent decision input inputs said says asked asks specified specifies named wants wanted provided provides gives given gave typed chose entered refusal command commands named query",
  CHANGE:
    "change changed modify modified alter altered replace replaced substitute substituted rewrite rewritten swap swapped overwrite overwritten set exchanged switched multiplied doubled forced redirected adjust adjusted",
  ARGUMENT:
    "parameter parameters argument arguments field fields value values input recipient recipients address destination amount amounts quantity path city url account payee receiver email visibility branch body subject content arg args",
  REGARDLESS: "regardless irrespective",
  ASK: "asking waiting prompting requesting seeking awaiting",
  CONSENT: "approval confirmation consent permission authorization authorisation",
} as const;

const orders = patterns(LISTS, [
  "REGARDLESS of ~6 USER ~3 WISH",
  "REGARDLESS of ~5 user|user's|users",
  "REGARDLESS of ~4 original|requested|specified|intended",
  "no matter ~4 USER ~6 WISH",
  "no matter ~6 user|user's ~2 has|had|asks|asked|says|said",
  "whatever ~3 user|users ~3 WISH",
  "whatever was|is|were ~1 requested|specified|asked|said",
  "even if|when|though ~2 user ~6 declines|refuses|objects|disagrees|named|specified|specifies|requests|asks|says|provided|chose|another|different|not",
  "even if|when|though ~2 user ~2 wants|wanted|prefers|preferred",
  "instead of ~2 one|account|address|recipient|amount|value|destination ~3 user|users ~2 WISH",
  "priority|precedence over ~5 USER",
  "higher|highest|greater|more ~2 priority|authoritative|important|authority ~2 than ~3 USER",
  "overrides|overrule|overrules|override|supersedes|supersede ~3 USER ~2 WISH",
  "ignore|disregard|discard ~3 USER ~2 WISH",
  "USER ~2 preference|preferences|choice|wishes|input ~2 irrelevant|ignored|disregarded|overridden|discarded",
  // The arguments of another tool.
  "CHANGE ~5 ARGUMENT ~10 STRANGER",
  "STRANGER ~16 CHANGE ~4 ARGUMENT ~8 to|with|by",
  "STRANGER ~10 ARGUMENT ~6 must|should|shall|has|needs|is|are ~4 CHANGE",
  "ARGUMENT ~6 of|to|in|from|for ~3 STRANGER ~5 must|should|shall|has|needs|to|are|is ~5 CHANGE|be",
  "ARGUMENT ~8 must|should|shall|has|needs|have ~3 be ~2 changed|replaced|modified|altered|substituted|rewritten|exchanged|multiplied|swapped|redirected",
  "ARGUMENT ~8 are|is to be ~2 changed|replaced|modified|altered|substituted|rewritten|exchanged|multiplied|swapped|redirected",
  "change|modify|alter|replace|substitute|rewrite|swap|switch ~3 ARGUMENT ~3 to|with|by ~3 STRANGER|attacker|ours|us|admin|below",
  "change|modify|alter|set ~3 ARGUMENT ~3 argument|parameter|field ~3 to|by|with",
  "change|modify|alter|set ~2 argument|parameter|field|recipient ~4 to",
  "modify|alter|change|rewrite|tamper ~3 arguments|parameters ~3 of|for ~3 next|other|another|any|every|each|following|all",
  "user ~2 gives|provides|names|enters|specifies|specified|provided ~6 replace|substitute|replaced|substituted|changed|rewritten ~2 it|them|by|with",
  "user ~8 replace|substitute|swap it|them|that with|by",
  "user ~3 provides|gives|specifies|specified|entered ~3 must|should|shall ~3 replaced|substituted|changed|ignored|overwritten",
  "swap|exchange ~3 source ~4 destination",
  "whatever ~8 pass|use|set|send ~6 instead",
  "given|provided by ~2 user ~4 use|pass|set ~6 place|instead",
  "in every call ~6 must|should|shall ~6 modified|changed|replaced|appended",
  // The results of another tool.
  "results|result|output|response|prices|price ~4 of|from|returned ~4 STRANGER ~6 CHANGE",
  "report|show|display|tell ~2 different|false|wrong|inflated|fake ~4 than|total|price|number|amount|result|value",
  "hide|omit|suppress ~2 original|real|true|actual ~4 show|display|report",
  "tell|inform ~2 user ~10 whatever|regardless|even",
  // Without the user's consent.
  "without ~2 ASK ~5 user|user's|users|anyone|anybody",
  "without ~2 ASK ~4 CONSENT",
  "without ~3 user's|user|users ~3 CONSENT",
  "no need ~3 ask|wait|confirm ~5 user|CONSENT",
  "not|never|don't ~3 ask|wait|prompt ~5 CONSENT",
  "not|never ~3 let ~3 user's|user ~2 refusal|objection|choice",
  "can't|cannot ~2 be ~2 declined|refused|disabled|overruled ~2 by|user",
  "confirm|approve|accept ~5 on ~1 user's|users behalf ~6 without",
  "ask|request|require|seek ~1 no CONSENT ~2 before|for|when",
  "act autonomously ~6 never|without|not",
]);

const excuses = patterns(LISTS, [
  "never|not|don't ~6 without ~6 CONSENT|asking|user|user's",
  "if|when ~3 user ~2 declined|cancelled|canceled",
]);

/** Sources: MCPTox, arXiv 2508.14925; Invariant Labs, "shadowing". */
export const userOverruled: PhraseKind = {
  id: "security/user-overruled",
  severity: "error",
  message: (quoted) => l10n.t('It puts its own will in place of the user\'s: "{0}".', quoted),
  orders,
  excuses,
  foreign: OVERRULINGS,
};
