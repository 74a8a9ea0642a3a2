import * as l10n from "@vscode/l10n";
import { listed } from "../../base/text.ts";
import type { DefinitionChange } from "./changes.ts";
import type { Detail } from "./details.ts";

/** Gives "1 new, 2 changed", in the words of a sync's result. */
export function changesInWords(changes: readonly DefinitionChange[]): string {
  const of = (how: DefinitionChange["how"]): number =>
    changes.filter((change) => change.how === how).length;
  const counted = [
    [of("added"), l10n.t("{0} new", of("added"))],
    [of("removed"), l10n.t("{0} gone", of("removed"))],
    [of("renamed"), l10n.t("{0} renamed", of("renamed"))],
    [of("changed"), l10n.t("{0} changed", of("changed"))],
  ] as const;
  return listed(counted.filter(([count]) => count > 0).map(([, words]) => words));
}

/** What a change is, in one line. What the security checks found comes first. */
export function changeInWords(change: DefinitionChange): string {
  const { length } = change.findings;
  return length === 0
    ? differencesInWords(change)
    : listed([
        length === 1 ? l10n.t("1 security problem") : l10n.t("{0} security problems", length),
        differencesInWords(change),
      ]);
}

function differencesInWords(change: DefinitionChange): string {
  switch (change.how) {
    case "added":
      return l10n.t("new");
    case "removed":
      return l10n.t("gone");
    case "renamed":
      return listed([
        l10n.t("probably {0} before", change.previousName),
        ...change.details.map(detailInWords),
      ]);
    case "changed":
      return listed(change.details.map(detailInWords));
  }
}

/** What a rename is taken from. */
export function evidenceInWords(alike: number): string {
  return alike === 1
    ? l10n.t("The same parameters, and the same words.")
    : l10n.t("The same parameters, and {0} % of the words.", Math.round(alike * 100));
}

export function impactInWords({ how, impact }: Pick<DefinitionChange, "how" | "impact">): string {
  if (how === "added") {
    return l10n.t("Nobody has accepted it yet.");
  }
  switch (impact) {
    case "widening":
      return l10n.t("It may do more than was accepted.");
    case "breaking":
      return l10n.t("Callers that worked may fail.");
    case "compatible":
      return l10n.t("Callers go on as before.");
    case "text":
      return l10n.t("Only texts and other details differ.");
  }
}

export function detailInWords(detail: Detail): string {
  switch (detail.of) {
    case "title":
      return l10n.t("title");
    case "description":
      return l10n.t("description");
    case "parameter":
      return parameterInWords(detail);
    case "inputSchema":
      return l10n.t("input schema");
    case "outputSchema":
      return outputInWords(detail);
    case "hint":
      return l10n.t("{0} was {1} and is {2}", detail.hint, set(detail.before), set(detail.after));
    case "key":
      return detail.key;
  }
}

function parameterInWords({ name, how }: Detail & { readonly of: "parameter" }): string {
  switch (how) {
    case "added":
      return l10n.t("parameter {0} is new", name);
    case "addedRequired":
      return l10n.t("parameter {0} is new and required", name);
    case "removed":
      return l10n.t("parameter {0} is gone", name);
    case "nowRequired":
      return l10n.t("parameter {0} is required now", name);
    case "nowOptional":
      return l10n.t("parameter {0} is optional now", name);
    case "type":
      return l10n.t("another type of {0}", name);
    case "default":
      return l10n.t("another default of {0}", name);
    case "enum":
      return l10n.t("other values of {0}", name);
    case "text":
      return l10n.t("description of {0}", name);
    case "schema":
      return l10n.t("schema of {0}", name);
  }
}

function outputInWords({ how }: Detail & { readonly of: "outputSchema" }): string {
  switch (how) {
    case "added":
      return l10n.t("output schema is new");
    case "removed":
      return l10n.t("output schema is gone");
    case "changed":
      return l10n.t("output schema");
  }
}

function set(value: unknown): string {
  return typeof value === "boolean" ? String(value) : l10n.t("not set");
}
