import { catalogueOf } from "../../../../../src/domain/catalogue/serverCatalogue.ts";
import { AccountChecker } from "../../../../../src/domain/checks/checkAccount.ts";
import { BudgetChecker } from "../../../../../src/domain/checks/checkBudgets.ts";
import {
  PortalChecker,
  type PortalsChecked,
} from "../../../../../src/domain/checks/checkPortals.ts";
import type { Finding, Severity } from "../../../../../src/domain/checks/finding.ts";
import type { Accepted } from "../../../../../src/domain/checks/rule.ts";
import { CHECKS } from "../../../../../src/domain/checks/rules.ts";
import { type CheckSettings, DEFAULT_SETTINGS } from "../../../../../src/domain/checks/settings.ts";
import type { CountedCosts } from "../../../../../src/domain/cost/counted.ts";
import { exposedText } from "../../../../../src/domain/cost/countedText.ts";
import {
  costOfMapping,
  costOfPortal,
  costsOfOwnTools,
} from "../../../../../src/domain/cost/portalCost.ts";
import {
  costOfCatalogue,
  costOfTool,
  type TokenCounts,
} from "../../../../../src/domain/cost/sums.ts";
import type { LiveItem } from "../../../../../src/domain/live/compareLive.ts";
import type { Portal } from "../../../../../src/domain/portals/portal.ts";
import type { SurroundingFacts } from "../../../../../src/domain/reach/chain.ts";
import type { LostOverride } from "../../../../../src/domain/review/lostOverrides.ts";
import type { Server } from "../../../../../src/domain/servers/server.ts";

/** The default severity of each rule. */
export const DEFAULT_SEVERITIES: ReadonlyMap<string, Severity> = new Map(
  CHECKS.map(({ id, severity }) => [id, severity]),
);

/** All problems of a server that is alone in its account. */
export function checkServer(server: Server): readonly Finding[] {
  return new AccountChecker().check([server], DEFAULT_SETTINGS).get(server.id) ?? [];
}

/** Portals of an account, what they have lost, and what stands beside each of them. */
export interface InPortals {
  readonly portals: readonly Portal[];
  readonly lost?: Readonly<Record<string, readonly LostOverride[]>>;
  readonly reach?: SurroundingFacts;
  readonly live?: Readonly<Record<string, readonly LiveItem[]>>;
}

/** All problems of an account, by server and by portal. */
export function checkCase({
  servers,
  inPortals = { portals: [] },
  accepted,
  settings = DEFAULT_SETTINGS,
}: {
  readonly servers: readonly Server[];
  readonly inPortals?: InPortals | undefined;
  readonly accepted?: Accepted | undefined;
  readonly settings?: CheckSettings;
}): PortalsChecked {
  const found = new AccountChecker().check(servers, settings, () => accepted);
  const { portals, lost = {}, reach, live = {} } = inPortals;
  const byId = new Map(servers.map((server) => [server.id, server]));
  const checked = new PortalChecker().check({
    portals,
    servers: byId,
    found,
    settings,
    lost: new Map(Object.entries(lost)),
    reach: new Map(
      portals.flatMap(({ id }) =>
        reach === undefined ? [] : [[id, { ...reach, hostname: "mcp.example.com" }]],
      ),
    ),
    live: new Map(Object.entries(live)),
  });
  const costs = costsByCharacter(byId);
  return new BudgetChecker().check({ servers, portals, found: checked, costs, settings });
}

/** Costs as if every character were a token. */
function costsByCharacter(servers: ReadonlyMap<string, Server>): CountedCosts {
  const counts: TokenCounts = {
    ofText: ({ length }) => length,
    ofTool: (shown) => exposedText(shown).length,
  };
  return {
    ofServer: (server) => costOfCatalogue(catalogueOf(server), counts),
    ofTool: (shown) => costOfTool(shown, counts),
    ofPortal: (portal) =>
      costOfPortal(portal, (mapping) => {
        const server = servers.get(mapping.serverId);
        return server && costOfMapping(mapping, server, counts);
      }).total,
    ofOwnTools: (portal) =>
      costsOfOwnTools(portal, ({ serverId }) => servers.get(serverId), counts),
  };
}
