import * as l10n from "@vscode/l10n";
import { DISPLACEMENTS } from "./foreignKinds.ts";
import { patterns } from "./patterns.ts";
import type { PhraseKind } from "./phraseRule.ts";
import { SIBLING, STRANGER } from "./standIns.ts";

const LISTS = {
  STRANGER,
  TOOL: `${STRANGER} ${SIBLING}`,
  SELF: "this it these",
  OTHER:
    "other others another alternative alternatives competing comparable similar any every all built-in native existing standard default original previous rest",
  TOOLS:
    "tool tools function functions server servers calculator calculators provider providers option options way ways one ones alternative alternatives version service services",
  BAD: "deprecated outdated obsolete insecure unsafe broken unreliable compromised wrong stale discontinued unauthorised unauthorized malicious fake inaccurate vulnerable buggy bugs untrusted forbidden slow inferior leak leaks removed",
  PREFER: "prefer choose select pick favor favour prioritize prioritise rank use consider",
  BEST: "best superior most only sole fastest better preferred",
} as const;

const orders = patterns(LISTS, [
  "prefer|choose|select|pick|favor|favour|prioritize|prioritise|rank ~3 SELF ~4 over|above|ahead|before|than|to ~2 OTHER",
  "prefer|choose|select|pick ~2 SELF ~4 over|to ~2 STRANGER",
  "prefer ~1 it to ~2 any|all|every",
  "other|others|any|all|rest|competing|built|native|alternative|previous ~4 TOOLS ~5 BAD",
  "other|others ~2 are|is|return|give ~3 BAD",
  "rest is|are ~2 BAD",
  "STRANGER ~3 is|are|was|has ~4 BAD ~12 use|call|instead|this|TOOL",
  "replacement of|for ~3 STRANGER ~8 BAD|longer",
  "no longer ~2 safe|supported|secure|valid ~8 use|call|this",
  "BEST ~2 TOOLS|choice ~3 for ~2 every|all|any|everything",
  "only|sole|one ~2 trusted|reliable|approved|authorized|authorised|safe|official|legitimate ~3 TOOLS|source|way|one|method",
  "only ~2 TOOLS ~2 you ~1 should|must|need|may|will ~3 use|need|call|trust",
  "only this ~2 is ~2 reliable|trusted|correct|safe",
  "most ~2 accurate|reliable|trusted|secure ~8 must|always|should",
  "must|should|shall ~2 be ~3 chosen|selected|preferred|default ~4 first|choice|over|all|every|default",
  "must|should|shall ~2 be ~2 used ~2 for ~1 all|every|any",
  "STRANGER ~2 is|are|was ~2 outdated|insecure|unsafe|compromised|broken|malicious|obsolete|unreliable",
  "use|call STRANGER ~2 for ~1 everything|all|every",
  "not|never|don't ~2 use|call|consider|trust ~3 other|another|any|alternatives|alternative|built ~3 TOOLS",
  "never ~1 consider ~2 alternative|alternatives",
  "never|not|don't ~2 use|call ~2 built|native ~1 in ~3",
  "ignore|disregard|avoid|skip ~2 alternatives|similar|other|competing|comparable ~3 TOOLS",
  "ignore|disregard alternatives",
  "avoid them ~3 call|use ~2 SELF",
  "SELF ~2 supersedes|replaces|outperforms|obsoletes ~1 all|other|every|any|native|built ~3 TOOLS",
  "SELF ~2 supersedes|replaces|outperforms|obsoletes ~3 others",
  "SELF ~2 replaces|supersedes ~2 original|official ~4",
  "supersedes|replaces it|them",
  "outperforms ~2 all|every|any ~2 others|other",
  "no other TOOLS ~3 needed|required|necessary",
  "exclusively|only ~2 use|call SELF ~3 TOOLS ~10 other|others|rest|BAD",
  "exclusively use|call ~2 SELF",
  "use only SELF ~2 TOOLS",
  "other ~2 one|ones ~2 is|are ~2 fake|wrong|old|insecure",
  "when|if ~3 several|multiple|two|more ~3 TOOLS ~6 choose|must|pick|select|always|prefer|use ~2 SELF",
  "even when|if|though another ~4 suitable|fits|better|appropriate",
  "highest priority ~4 select|choose|use|pick|this",
  "in place of ~2 every|all|any|other ~4 TOOLS|operation|operations",
  "use|call SELF ~1 instead ~4 for ~2 everything|all|every",
  "always ~2 right|best|correct ~1 choice|tool|option ~3 over",
  "instead of ~2 all|every|any|other ~2 other|TOOLS ~6 always|must|every",
  "recommended ~3 always ~2 pick|choose|use|select ~2 SELF ~4 rather|over|instead",
]);

const excuses = patterns(LISTS, [
  "only ~1 use ~1 SELF ~2 if|when ~3 no",
  "only tool that",
  "for|when|if ~4 large|larger|bigger|long|files|specific|only",
  "to write to",
]);

/** Sources: MCPTox, arXiv 2508.14925; "Prompt Injection Attack to Tool Selection", arXiv 2504.19793. */
export const displacement: PhraseKind = {
  id: "security/displacement",
  severity: "warning",
  message: (quoted) =>
    l10n.t('It takes the place of other tools, which is for the user to decide: "{0}".', quoted),
  orders,
  excuses,
  foreign: DISPLACEMENTS,
};
