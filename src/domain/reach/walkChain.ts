import * as l10n from "@vscode/l10n";
import { portalAppLink, serverAppLink, serviceTokenLink } from "./accessLinks.ts";
import type { Link, LinkId, ReachFacts, ReachQuestion } from "./chain.ts";
import { clientLink, sessionLink } from "./clientLink.ts";
import { dnsLink } from "./dnsLink.ts";
import { redirectLink } from "./redirectLink.ts";
import { mappedLink, statusLink, toolLink } from "./serverLinks.ts";

/** Why users see something of a portal, or why not. */
export interface Reach {
  /** The first broken link in one sentence, or that none was found. */
  readonly headline: string;
  readonly isBroken: boolean;
  /** All ten, in order. */
  readonly links: readonly Link[];
}

/** Follows the chain from the portal's host to the client. Memoizes nothing but what catalogues do. */
export function walkChain(facts: ReachFacts, question: ReachQuestion): Reach {
  const links = [
    dnsLink(facts),
    portalAppLink(facts, question),
    redirectLink(facts, question),
    serverAppLink(facts, question),
    statusLink(facts, question),
    mappedLink(facts, question),
    toolLink(facts, question),
    serviceTokenLink(facts, question),
    sessionLink(facts, question),
    clientLink(facts, question),
  ];
  const broken = links.find(({ state }) => state === "broken");
  return {
    headline: broken?.found[0]?.sentence ?? unbroken(links),
    isBroken: broken !== undefined,
    links,
  };
}

function unbroken(links: readonly Link[]): string {
  const unknown = links.filter(({ state }) => state === "unknown").length;
  if (unknown === 0) {
    return l10n.t("Nothing is broken. What is left depends on the user.");
  }
  return unknown === 1
    ? l10n.t("No broken link was found. 1 link couldn't be looked at.")
    : l10n.t("No broken link was found. {0} links couldn't be looked at.", unknown);
}

/** The links that make a portal published: what its administrator can see to. */
const PUBLISHED: ReadonlySet<LinkId> = new Set<LinkId>([
  "dns",
  "portalApp",
  "redirectUri",
  "serverApp",
  "status",
  "mapped",
  "toolOn",
]);

/** The broken links without which nobody sees anything, in order. */
export function unpublished({ links }: Reach): readonly Link[] {
  return links.filter(({ id, state }) => state === "broken" && PUBLISHED.has(id));
}
