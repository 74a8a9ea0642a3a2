import { COMMAND_TABLE, type CommandName, PRESSED } from "../../manifest.ts";
import type { CapabilityTarget, GivenArguments, Row } from "../../target.ts";

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

function isKind(value: unknown): value is CapabilityTarget["kind"] {
  return value === "tool" || value === "prompt";
}

function isRow(value: unknown): value is Row {
  if (typeof value !== "object" || value === null || !("kind" in value)) {
    return false;
  }
  const has = (key: string): boolean => typeof Reflect.get(value, key) === "string";
  // A row of the servers' tree has none.
  if (Reflect.get(value, "portalId") !== undefined && !has("portalId")) {
    return false;
  }
  switch (value.kind) {
    case "account":
      return has("accountId");
    case "server":
      return has("accountId") && has("serverId");
    case "portal":
      return has("accountId") && has("portalId");
    case "mapping":
      return has("accountId") && has("portalId") && has("serverId");
    case "group":
      return has("accountId") && has("serverId") && "of" in value && isKind(value.of);
    case "tool":
    case "prompt":
      return has("accountId") && has("serverId") && has("name");
    default:
      return false;
  }
}
