import { memoize } from "../../base/memo.ts";
import type { Portal } from "../portals/portal.ts";
import { type BrokenLink, brokenLinks } from "../reach/brokenLinks.ts";
import type { Looked, ReachRuleId } from "../reach/chain.ts";
import { placeInPortal } from "./finding.ts";
import type { PortalRule, PortalSurroundings } from "./rule.ts";

/** Why users don't see a portal or one of its servers, as far as it is the same for all of them. */
export const REACH_RULES: readonly PortalRule[] = [
  reachRule({ id: "reach/no-dns", severity: "error", command: "explain" }),
  reachRule({ id: "reach/no-access-app", severity: "error", command: "explain" }),
  reachRule({ id: "reach/no-policy", severity: "error", command: "explain" }),
  reachRule({ id: "reach/redirect-uri", severity: "warning", command: "explain" }),
  reachRule({ id: "reach/status-hides-server", severity: "error", command: "explain" }),
  reachRule({
    id: "reach/service-token-user-auth",
    severity: "warning",
    command: "useAdminCredential",
  }),
];

function reachRule({
  id,
  ...rest
}: Pick<PortalRule, "severity" | "command"> & { readonly id: ReachRuleId }): PortalRule {
  return {
    ...rest,
    of: "portal",
    id,
    fixes: [],
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
