import { canonicalText, jsonText } from "../../base/jsonText.ts";
import { escapeUnseen } from "../../base/unseen.ts";

/** Deeper levels are printed without indentation. No honest schema nests deeper. */
const INDENTED_DEPTH = 40;

/**
 * A definition as JSON for people. What can't be seen is escaped, so that a text which hides an
 * order doesn't look like one that says nothing.
 */
export function definitionText(definition: unknown): string {
  return `${escapeUnseen(jsonText(definition, INDENTED_DEPTH))}\n`;
}

/** The same with sorted keys, so that their order is no difference between two of them. */
export function sortedDefinitionText(definition: unknown): string {
  return `${escapeUnseen(canonicalText(definition, INDENTED_DEPTH))}\n`;
}
