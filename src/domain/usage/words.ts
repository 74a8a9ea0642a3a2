import * as l10n from "@vscode/l10n";
import { numberText } from "../../base/numbers.ts";
import { callsInLast, type ToolCalls } from "./toolCalls.ts";

/**
 * The calls of the last 7 and 30 days.
 * @param calls of 30 days at least
 */
export function callsInWords(calls: ToolCalls): string {
  const month = callsInLast(30, calls);
  if (month === 0) {
    return l10n.t("None in the last 30 days");
  }
  return l10n.t({
    message: "{0} in the last 7 days, {1} in the last 30",
    args: [numberText(callsInLast(7, calls)), numberText(month)],
    comment: ["Two numbers of tool calls"],
  });
}
