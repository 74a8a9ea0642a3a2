import * as l10n from "@vscode/l10n";
import { catalogueOf } from "../../catalogue/serverCatalogue.ts";
import { placeOf } from "../finding.ts";
import { type AccountRule, type IndexEntry, type IndexKind, TEXT_FIXES } from "../rule.ts";
import { keyOf } from "./toolNames.ts";

/** Words that every claim has. Most descriptions have none of them and aren't looked at closer. */
const CLAIMING = /official|genuine|provided by|part of|on behalf of|belongs to/;
const CLAIMS: readonly RegExp[] = [
  /\b(?:official|genuine|provided by|part of|on behalf of|belongs to)(?: the)? ([A-Za-z0-9][\w.-]{0,40}(?: [\w.-]{1,40}){0,3}?) (?:mcp )?(?:server|tools?|connector|integration)\b/gi,
  /\b(?:official|genuine) (?:tool|server|version|connector) (?:of|from|by)(?: the)? ([A-Za-z0-9][\w.-]{0,40}(?: [\w.-]{1,40}){0,3}?)(?=[.,;:!)\n]|$| server\b)/gi,
];

/** Offers the names of servers, and looks up those that descriptions claim to belong to. */
const serverNames: IndexKind = {
  offers(server) {
    const [shown] = catalogueOf(server).tools;
    return shown === undefined ? [] : [{ key: serverKey(server.name), server, shown }];
  },
  *asks(server): Iterable<IndexEntry> {
    for (const shown of catalogueOf(server).tools) {
      const { value = "", from } = shown.resolved.description;
      if (!shown.enabled || !CLAIMING.test(value)) {
        continue;
      }
      for (const { index, name, length } of claimsIn(value)) {
        const span = { offset: index, length };
        const evidence = { text: value, span, isOwn: from !== "upstream" };
        yield { key: serverKey(name), server, shown, evidence };
      }
    }
  },
};

interface Claim {
  readonly index: number;
  readonly length: number;
  readonly name: string;
}

function* claimsIn(text: string): Iterable<Claim> {
  for (const pattern of CLAIMS) {
    for (const { index, 0: found, 1: name = "" } of text.matchAll(pattern)) {
      yield { index, length: found.length, name };
    }
  }
}

function serverKey(name: string): string {
  return keyOf(name.replace(/\b(?:mcp|server)\b/gi, "").replace(/\s+/g, ""));
}

/** Finds a tool that says it belongs to another server of the account. Source: MCPTox. */
export const impersonation: AccountRule = {
  of: "account",
  id: "security/impersonation",
  severity: "warning",
  fixes: TEXT_FIXES,
  index: serverNames,
  evaluate({ server, shown, evidence }, offers) {
    const [found] = offers.values();
    const [other] = found ?? [];
    if (offers.has(server.id) || other === undefined || evidence === undefined) {
      return undefined;
    }
    const { text, span, isOwn } = evidence;
    const subject = { kind: shown.kind, name: shown.name };
    return {
      message: l10n.t("It claims to be a tool of another server: {0}.", other.server.name),
      subject,
      path: placeOf(subject, isOwn ? "description" : undefined),
      evidence: { text, span },
    };
  },
};
