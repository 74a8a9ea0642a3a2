import * as l10n from "@vscode/l10n";
import { numberText } from "../../base/numbers.ts";
import { catalogueOf } from "../catalogue/serverCatalogue.ts";
import { claudeRange } from "../cost/claude.ts";
import { isInCodeMode } from "./counts.ts";
import { ON_NAME, placeInPortal, placeOf } from "./finding.ts";
import type { BudgetRule } from "./rule.ts";

/** The numbers of a message: the tokens, the range for Claude, and the budget. */
function figures(tokens: number, budget: number): readonly string[] {
  const { least, most } = claudeRange(tokens);
  return [tokens, least, most, budget].map(numberText);
}

/**
 * The tools of a portal are in each request to a model. A portal in Code Mode costs two tools,
 * however many it has.
 */
const overBudget: BudgetRule = {
  of: "portalCost",
  id: "budget/portal",
  budget: "portal",
  severity: "warning",
  fixes: [],
  command: "selectTools",
  *check(portal, costs, budget) {
    const tokens = isInCodeMode(portal) ? 0 : costs.ofPortal(portal).tokens;
    if (tokens > budget) {
      const message = l10n.t(
        "The tools of this portal take {0} tokens of every request, for Claude about {1} to {2}; the budget is {3}.",
        ...figures(tokens, budget),
      );
      yield { message, path: ["servers"] };
    }
  },
};

const serverOverBudget: BudgetRule = {
  of: "serverCost",
  id: "budget/server",
  budget: "server",
  severity: "warning",
  fixes: [],
  command: "selectTools",
  *check(server, costs, budget) {
    const { tokens } = costs.ofServer(server);
    if (tokens > budget) {
      const message = l10n.t(
        "The tools of this server take {0} tokens of every request, for Claude about {1} to {2}; the budget is {3}.",
        ...figures(tokens, budget),
      );
      yield { message, path: ON_NAME };
    }
  },
};

const toolOverBudget: BudgetRule = {
  of: "serverCost",
  id: "budget/tool",
  budget: "tool",
  severity: "warning",
  fixes: ["disable"],
  command: "selectTools",
  *check(server, costs, budget) {
    for (const shown of catalogueOf(server).tools) {
      const tokens = shown.enabled ? (costs.ofTool(shown) ?? 0) : 0;
      if (tokens > budget) {
        const message = l10n.t(
          "This tool takes {0} tokens of every request, for Claude about {1} to {2}; the budget is {3}.",
          ...figures(tokens, budget),
        );
        const { kind, name } = shown;
        yield { message, subject: { kind, name }, path: placeOf({ kind, name }) };
      }
    }
  },
};

/** Leaves out a tool that costs as much on its server, because the server has that problem. */
const ownToolOverBudget: BudgetRule = {
  of: "ownToolCost",
  id: toolOverBudget.id,
  budget: "tool",
  severity: toolOverBudget.severity,
  fixes: ["resetDescription", "disable"],
  command: "selectTools",
  *check(portal, costs, budget) {
    if (isInCodeMode(portal)) {
      return;
    }
    for (const { serverId, name, tokens = 0, onServer } of costs.ofOwnTools(portal)) {
      if (tokens > budget && onServer !== undefined && tokens > onServer) {
        const message = l10n.t(
          "With the description of this portal the tool takes {0} tokens of every request, for Claude about {1} to {2}; the budget is {3}.",
          ...figures(tokens, budget),
        );
        const subject = { kind: "tool", name } as const;
        const path = placeInPortal(serverId, placeOf(subject, "description"));
        yield { message, subject, mapping: serverId, path };
      }
    }
  },
};

export const BUDGET_RULES: readonly BudgetRule[] = [
  overBudget,
  serverOverBudget,
  toolOverBudget,
  ownToolOverBudget,
];
