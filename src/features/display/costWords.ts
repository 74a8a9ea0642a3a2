import * as vscode from "vscode";
import { numberText } from "../../base/numbers.ts";
import { listed } from "../../base/text.ts";
import type { ExposedCapability } from "../../domain/catalogue/serverCatalogue.ts";
import { claudeRange } from "../../domain/cost/claude.ts";
import type { Cost } from "../../domain/cost/sums.ts";
import type { Connection } from "../../domain/portals/endpoint.ts";
import type { ReadonlyCosts } from "../../engine/cost/costs.ts";

/** Such as "1,641 tokens". */
export function tokensInWords(tokens: number): string {
  return vscode.l10n.t("{0} tokens", numberText(tokens));
}

/** What a list of tools costs, with Claude's range, and how much of it isn't counted yet. */
export function costInWords({ tokens, pending, isEstimate }: Cost): string {
  const { least, most } = claudeRange(tokens);
  const known = isEstimate
    ? vscode.l10n.t("about {0} tokens", numberText(tokens))
    : tokensInWords(tokens);
  const claude = vscode.l10n.t("for Claude about {0} to {1}", numberText(least), numberText(most));
  const uncounted =
    pending === 0 ? [] : [vscode.l10n.t("{0} tools not counted yet", numberText(pending))];
  return listed([known, ...(tokens === 0 ? [] : [claude]), ...uncounted]);
}

/** What one tool costs, or would cost. Undefined while it isn't counted. */
export function toolCostInWords(tokens: number | undefined, isOn: boolean): string | undefined {
  if (tokens === undefined) {
    return undefined;
  }
  const { least, most } = claudeRange(tokens);
  return isOn
    ? vscode.l10n.t(
        "{0} tokens, for Claude about {1} to {2}",
        numberText(tokens),
        numberText(least),
        numberText(most),
      )
    : vscode.l10n.t("{0} tokens once it is on", numberText(tokens));
}

/** What a tool costs while it is on; undefined for a prompt, and while it isn't counted. */
export function toolTokens(
  costs: ReadonlyCosts,
  accountId: string,
  shown: ExposedCapability,
): number | undefined {
  return shown.kind === "tool" ? costs.ofTool(accountId, shown) : undefined;
}

/** What a way of connecting to a portal is called where somebody chooses it. */
export function connectionInWords(connection: Connection): string {
  switch (connection) {
    case "allTools":
      return vscode.l10n.t("all tools");
    case "minimizeTools":
      return "minimize_tools";
    case "searchAndExecute":
      return "search_and_execute";
    case "codeMode":
      return vscode.l10n.t("Code Mode");
  }
}
