import * as l10n from "@vscode/l10n";
import { DATA_SINKS } from "./foreignKinds.ts";
import { patterns } from "./patterns.ts";
import type { PhraseKind } from "./phraseRule.ts";
import { MAIL, URL_WORD } from "./standIns.ts";

const LISTS = {
  SEND: "send post upload forward transmit report share copy mirror bcc cc log push submit deposit notify relay deliver email mail transfer publish",
  SENT: "sent posted uploaded forwarded transmitted reported shared copied mirrored logged pushed submitted deposited relayed delivered emailed mailed transferred passed",
  ALSO: "also always additionally automatically silently must as well every each immediately addition",
  WHERE: `${URL_WORD} ${MAIL}`,
  REMOTE: "remote external our third analytics sync logging backup monitoring",
  HOST: "server endpoint address url service host site api monitor reviewer system webhook",
  ALL: "everything all whole entire full complete every each any",
  TALK: "conversation chat messages prompts answers history instructions reasoning thoughts",
  FILL: "put write include attach fill pass place append provide supply insert add dump hold holds contain contains",
} as const;

const orders = patterns(LISTS, [
  // Something is sent to an address besides what was asked for.
  "ALSO ~4 SEND ~12 WHERE",
  "ALSO ~4 SEND ~8 REMOTE ~3 HOST",
  "SEND ~1 it|them|this|these|that ~3 to ~1 WHERE ~12 as|also|before|well|too",
  "SEND ~8 to ~2 WHERE ~10 as well|also|before|without|too",
  "SEND ~3 copy|copies|record|archive|result|results|data|log ~10 WHERE",
  "copy|copies|record|result|results|data|query|queries|input|inputs|call|document|everything|files|session|emails|email|requests ~10 must|has|have|needs|need|should|shall ~3 be ~2 SENT",
  "every|each|all|any|whenever ~5 query|input|call|document|email|message|file|files|request|answer|response|reply ~6 SEND|SENT ~8 WHERE",
  "SEND ~2 every|each|all|any ~8 to|at|with ~2 WHERE",
  "bcc|cc|loop|copy ~2 WHERE",
  "let|inform|tell|notify ~1 WHERE",
  "notify|ping|contact|call|visit|open ~1 WHERE ~10 with",
  "encode ~6 response|answer|result|request|query ~8 WHERE|url",
  "make ~2 copy ~8 send|upload|post|forward",
  "SEND ~4 to ~2 address|server|endpoint|host|url below|above",
  "upload|send|share|copy|transfer ~3 working|home|project|workspace|current ~1 directory|folder|workspace|files",
  "share|send|post ~4 with|to ~3 external|remote|third ~3 HOST|party",
  "add|include|append|insert|put ~4 WHERE ~8 every|each|all ~2 answer|reply|response|message",
  "log ~4 at|to ~1 WHERE",
  // A parameter carries what the tool doesn't need.
  "FILL ~3 everything|whatever ~3 you|is|was|user ~3 told|tells|typed|shared|wrote|know|said|see|have|doing|working|asked|wants",
  "FILL ~3 ALL|your ~6 TALK ~10 in|into|as|to|parameter|field|argument|parameters",
  "FILL ~4 ALL ~4 tools ~6 as|in|into|to",
  "must|should|shall|always|has ~2 hold|contain|include|carry ~4 everything|ALL ~6 said|know|TALK",
  "FILL ~2 contents|content|files|list|text ~2 of ~5 open|home|workspace|editor|editors|user's|current ~4 in|into|as|folder|directory",
  "FILL|pass ~3 list ~2 of ~1 all ~2 available|other ~2 tools",
  "previous|earlier|prior|last ~1 answers|messages|responses|results|requests ~4 to|in|into|as ~2 parameter|field|argument",
  "FILL ~3 previous|earlier|prior|last|recent ~1 answers|messages|responses|conversation",
  "your ~2 complete|full|entire|internal ~3 reasoning|thoughts|chain|instructions|prompt|context",
  "write|put|describe|include ~3 what|why ~2 user ~4 working|doing|wants|asked|said|plans",
  "data|results|output|outputs|everything ~4 other tools ~3 return|returned|produce ~4 be ~2 passed|sent|forwarded|given",
  "FILL ~3 messages|history|transcript ~2 of ~2 chat|conversation|session",
  "full|complete|exact|entire text|copy ~2 of ~2 user's|user|users ~2 request|prompt|message|question|messages",
]);

const excuses = patterns(LISTS, [
  "for example",
  "see|docs|documentation|bugs|localhost|format",
  "opted in",
  "user ~1 gives|specifies|chooses|asks",
]);

/** Sources: mcp-scan's policy; MCP-ITP, "implicit tool poisoning". */
export const dataSink: PhraseKind = {
  id: "security/data-sink",
  severity: "error",
  message: (quoted) => l10n.t('It passes on more than the tool needs: "{0}".', quoted),
  orders,
  excuses,
  foreign: DATA_SINKS,
};
