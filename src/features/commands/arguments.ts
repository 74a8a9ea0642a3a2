import { COMMAND_TABLE, type CommandName, PRESSED } from "../../manifest.ts";
import type { GivenArguments, Row } from "../../target.ts";
import { isRow } from "../rows.ts";

/**
 * Reads the arguments of a command, which anyone can call with anything: an argument that is
 * neither a row nor a text is ignored. The tree passes the row, and the selection when the row is
 * part of it.
 * @param pressed the row on which a key was pressed
 */
export function readArguments(
  name: CommandName,
  [first, second, third]: readonly unknown[],
  pressed: Row | undefined,
): GivenArguments {
  const text = typeof third === "string" ? third : undefined;
  if (first === PRESSED) {
    return { rows: pressed === undefined ? [] : [pressed], text };
  }
  const files = filesIn(first, second);
  if (files !== undefined) {
    return { rows: undefined, text, files };
  }
  if (!isRow(first)) {
    return { rows: undefined, text };
  }
  const takesSelection = COMMAND_TABLE[name].rows?.several !== false;
  const selection = takesSelection && Array.isArray(second) ? second.filter(isRow) : [];
  return { rows: selection.length > 0 ? selection : [first], text };
}

/** The explorer passes a file and all that are selected, an editor and a lens the file alone. */
function filesIn(first: unknown, second: unknown): readonly string[] | undefined {
  if (!isUri(first)) {
    return undefined;
  }
  const selected = Array.isArray(second) ? second.filter(isUri) : [];
  return (selected.length > 0 ? selected : [first]).map((each) => each.toString());
}

/** By its form, since whoever calls may have a class of its own. */
function isUri(value: unknown): value is { toString(): string } {
  return (
    typeof value === "object" &&
    value !== null &&
    ["scheme", "path", "fsPath"].every((key) => typeof Reflect.get(value, key) === "string")
  );
}
