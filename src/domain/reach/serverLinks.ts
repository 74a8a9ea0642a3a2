import * as l10n from "@vscode/l10n";
import { exposedName } from "../catalogue/names.ts";
import { type MappedCapability, mappedCatalogueOf } from "../portals/exposure.ts";
import { statusInWords } from "../servers/words.ts";
import { noServers } from "./accessLinks.ts";
import {
  type AskedServer,
  askedServers,
  type Capability,
  type Found,
  type Link,
  linkOf,
  type ReachFacts,
  type ReachQuestion,
} from "./chain.ts";

/** Cloudflare shows users no server in error or with a sync required. Source: "Server status". */
export function statusLink(facts: ReachFacts, question: ReachQuestion): Link {
  const servers = askedServers(facts, question);
  return linkOf(
    "status",
    servers.length === 0 ? [noServers(facts.portal.name)] : servers.map(statusFound),
  );
}

function statusFound({ id, name, server }: AskedServer): Found {
  if (server === undefined) {
    return { state: "unknown", sentence: l10n.t("Nothing is known of the server {0}.", id) };
  }
  const words = statusInWords(server);
  const sync = { kind: "sync", serverId: id } as const;
  const broken = {
    state: "broken",
    sentence: l10n.t("Users don't see {0}: its status is “{1}”.", name, words),
    rule: "reach/status-hides-server",
    serverId: id,
  } as const;
  switch (server.status) {
    case "ready":
      return { state: "holds", sentence: l10n.t("{0} is ready.", name) };
    case "error":
    case "stale":
      return { ...broken, action: sync };
    case "waiting": {
      const action =
        server.authType === "oauth" ? ({ kind: "openServer", serverId: id } as const) : sync;
      return { ...broken, action };
    }
    default:
      return {
        state: "unknown",
        sentence: l10n.t(
          "It isn't known whether users see {0} with the status “{1}”.",
          name,
          words,
        ),
      };
  }
}

export function mappedLink(facts: ReachFacts, question: ReachQuestion): Link {
  const { portal } = facts;
  const { serverId } = question;
  if (portal.mappings.size === 0) {
    const sentence = l10n.t("Users see nothing in {0}: it has no servers.", portal.name);
    return linkOf("mapped", [{ state: "broken", sentence, action: { kind: "attach", serverId } }]);
  }
  const missing = askedServers(facts, question).filter(({ id }) => !portal.mappings.has(id));
  const [first] = missing;
  if (first !== undefined) {
    const sentence = l10n.t("Users don't see {0}: it isn't in {1}.", first.name, portal.name);
    const action = { kind: "attach", serverId: first.id } as const;
    return linkOf("mapped", [{ state: "broken", sentence, action }]);
  }
  const [only] = askedServers(facts, question);
  const sentence =
    serverId === undefined
      ? countedServers(portal.name, portal.mappings.size)
      : l10n.t("{0} is in {1}.", only?.name ?? serverId, portal.name);
  return linkOf("mapped", [{ state: "holds", sentence }]);
}

function countedServers(portal: string, count: number): string {
  return count === 1
    ? l10n.t("{0} has 1 server.", portal)
    : l10n.t("{0} has {1} servers.", portal, count);
}

/** The tool is on, or at least one of each server. */
export function toolLink(facts: ReachFacts, question: ReachQuestion): Link {
  const { tool } = question;
  const servers = askedServers(facts, question);
  if (servers.length === 0) {
    return linkOf("toolOn", [noServers(facts.portal.name)]);
  }
  const found = servers.map((asked) =>
    tool === undefined ? serverFound(facts, asked) : toolFound(facts, asked, tool),
  );
  return linkOf("toolOn", found);
}

function serverFound({ portal }: ReachFacts, { id, name, server }: AskedServer): Found {
  const mapping = portal.mappings.get(id);
  if (mapping === undefined || server === undefined) {
    return notThere(name);
  }
  const { count, enabledCount } = mappedCatalogueOf(mapping, server);
  if (count === 0) {
    const sentence = l10n.t("Users see nothing of {0}: it has no tools as last synced.", name);
    return { state: "broken", sentence, action: { kind: "sync", serverId: id } };
  }
  if (enabledCount === 0) {
    const sentence = l10n.t("Users see nothing of {0}: all of its tools are off here.", name);
    return { state: "broken", sentence, action: { kind: "selectTools", serverId: id } };
  }
  const sentence =
    enabledCount === count
      ? l10n.t("All of {0} is on.", name)
      : l10n.t("{0} of {1} of {2} are on.", enabledCount, count, name);
  return { state: "holds", sentence };
}

function toolFound(
  { portal }: ReachFacts,
  { id, name, server }: AskedServer,
  of: Capability,
): Found {
  const mapping = portal.mappings.get(id);
  if (mapping === undefined || server === undefined) {
    return notThere(name);
  }
  const shown = mappedCatalogueOf(mapping, server).find(of.kind, of.name);
  if (shown === undefined) {
    const sentence = l10n.t(
      "Users don't see {0}: {1} doesn't have it as last synced.",
      exposedName(id, of.name),
      name,
    );
    return { state: "broken", sentence, action: { kind: "sync", serverId: id } };
  }
  return shown.enabled
    ? { state: "holds", sentence: l10n.t("{0} is on.", shown.exposedName) }
    : offFound(shown, { id, name, portal: portal.name }, of);
}

function offFound(
  { exposedName: shownName, resolved }: MappedCapability,
  { id, name, portal }: { readonly id: string; readonly name: string; readonly portal: string },
  of: Capability,
): Found {
  const enable = { kind: "enable", serverId: id, of } as const;
  switch (resolved.enabled.from) {
    case "server":
    case "upstream":
      return {
        state: "broken",
        sentence: l10n.t("Users don't see {0}: it is off on {1}.", shownName, name),
        action: { kind: "enableOnServer", serverId: id, of },
      };
    case "portal":
      return {
        state: "broken",
        sentence: l10n.t("Users don't see {0}: it is off in {1}.", shownName, portal),
        action: enable,
      };
    case "portalDefault":
      return {
        state: "broken",
        sentence: l10n.t("Users don't see {0}: {1} keeps new tools off.", shownName, portal),
        action: enable,
      };
  }
}

/** The link before says that it isn't in the portal. */
function notThere(name: string): Found {
  return { state: "unknown", sentence: l10n.t("What is on of {0} isn't known.", name) };
}
