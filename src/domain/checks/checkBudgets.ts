import type { CountedCosts } from "../cost/counted.ts";
import type { Portal } from "../portals/portal.ts";
import type { Server } from "../servers/server.ts";
import { BUDGET_RULES } from "./budgets.ts";
import type { PortalsChecked } from "./checkPortals.ts";
import { asFound } from "./checkServer.ts";
import type { Finding } from "./finding.ts";
import { type KnownFindings, knownFindings } from "./knownFindings.ts";
import type { BudgetRule } from "./rule.ts";
import { type CheckSettings, FindingFilter, type PlacedFinding } from "./settings.ts";

/** An account as the rules of budgets see it. */
export interface BudgetsInput {
  readonly servers: readonly Server[];
  readonly portals: readonly Portal[];
  /** The findings of all other rules. */
  readonly found: PortalsChecked;
  readonly costs: CountedCosts;
  readonly settings: CheckSettings;
}

const NONE: readonly Finding[] = [];

/**
 * Adds what is over a budget to the findings of an account. Costs are counted over time, so this is
 * apart from the rules that look at a definition once. What has the same inputs keeps its list.
 */
export class BudgetChecker {
  #servers: ReadonlyMap<string, KnownFindings> = new Map();
  #portals: ReadonlyMap<string, KnownFindings> = new Map();

  check({ servers, portals, found, costs, settings }: BudgetsInput): PortalsChecked {
    this.#servers = new Map(
      servers.map((server) => {
        const own = found.servers.get(server.id) ?? NONE;
        // A sum is the same object once all of it is counted.
        const sum = isAsked("serverCost", settings) ? costs.ofServer(server) : undefined;
        const find = () => [...own, ...overServerBudgets(server, costs, settings)];
        const inputs = [own, server, settings, sum];
        return [server.id, knownFindings(this.#servers.get(server.id), inputs, find)];
      }),
    );
    this.#portals = new Map(
      portals.map((portal) => {
        const own = found.portals.get(portal.id) ?? NONE;
        const tokens = isAsked("portalCost", settings) ? costs.ofPortal(portal).tokens : 0;
        const find = () => [...own, ...overPortalBudget(portal, costs, settings)];
        const inputs = [own, portal, settings, tokens, ownToolsKey(portal, costs, settings)];
        return [portal.id, knownFindings(this.#portals.get(portal.id), inputs, find)];
      }),
    );
    return { servers: findingsOf(this.#servers), portals: findingsOf(this.#portals) };
  }
}

/** Sums up what a server costs, where a rule asks for it. A check of it finds the sum made. */
export function sumUpServer(server: Server, costs: CountedCosts, settings: CheckSettings): void {
  if (isAsked("serverCost", settings)) {
    costs.ofServer(server);
  }
}

/** Finds the budgets that a server exceeds. An unsaved document gives its server too. */
export function overServerBudgets(
  server: Server,
  costs: CountedCosts,
  settings: CheckSettings,
): readonly Finding[] {
  return over(
    settings,
    (finding) => ({ server: server.id, finding }),
    (rule, budget) => (rule.of === "serverCost" ? rule.check(server, costs, budget) : NONE),
  );
}

/** Finds the budgets that a portal exceeds. */
export function overPortalBudget(
  portal: Portal,
  costs: CountedCosts,
  settings: CheckSettings,
): readonly Finding[] {
  return over(
    settings,
    (finding) => ({ portal: portal.id, finding }),
    (rule, budget) => (rule.of === "serverCost" ? NONE : rule.check(portal, costs, budget)),
  );
}

function over(
  settings: CheckSettings,
  placed: (finding: Finding) => PlacedFinding,
  check: (rule: BudgetRule, budget: number) => ReturnType<BudgetRule["check"]>,
): readonly Finding[] {
  const filter = new FindingFilter(settings);
  return BUDGET_RULES.filter((rule) => isInForce(rule, settings)).flatMap((rule) =>
    [...check(rule, settings.budgets[rule.budget])].flatMap((hit) => {
      const { finding, clients } = asFound(rule, hit);
      return filter.pass(placed(finding), clients) ?? NONE;
    }),
  );
}

/** Two portals' own tools with the same key cost the same. */
function ownToolsKey(portal: Portal, costs: CountedCosts, settings: CheckSettings): string {
  const own = isAsked("ownToolCost", settings) ? costs.ofOwnTools(portal) : NONE;
  return own.length === 0 ? "" : JSON.stringify(own.map((tool) => Object.values(tool)));
}

/** Where nobody wants to know of a cost, nothing is counted. */
function isAsked(of: BudgetRule["of"], settings: CheckSettings): boolean {
  return BUDGET_RULES.some((rule) => rule.of === of && isInForce(rule, settings));
}

function isInForce({ id, budget }: BudgetRule, { budgets, rules }: CheckSettings): boolean {
  return budgets[budget] > 0 && rules.get(id) !== "off";
}

function findingsOf(known: ReadonlyMap<string, KnownFindings>): PortalsChecked["servers"] {
  return new Map([...known].map(([id, { findings }]) => [id, findings]));
}
