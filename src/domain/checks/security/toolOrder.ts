import * as l10n from "@vscode/l10n";
import { TOOL_ORDERS } from "./foreignKinds.ts";
import { patterns } from "./patterns.ts";
import type { PhraseKind } from "./phraseRule.ts";
import { SIBLING, STRANGER } from "./standIns.ts";

const LISTS = {
  STRANGER,
  TOOL: `${STRANGER} ${SIBLING}`,
  WHEN: "before prior after whenever when once upon if time ahead beforehand",
  ANY: "any every each all other another others whatever",
  TOOLS: "tool tools function functions operation operations command commands action actions",
  WORK: "operation operations request requests query queries action actions message messages question questions conversation task tasks answering file files command commands",
  MUST: "must shall should always required requires mandatory obliged obligated compulsory needs need has have necessary ensure immediately",
  CALL: "call calls calling called invoke invokes invoking invoked run runs running ran execute executes executing executed use uses using used trigger triggers triggering triggered activate activated launch initiate perform performed",
  ALSO: "also additionally immediately afterwards automatically instead",
} as const;

/** Orders about other tools, one phrase a line, see `Pattern`. */
const orders = patterns(LISTS, [
  // When another tool is used, something else has to happen.
  "WHEN ~5 STRANGER ~14 MUST ~5 CALL|redirected|preceded|followed",
  "WHEN ~5 STRANGER ~14 ALSO ~3 CALL|send|write|create|delete",
  "WHEN ~5 STRANGER ~5 never|not|don't ~4 CALL ~12 TOOL|this",
  "WHEN ~5 STRANGER ~8 call|invoke|run|execute|trigger|use ~4 STRANGER",
  "WHEN ~5 SIBLING ~14 MUST|also|immediately ~5 CALL ~4 STRANGER",
  "WHEN ~10 MUST|first|immediately ~5 call|invoke|run|execute|trigger|use ~4 STRANGER",
  "WHEN ~10 call|invoke|run|execute|trigger|use ~4 STRANGER ~8 first|beforehand|only|skip|immediately|right",
  "WHEN ~10 call|invoke|run|execute|trigger|use ~4 STRANGER ~2 not|rather",
  "WHEN ~6 CALL ~6 ANY ~3 TOOLS ~14 MUST ~4 CALL|be",
  "WHEN ~3 ANY ~3 TOOLS|WORK ~14 MUST ~5 CALL",
  "WHEN ~3 ANY ~3 TOOLS|WORK ~8 call|invoke|run|execute|trigger ~4 TOOL",
  // Another tool has to be used.
  "MUST ~5 CALL ~4 STRANGER",
  "MUST ~4 be ~2 CALL ~4 before|prior|after|ahead ~3 ANY",
  "first ~3 call|invoke|run|execute|use|trigger ~4 STRANGER",
  "must|should|shall|has ~3 be ~2 first ~1 tool|one|thing ~2 you|to|agent|model ~3 CALL",
  "always ~4 call|invoke|run|execute|use|trigger ~4 STRANGER",
  "only|exclusively ~3 STRANGER ~3 may|must|should|can|shall",
  "STRANGER ~4 must|has|needs|should|shall ~3 be ~2 CALL|preceded|followed",
  "STRANGER ~4 required|mandatory|necessary ~3 before|after|prior|when",
  "instead of ~3 STRANGER ~8 MUST|call|use|run|execute",
  "call|calls|use|uses|request|requests ~3 to|of ~2 STRANGER ~3 must|should|have|has|shall|are ~5 redirected|replaced|routed|sent|preceded|proxied",
  "replace|substitute ~4 call|calls|use|uses ~3 STRANGER ~3 by|with",
  "never|not|don't ~2 call|invoke|execute|run|use ~3 STRANGER",
  "all|every|any|each ~3 WORK ~3 must|have|has|should|shall ~5 STRANGER",
  "MUST ~6 through|by|via ~2 STRANGER ~4 before",
  "not|never|don't ~2 CALL ~1 ANY ~3 TOOLS ~3 until|before|unless ~3 this|it|TOOL",
  "not|never ~3 CALL ~2 anything|else ~4 until|before ~3 this|it|TOOL",
  "prerequisite|precondition|requirement for|of ~1 ANY ~3 TOOLS",
  "before|prior ~4 ANY ~3 TOOLS|WORK ~8 mandatory|required|obligatory|obliged",
  "mandatory|obligatory|obliged ~8 before|prior ~4 ANY ~3 TOOLS",
  "always ~4 before ~2 after ~4 ANY ~3 TOOLS",
  "every|each time ~4 STRANGER",
  "must|should|shall|has|have|needs ~3 be ~2 redirected|proxied|rerouted|handed|passed|routed ~2 to|through ~2 TOOL",
  "WHEN ~5 STRANGER ~3 requested|called|used|invoked ~4 not|never ~2 run|call|execute|use",
]);

/** What honest descriptions say of the order in which tools of one server are used. */
const excuses = patterns(LISTS, [
  "to ~2 get|obtain|find|retrieve|resolve|learn|list|choose|select ~6 id|ids|identifier|name|names|key|keys|schema|list|available|path|slug|uri|url",
  "before ~1 using|calling|running ~1 this ~1 tool|function",
  "before ~1 this ~1 tool|function|one",
  "after|once ~5 this ~1 tool|function",
  "unless",
  "explicitly asks|requests|asked|requested",
  "to ~1 determine|know|learn|understand|identify|locate",
  "user ~3 agreed|confirms|confirmed|consents|approves",
  "if ~4 don't|doesn't|not|unknown|missing|empty|fails|failed|unsure",
]);

/** Sources: snyk agent-scan, E002; MCPTox, arXiv 2508.14925. */
export const toolOrder: PhraseKind = {
  id: "security/tool-order",
  severity: "warning",
  message: (quoted) =>
    l10n.t('It gives orders about other tools, which it has no say in: "{0}".', quoted),
  orders,
  excuses,
  foreign: TOOL_ORDERS,
};
