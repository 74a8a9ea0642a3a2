import * as vscode from "vscode";

/** The button of a list that isn't ordered by cost. */
export function byCostButton(): vscode.QuickInputButton {
  return {
    iconPath: new vscode.ThemeIcon("sort-precedence"),
    tooltip: vscode.l10n.t("Sort by Context Cost"),
  };
}

/** The button of a list that is ordered by cost. */
export function byNameButton(): vscode.QuickInputButton {
  return {
    iconPath: new vscode.ThemeIcon("list-ordered"),
    tooltip: vscode.l10n.t("Sort as Before"),
  };
}

/** What costs the most first. What costs nothing, or isn't counted, comes last and in its order. */
export function costliestFirst<T>(
  all: readonly T[],
  costOf: (of: T) => number | undefined,
): readonly T[] {
  return all
    .map((each) => ({ each, cost: costOf(each) ?? 0 }))
    .sort((one, other) => other.cost - one.cost)
    .map(({ each }) => each);
}
