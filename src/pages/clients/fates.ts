import * as l10n from "@vscode/l10n";
import { symbol } from "../shared/elements.ts";
import { FATES, type Fate } from "./protocol.ts";

export function fateAt(index: number): Fate {
  return FATES[index] ?? "intact";
}

/** What becomes of a tool, in one or two words. */
export function fateWord(fate: Fate): string {
  switch (fate) {
    case "refused":
      return l10n.t("Refused");
    case "dropped":
      return l10n.t("Dropped");
    case "altered":
      return l10n.t("Altered");
    case "someModels":
      return l10n.t("Some models");
    case "deferred":
      return l10n.t("Deferred");
    case "intact":
      return l10n.t("As it is");
  }
}

/** What becomes of a tool, as a sentence for somebody who sees the word for the first time. */
export function fateSentence(fate: Fate): string {
  switch (fate) {
    case "refused":
      return l10n.t("The model's API or the client refuses more than this tool because of it.");
    case "dropped":
      return l10n.t("The client leaves the tool out.");
    case "altered":
      return l10n.t("The tool arrives changed, without a word.");
    case "someModels":
      return l10n.t("The tool arrives changed with some models alone.");
    case "deferred":
      return l10n.t("The client finds the tool by search, and until then it costs little.");
    case "intact":
      return l10n.t("The tool arrives as it is.");
  }
}

/** True for what an administrator may want to mend. */
export function isProblem(fate: Fate): boolean {
  return fate === "refused" || fate === "dropped" || fate === "altered";
}

const PATHS: Readonly<Record<Fate, string>> = {
  refused: "M4 4 12 12M12 4 4 12",
  dropped: "M2.5 8a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0M4.2 4.2 11.8 11.8",
  altered: "M3 12.8 4 9.6 10.7 2.9 13.1 5.3 6.4 12Z",
  someModels: "M2.5 8a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0M8 2.5v11",
  deferred: "M2.8 7a4.2 4.2 0 1 0 8.4 0a4.2 4.2 0 1 0-8.4 0M10 10 13.4 13.4",
  intact: "M3 8.5 6.5 12 13 4.5",
};

export function fateSymbol(fate: Fate): SVGElement {
  return symbol(PATHS[fate], fate);
}
