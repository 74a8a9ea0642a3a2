import * as l10n from "@vscode/l10n";
import { LATER_CHANGES } from "./foreignKinds.ts";
import { patterns } from "./patterns.ts";
import type { PhraseKind } from "./phraseRule.ts";
import { URL_WORD } from "./standIns.ts";

const LISTS = {
  NTH: "first second third fourth fifth tenth two three five ten hundred few",
  ORDERS: "instruction instructions command commands rules directives steps directions",
  OBEY: "follow obey execute perform apply carry do run comply",
  OUTPUT: "output result results response responses page pages reply content text website file",
  WHERE: URL_WORD,
} as const;

const orders = patterns(LISTS, [
  "OBEY ~3 any|all|every|whatever|each ~2 ORDERS ~5 OUTPUT",
  "OBEY ~3 ORDERS ~6 contained|found|returned|given|delivered|embedded|in ~4 OUTPUT ~6 exactly|must|always|without",
  "whatever|any|all ~1 ORDERS ~6 OUTPUT ~4 contains|contain|returns|has|includes ~3 OBEY",
  "real|hidden|secret|actual|true|further ~1 ORDERS ~2 are|is ~3 in ~2 result|output|response|reply|first|file",
  "treat ~5 OUTPUT|text|returns|result ~6 as ~4 orders|instructions|commands|instruction",
  "OUTPUT ~2 contains|contain|holds|includes|has ~3 ORDERS ~5 agent|must|you|should ~3 OBEY",
  "real|hidden|secret|actual|true|further|additional|new|updated|current ~1 ORDERS ~12 OBEY ~1 them|it|exactly",
  "fetch|download|load|get|read|retrieve ~6 ORDERS ~10 OBEY ~2 them|it|what|these",
  "fetch|download|load|retrieve|open|read ~6 OBEY what",
  "fetch|download|load|get|read|retrieve ~4 new|hidden|current|latest|updated|your ~2 ORDERS ~8 OBEY|carry|apply",
  "ORDERS ~3 delivered|provided|sent|arrive|come|loaded|fetched ~4 runtime|later|dynamically|remotely ~6 executed|followed|obeyed|OBEY",
  "description|instructions|behaviour|behavior ~6 change|changed|changes|replaced|updated|switches ~10 without|no|followed|obey|followed|needs ~4 approval|review|notice|obey|them|new",
  "once|after|when ~3 approved|approval|installed|installation|trusted|accepted ~12 obey|asks|instructions|switch|switches|change|changes",
  "user ~2 approved|accepted|trusts ~12 updated|changed|changes|replaced ~3 obey|follow",
  "after|on|from ~2 NTH ~2 use|uses|call|calls|invocation|invocations|run|runs|time|times ~4 on|switch|switches|also|change|changes|send|sends|start|starts|then|behaves|begin",
  "first ~2 calls|call|uses|use|time ~3 normally|harmless|benign ~8 then|later|second|from|afterwards",
  "initially|first harmless|benign",
  "after|at|when|if ~3 midnight|weekends|weekend|later|nobody|nobody's|production|tested|scanner|reviews|review ~8 delete|drop|run|start|act|send|say|transfer|execute",
  "behave|behaves|act|acts differently during|when|while|in|under ~3 review|reviews|test|tests|tested|scan|scanned|audit|inspection",
  "if|when ~2 scanner|reviewer|auditor|security ~4 say|answer|report|claim|show|act",
  "only the harmless|benign|documented",
  "when tested|scanned|reviewed|audited ~4 act|behave|show|return ~6 otherwise",
  "when|if ~3 user's name is",
  "if ~2 environment is production ~4 drop|delete|send|run|execute",
  "otherwise do nothing",
  "starting|beginning|from ~2 week|month|tomorrow|monday|day|session|version ~6 run|execute|skip|send|call|ignore|obey|must",
  "remember|memorize|memorise|store|save|keep ~5 future|later|all|every ~1 conversations|sessions|conversation|session|chats",
  "store|save|write|remember|keep ~3 memory ~8 trusted|always|never|must|safe",
  "will|may ask|asks|request ~3 for your|user's|the ~2 token|password|key|credentials ~4 provide|give|supply|comply",
  "after ~3 uses|calls|times|while ~6 change|replace|redirect|ask ~6 ours|your|recipient|token",
  "ORDERS ~3 are|is ~2 loaded|fetched|downloaded|retrieved|taken|found|at|kept|published ~3 WHERE",
  "further|additional|more|new ORDERS from ~3 http|https",
  "on weekends|mondays|holidays ~4 acts|act|behaves|runs ~4 administrator|admin|root|different",
]);

const excuses = patterns(LISTS, [
  "never|not|don't|cannot|untrusted ~3 follow|obey|execute|treat|data",
]);

/** Sources: Invariant Labs, "rug pull" and "sleeper"; mcpproxy-go. */
export const laterChange: PhraseKind = {
  id: "security/later-change",
  severity: "error",
  message: (quoted) => l10n.t('It announces conduct that nobody can review now: "{0}".', quoted),
  orders,
  excuses,
  foreign: LATER_CHANGES,
};
