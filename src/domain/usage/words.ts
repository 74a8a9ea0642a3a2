import * as l10n from "@vscode/l10n";
import { callsInLast, type ToolCalls } from "./toolCalls.ts";

/**
 * The calls of the last 7 and 30 days.
 * @param calls of 30 days at least
 * @param language in whose format numbers are shown
 */
export function callsInWords(calls: ToolCalls, language: string): string {
  const month = callsInLast(30, calls);
  if (month === 0) {
    return l10n.t("None in the last 30 days");
  }
  const inLanguage = (count: number): string => count.toLocaleString(language);
  return l10n.t({
    message: "{0} in the last 7 days, {1} in the last 30",
    args: [inLanguage(callsInLast(7, calls)), inLanguage(month)],
    comment: ["Two numbers of tool calls"],
  });
}
