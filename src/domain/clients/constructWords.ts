import * as l10n from "@vscode/l10n";
import { shorten } from "../../base/text.ts";
import { ALL_CLIENTS } from "./allClients.ts";
import { type ClientRule, EFFECTS } from "./client.ts";
import type { ConstructKind, Occurrence } from "./constructs.ts";

const MOST_POINTER = 160;
const MOST_DETAIL = 80;

/** What is wrong and where, in one sentence. Names in it are untrusted. */
export function constructInWords(kind: ConstructKind | "keyword", occurrence: Occurrence): string {
  const pointer = shorten(occurrence.pointer, MOST_POINTER);
  const about = shorten(occurrence.about, MOST_DETAIL);
  switch (kind) {
    case "inputNotObject":
      return l10n.t("The tool's input schema isn't of the type \"object\".");
    case "noProperties":
      return l10n.t('The tool\'s input schema has no "properties".');
    case "topCombiner":
    case "topCondition":
      return l10n.t("The tool's input schema has {0} at its top.", about);
    case "nullKeyword":
      return l10n.t("{0} is null.", pointer);
    case "outputNotObject":
      return l10n.t("The tool's output schema isn't of the type \"object\".");
    case "arrayWithoutItems":
      return l10n.t('{0} is an array without "items".', pointer);
    case "propertyName":
      return l10n.t('"{0}" is no name for a property that Claude takes, at {1}.', about, pointer);
    case "requiredUnknown":
      return l10n.t('{0} requires "{1}", which isn\'t a property there.', pointer, about);
    case "enumNotString":
      return l10n.t("{0} has values that aren't texts.", pointer);
    case "severalVariants":
      return l10n.t("{0} has several variants.", pointer);
    case "tuple":
      return l10n.t("{0} is a list of schemas.", pointer);
    case "nullableType":
      return l10n.t("{0} has null among its types.", pointer);
    case "longText":
      return l10n.t("{0} is a long text.", pointer);
    case "illegalValue":
      return l10n.t("{0} has a value that JSON Schema doesn't allow there.", pointer);
    case "notDraft07":
      return l10n.t("{0} has a value that JSON Schema draft-07 doesn't allow there.", pointer);
    case "hiddenFromModels":
      return l10n.t('{0} has no "model", so the tool is for apps alone.', pointer);
    case "keyword":
      return l10n.t("{0} uses the keyword {1}.", pointer, about);
  }
}

/**
 * The rules of all clients that fulfil the condition and hold for every model, the worst effect
 * first. Two clients that share a rule give it once.
 */
export function rulesWhere(isWanted: (rule: ClientRule) => boolean): readonly ClientRule[] {
  const rules = ALL_CLIENTS.flatMap((client) => client.rules).filter(
    (rule) => rule.models === undefined && isWanted(rule),
  );
  return [...new Set(rules)].sort(
    (one, other) => EFFECTS.indexOf(one.effect) - EFFECTS.indexOf(other.effect),
  );
}
