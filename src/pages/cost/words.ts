import * as l10n from "@vscode/l10n";
import { numberText } from "../../base/numbers.ts";
import type { ToolView } from "../../domain/cost/costView.ts";
import type { Cost } from "../../domain/cost/sums.ts";
import type { Connection } from "../../domain/portals/endpoint.ts";

export function tokensText(tokens: number): string {
  return tokens === 1 ? l10n.t("1 token") : l10n.t("{0} tokens", numberText(tokens));
}

export function toolsText(count: number): string {
  return count === 1 ? l10n.t("1 tool") : l10n.t("{0} tools", numberText(count));
}

/** A cost without its unit. */
export function costText({ tokens, isEstimate }: Cost): string {
  return isEstimate ? `≈ ${numberText(tokens)}` : numberText(tokens);
}

export function connectionText(connection: Connection): string {
  switch (connection) {
    case "allTools":
      return l10n.t("All tools");
    case "minimizeTools":
      return "minimize_tools";
    case "searchAndExecute":
      return "search_and_execute";
    case "codeMode":
      return l10n.t("Code Mode");
  }
}

export function stateText(isOn: boolean): string {
  return isOn ? l10n.t("on") : l10n.t("off");
}

/** What is said of a server that costs something and isn't used. */
export function idleText(): string {
  return l10n.t("⚠ No calls in 30 days");
}

/** What is said of a tool to somebody who doesn't see the picture. */
export function toolText({ label, isOn, tokens }: ToolView, server: string): string {
  const cost = tokens === undefined ? l10n.t("not counted yet") : tokensText(tokens);
  return l10n.t({
    message: "{0}, {1}, {2}, {3}",
    args: [label, cost, stateText(isOn), server],
    comment: ["A tool, what it costs, whether it is on, and its server"],
  });
}
