import { memoize } from "../../base/memo.ts";
import type { Portal } from "../portals/portal.ts";
import { type BrokenLink, brokenLinks } from "../reach/brokenLinks.ts";
import type { Looked, ReachRuleId } from "../reach/chain.ts";
import { placeInPortal } from "./finding.ts";
import type { PortalRule, PortalSurroundings } from "./rule.ts";

/** Why users don't see a portal or one of its servers, as far as it is the same for all of them. */
export const REACH_RULES: readonly PortalRule[] = [
  reachRule("reach/no-dns", "error", "explain"),
  reachRule("reach/no-access-app", "error", "explain"),
  reachRule("reach/no-policy", "error", "explain"),
  reachRule("reach/redirect-uri", "warning", "explain"),
  reachRule("reach/status-hides-server", "error", "explain"),
  reachRule("reach/service-token-user-auth", "warning", "useAdminCredential"),
];

function reachRule(
  id: ReachRuleId,
  severity: PortalRule["severity"],
  command: NonNullable<PortalRule["command"]>,
): PortalRule {
  return {
    of: "portal",
    id,
    severity,
    fixes: [],
    command,
    *check(portal, around) {
      for (const { rule, sentence, serverId } of broken(around)(portal)) {
        if (rule !== id) {
          continue;
        }
        yield serverId === undefined
          ? { message: sentence, path: ["hostname"] }
          : { message: sentence, mapping: serverId, path: placeInPortal(serverId) };
      }
    },
  };
}

const UNREAD: Looked<never> = { kind: "failed", why: "" };

/** All of these rules ask for the same walk. */
const broken = memoize((around: PortalSurroundings) =>
  memoize((portal: Portal): readonly BrokenLink[] => {
    const { serverOf, reach, clients } = around;
    // What was read of another host says nothing of a new one, such as that of a draft.
    const { dns = UNREAD, apps = UNREAD } = reach?.hostname === portal.hostname ? reach : {};
    return brokenLinks({ portal, serverOf, dns, apps, probe: undefined }, clients);
  }),
);
