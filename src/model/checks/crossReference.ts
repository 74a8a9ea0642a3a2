import * as l10n from "@vscode/l10n";
import { catalogueOf, type ExposedCapability } from "../catalogue.ts";
import type { Server } from "../server.ts";
import { placeOf } from "./places.ts";
import type { AccountRule, IndexEntry } from "./rule.ts";
import { FLAG } from "./security/automaton.ts";
import { scan } from "./security/scan.ts";
import { visitTexts } from "./texts.ts";

/**
 * A description that steers tools of another server. A name that both servers have, or that is made
 * of words which every server uses, says nothing. Sources: snyk agent-scan, E002; mcpproxy-go,
 * shadowing.
 */
export const crossReference: AccountRule = {
  of: "account",
  id: "security/cross-reference",
  severity: "warning",
  *offers(server) {
    for (const { enabled, kind, name, alias, exposedName } of catalogueOf(server).tools) {
      if (!enabled) continue;
      const of = { serverId: server.id, serverName: server.name, subject: { kind, name } };
      for (const shown of new Set([name, alias ?? name, exposedName])) {
        if (isDistinctive(shown)) yield { ...of, key: keyOf(shown), shownAs: shown };
      }
    }
  },
  *asks(server) {
    yield* mentions(server);
  },
  judge(ask, offers) {
    const own = offers.some(({ serverId }) => serverId === ask.serverId);
    const [other] = offers;
    if (own || other === undefined || ask.evidence === undefined) return undefined;
    return {
      message: l10n.t(
        "It names {0}, a tool of another server: {1}.",
        ask.shownAs,
        other.serverName,
      ),
      subject: ask.subject,
      path: ask.path ?? [],
      evidence: ask.evidence,
    };
  },
};

const IDENTIFIER = /[A-Za-z0-9]+(?:[_-][A-Za-z0-9]+)+|[a-z]+(?:[A-Z][a-z0-9]+)+/g;

function* mentions(server: Server): Iterable<IndexEntry> {
  const { tools, prompts } = catalogueOf(server);
  for (const shown of [...tools, ...prompts]) {
    if (!shown.enabled) continue;
    const found: IndexEntry[] = [];
    visitTexts(shown, (text, { field }) => {
      const isProse = text.includes(" ");
      if (!isProse || (scan(text) & FLAG.identifier) === 0) return;
      found.push(...mentionsIn(text, field === "ownDescription", shown, server));
    });
    yield* found;
  }
}

function* mentionsIn(
  text: string,
  isOwn: boolean,
  { kind, name }: ExposedCapability,
  server: Server,
): Iterable<IndexEntry> {
  const subject = { kind, name };
  const path = placeOf(subject, isOwn ? "description" : undefined);
  for (const { index, 0: mention } of text.matchAll(IDENTIFIER)) {
    if (!isDistinctive(mention)) continue;
    const evidence = { text, span: { offset: index, length: mention.length } };
    const of = { serverId: server.id, serverName: server.name, subject, path, evidence };
    yield { ...of, key: keyOf(mention), shownAs: mention };
  }
}

/** send_email, send-email and sendEmail are one name to a reader. */
function keyOf(name: string): string {
  return name.replace(/[_-]/g, "").toLowerCase();
}

/** Words that tools of any server are named with. */
const GENERIC = new Set(
  "get list read write create update delete remove add set search find query fetch run execute send open close start stop file files directory item items page pages user users data by id all name info status text content resource resources document documents record records url time date list current new first last message messages email mail issue issues comment comments project projects project task tasks event events table tables image images key keys value values api tool tools prompt prompts server max min page size per limit offset count type sort order from to on of in with for and or is has no not".split(
    " ",
  ),
);

/** Two words at least, and one of them not everybody's. */
function isDistinctive(name: string): boolean {
  if (name.length < 8 || name.length > 128) return false;
  const words = name
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[_-]+/);
  return words.length > 1 && words.some((word) => word.length > 2 && !GENERIC.has(word));
}
