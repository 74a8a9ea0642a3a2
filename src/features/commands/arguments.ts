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
  if (!isRow(first)) {
    return { rows: undefined, text };
  }
  const takesSelection = COMMAND_TABLE[name].rows?.several !== false;
  const selection = takesSelection && Array.isArray(second) ? second.filter(isRow) : [];
  return { rows: selection.length > 0 ? selection : [first], text };
}
