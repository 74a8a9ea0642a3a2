import * as l10n from "@vscode/l10n";
import { listed } from "../../base/text.ts";
import type { LiveComparison, LiveState } from "./compareLive.ts";

export function liveStateInWords(state: LiveState): string {
  switch (state) {
    case "missing":
      return l10n.t("Missing");
    case "unexpected":
      return l10n.t("Unexpected");
    case "differs":
      return l10n.t("Different");
    case "expected":
      return l10n.t("As expected");
  }
}

/** Gives "30 as expected, 1 missing". */
export function comparisonInWords({ counts }: LiveComparison): string {
  const { missing, unexpected, differs, expected } = counts;
  return listed([
    l10n.t("{0} as expected", expected),
    ...(missing > 0 ? [l10n.t("{0} missing", missing)] : []),
    ...(unexpected > 0 ? [l10n.t("{0} unexpected", unexpected)] : []),
    ...(differs > 0 ? [l10n.t("{0} different", differs)] : []),
  ]);
}
