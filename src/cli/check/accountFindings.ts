import { AccountChecker } from "../../domain/checks/checkAccount.ts";
import { BudgetChecker } from "../../domain/checks/checkBudgets.ts";
import { PortalChecker, type ReachedPortals } from "../../domain/checks/checkPortals.ts";
import type { Finding } from "../../domain/checks/finding.ts";
import { HEALTH_RULES } from "../../domain/checks/health.ts";
import type { AcceptedHints } from "../../domain/checks/rule.ts";
import { hintsOf } from "../../domain/checks/security/annotationChanged.ts";
import {
  type CheckSettings,
  FindingFilter,
  type PlacedFinding,
} from "../../domain/checks/settings.ts";
import type { CountedCosts } from "../../domain/cost/counted.ts";
import type { AccountResources } from "../../domain/files/accountDocuments.ts";
import { REACH_RULES } from "../../domain/reach/chain.ts";
import type { Baseline } from "../../domain/review/baseline.ts";
import { reviewFindings } from "../../domain/review/reviewFindings.ts";

export interface CheckInput {
  readonly resources: AccountResources;
  readonly settings: CheckSettings;
  readonly costs: CountedCosts;
  /** The DNS records and Access applications of portals, by the portal's id. */
  readonly reach: ReachedPortals;
  /** The accepted definitions by server id; undefined if no folder is checked. */
  readonly baselines: ReadonlyMap<string, Baseline> | undefined;
  /** Servers that only have a file, so that nothing of their upstream is known. */
  readonly planned: ReadonlySet<string>;
}

/** All that the rules find in an account, servers before portals. */
export function accountFindings(input: CheckInput): readonly PlacedFinding[] {
  const { settings, costs, reach, baselines, planned } = input;
  const servers = [...input.resources.servers.values()];
  const portals = [...input.resources.portals.values()];
  const found = new AccountChecker().check(servers, settings, (id) => hintsIn(baselines?.get(id)));
  const inPortals = new PortalChecker().check({
    portals,
    servers: input.resources.servers,
    found,
    settings,
    // Only an editor that stays open sees what a portal loses.
    lost: new Map(),
    reach,
  });
  const all = new BudgetChecker().check({ servers, portals, found: inPortals, costs, settings });
  const filter = new FindingFilter(settings);
  return [
    ...servers.flatMap((server) => {
      const own = all.servers.get(server.id) ?? [];
      if (planned.has(server.id)) {
        return own
          .filter(isOfFile)
          .map((finding): PlacedFinding => ({ server: server.id, finding }));
      }
      const reviewed =
        baselines === undefined ? [] : reviewFindings(server, baselines.get(server.id), filter);
      return [...own, ...reviewed].map(
        (finding): PlacedFinding => ({ server: server.id, finding }),
      );
    }),
    ...portals.flatMap(({ id }) =>
      (all.portals.get(id) ?? [])
        .filter((finding) => !planned.has(finding.mapping ?? "") || isOfFile(finding))
        .map((finding): PlacedFinding => ({ portal: id, finding })),
    ),
  ];
}

/** False for what is said of an upstream's definitions, or of its health, before anybody has seen it. */
function isOfFile({ rule, subject, path }: Finding): boolean {
  const last = path.at(-1);
  return subject === undefined
    ? !HEALTH.has(rule) && !REACH.has(rule)
    : subject.name !== last && (last === "alias" || last === "description");
}

const REACH: ReadonlySet<string> = new Set(REACH_RULES);
const HEALTH = new Set([...HEALTH_RULES.values()].map(({ rule }) => rule));

function hintsIn(baseline: Baseline | undefined): ReadonlyMap<string, AcceptedHints> | undefined {
  return (
    baseline &&
    new Map([...baseline.tools].map(([name, definition]) => [name, hintsOf(definition)]))
  );
}
