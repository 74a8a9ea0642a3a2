import * as l10n from "@vscode/l10n";
import { catalogueOf, type ExposedCapability } from "../../catalogue/serverCatalogue.ts";
import { placeOf } from "../finding.ts";
import { type AccountRule, type IndexEntry, type IndexKind, TEXT_FIXES } from "../rule.ts";
import { lookalikesOf } from "./lookalikes.ts";
import { identifiersIn } from "./shapes.ts";
import { keyOf, ownKeys } from "./toolNames.ts";

/**
 * Offers the names of tools, and looks up the names that texts contain, once for each tool. It also
 * looks up what a name looks like, without evidence.
 */
export const toolNames: IndexKind = {
  offers(server) {
    const found: IndexEntry[] = [];
    for (const shown of catalogueOf(server).tools) {
      if (!shown.enabled) {
        continue;
      }
      const { name, label } = shown;
      found.push({ key: keyOf(name), server, shown });
      if (label !== name) {
        found.push({ key: keyOf(label), server, shown });
      }
    }
    return found;
  },
  *asks(server, naming) {
    yield* lookalikesOf(server);
    let told = new Set<string>();
    let last: ExposedCapability | undefined;
    for (const { shown, text, isOwn } of naming) {
      if (shown !== last) {
        told = new Set();
        last = shown;
      }
      for (const { start, end } of identifiersIn(text)) {
        const name = text.slice(start, end);
        if (told.has(name) || !isDistinctive(name)) {
          continue;
        }
        told.add(name);
        const span = { offset: start, length: end - start };
        const evidence = { text, span, isOwn };
        yield { key: keyOf(name), server, shown, evidence };
        // In an exposed name the server's id ends at the first underscore.
        const joint = name.indexOf("_");
        const on = name.slice(0, joint);
        if (joint > 0) {
          yield { key: keyOf(name.slice(joint)), server, shown, on, evidence };
        }
      }
    }
  },
};

/**
 * Finds a description that names a tool of another server. It ignores a name that both servers
 * have, and one that is made only of common words. Sources: snyk agent-scan, E002; mcpproxy-go,
 * shadowing.
 */
export const crossReference: AccountRule = {
  of: "account",
  id: "security/cross-reference",
  severity: "warning",
  fixes: TEXT_FIXES,
  index: toolNames,
  evaluate({ server, shown, on, evidence }, offers) {
    if (on === undefined ? offers.has(server.id) : on === server.id) {
      return undefined;
    }
    const [found] = on === undefined ? offers.values() : [offers.get(on)];
    const [other] = found ?? [];
    if (other === undefined || evidence === undefined) {
      return undefined;
    }
    const { text, span, isOwn } = evidence;
    const named = text.slice(span.offset, span.offset + span.length);
    // Looked up last, because few names get this far.
    if (ownKeys(shown).has(keyOf(named))) {
      return undefined;
    }
    const subject = { kind: shown.kind, name: shown.name };
    return {
      message: l10n.t("It names {0}, a tool of another server: {1}.", named, other.server.name),
      subject,
      path: placeOf(subject, isOwn ? "description" : undefined),
      evidence: { text, span },
    };
  },
};

/** Words that occur in tool names of any server. */
const GENERIC = new Set(
  "get list read write create update delete remove add set search find query fetch run execute send open close start stop file files directory item items page pages user users data by id all name info status text content resource resources document documents record records url time date list current new first last message messages email mail issue issues comment comments project projects project task tasks event events table tables image images key keys value values api tool tools prompt prompts server max min page size per limit offset count type sort order from to on of in with for and or is has no not".split(
    " ",
  ),
);

/** True for a name of two words or more, at least one of which isn't generic. */
function isDistinctive(name: string): boolean {
  if (name.length < 8 || name.length > 128) {
    return false;
  }
  const words = name
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[_-]+/);
  return words.length > 1 && words.some((word) => word.length > 2 && !GENERIC.has(word));
}
