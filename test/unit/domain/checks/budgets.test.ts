import { deepEqual, equal } from "node:assert/strict";
import type { Override } from "../../../../src/domain/catalogue/overrides.ts";
import { BudgetChecker, sumUpServer } from "../../../../src/domain/checks/checkBudgets.ts";
import { ExposedNames } from "../../../../src/domain/checks/collisions.ts";
import type { Finding } from "../../../../src/domain/checks/finding.ts";
import { fixesOf } from "../../../../src/domain/checks/fixes.ts";
import { DEFAULT_SETTINGS } from "../../../../src/domain/checks/settings.ts";
import type { CountedCosts } from "../../../../src/domain/cost/counted.ts";
import type { Cost } from "../../../../src/domain/cost/sums.ts";
import { PORTAL_FIELDS } from "../../../../src/domain/portals/fields.ts";
import type { Portal } from "../../../../src/domain/portals/portal.ts";
import type { Server } from "../../../../src/domain/servers/server.ts";
import { mapping, portal } from "../../support/portals.ts";
import { capability, server } from "../../support/servers.ts";
import { checkCase } from "./support/checking.ts";

const LONG = "a".repeat(1600);
const LONGER = "a".repeat(1700);

const docs = (description = "Finds pages."): Server =>
  server({ tools: [capability("tool", "search", description)], prompts: [] });
const describing = (override: Partial<Override>, rest: Partial<Portal> = {}): Portal => ({
  ...portal({ mappings: [mapping("docs", { toolOverrides: [{ name: "search", ...override }] })] }),
  ...rest,
});

/** What is found of a tool's budget, with the portal's findings after those of the server. */
function found(one: Server, inPortal: Portal): readonly Finding[] {
  const { servers, portals } = checkCase({ servers: [one], inPortals: { portals: [inPortal] } });
  return [...servers.values(), ...portals.values()]
    .flat()
    .filter(({ rule }) => rule === "budget/tool");
}

const places = (findings: readonly Finding[]): readonly string[] =>
  findings.map(({ path }) => path.join("/"));

describe("the budget of a tool, in a portal", () => {
  it("is exceeded by a description that the portal alone has", () => {
    const [finding, ...others] = found(docs(), describing({ description: LONG }));
    deepEqual(others, []);
    deepEqual(finding?.path, ["servers", "docs", "tools", "search", "description"]);
    equal(finding?.mapping, "docs");
    deepEqual(finding?.subject, { kind: "tool", name: "search" });
  });

  it("isn't exceeded by a portal that leaves the server's description, or has a short one", () => {
    deepEqual(places(found(docs(LONG), describing({ alias: "find" }))), ["tools/search"]);
    deepEqual(places(found(docs(LONG), describing({ description: "Short" }))), ["tools/search"]);
    deepEqual(found(docs(), describing({ description: "Other" })), []);
  });

  it("is told at the server where it costs as much there", () => {
    deepEqual(places(found(docs(LONGER), describing({ description: LONG }))), ["tools/search"]);
    deepEqual(places(found(docs(LONG), describing({ description: LONGER }))), [
      "tools/search",
      "servers/docs/tools/search/description",
    ]);
  });

  it("isn't asked for a tool that is off, nor in Code Mode", () => {
    deepEqual(found(docs(), describing({ description: LONG, enabled: false })), []);
    deepEqual(found(docs(), describing({ description: LONG }, { codeMode: "enforced" })), []);
  });

  it("is met again by the server's description, and without the tool", () => {
    const one = docs();
    const long = describing({ description: LONG });
    const [finding] = found(one, long);
    const fixes =
      finding === undefined
        ? []
        : fixesOf(finding, {
            portal: long,
            serverOf: () => one,
            names: new ExposedNames([]),
            clients: DEFAULT_SETTINGS.clients,
          });
    deepEqual(
      fixes.map(({ title }) => title),
      ["Reset Description", "Disable Tool"],
    );
    for (const { values } of fixes) {
      deepEqual(found(one, PORTAL_FIELDS.set(long, values)), []);
    }
  });

  it("is told of once both costs are counted, and not where there is no budget", () => {
    const checker = new BudgetChecker();
    const long = describing({ description: LONG });
    let onServer: number | undefined;
    const nothing: Cost = { tokens: 0, pending: 0, isEstimate: false };
    const costs: CountedCosts = {
      ofServer: () => nothing,
      ofPortal: () => nothing,
      ofTool: () => undefined,
      ofOwnTools: () => [{ serverId: "docs", name: "search", tokens: 1600, onServer }],
    };
    const check = (settings = DEFAULT_SETTINGS): number => {
      const nowhere = { servers: new Map(), portals: new Map() };
      const input = { servers: [], portals: [long], found: nowhere, costs, settings };
      return checker.check(input).portals.get(long.id)?.length ?? 0;
    };
    equal(check(), 0);
    onServer = 20;
    equal(check(), 1);
    const budgets = { ...DEFAULT_SETTINGS.budgets, tool: 0 };
    equal(check({ ...DEFAULT_SETTINGS, budgets }), 0);
  });
});

describe("sumUpServer", () => {
  const nothing: Cost = { tokens: 0, pending: 0, isEstimate: false };

  function summedUp(budget: number): readonly string[] {
    const ids: string[] = [];
    const costs: CountedCosts = {
      ofServer: ({ id }) => {
        ids.push(id);
        return nothing;
      },
      ofPortal: () => nothing,
      ofTool: () => undefined,
      ofOwnTools: () => [],
    };
    const budgets = { ...DEFAULT_SETTINGS.budgets, server: budget, tool: budget };
    sumUpServer(server({ id: "docs" }), costs, { ...DEFAULT_SETTINGS, budgets });
    return ids;
  }

  it("asks for what a server costs, where servers or their tools have a budget", () => {
    deepEqual(summedUp(10_000), ["docs"]);
    deepEqual(summedUp(0), []);
  });
});
