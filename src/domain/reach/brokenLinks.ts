import type { ClientId } from "../clients/clientIds.ts";
import { portalAppLink, serverAppLink, tokensInVain } from "./accessLinks.ts";
import type { Found, ReachFacts, ReachRuleId } from "./chain.ts";
import { dnsLink } from "./dnsLink.ts";
import { redirectProblem } from "./redirectLink.ts";
import { statusLink } from "./serverLinks.ts";

export interface BrokenLink extends Found {
  readonly rule: ReachRuleId;
}

/**
 * What of a portal is broken whoever its user is. What couldn't be read isn't broken.
 * @param clients those with which users come
 */
export function brokenLinks(
  facts: ReachFacts,
  clients: ReadonlySet<ClientId>,
): readonly BrokenLink[] {
  const links = [
    dnsLink(facts),
    portalAppLink(facts, {}),
    serverAppLink(facts, {}),
    statusLink(facts, {}),
  ];
  const found = [
    ...links.flatMap((link) => link.found),
    redirectProblem(facts, clients),
    ...tokensInVain(facts),
  ];
  return found.flatMap((each) =>
    each?.state === "broken" && each.rule !== undefined ? [{ ...each, rule: each.rule }] : [],
  );
}
