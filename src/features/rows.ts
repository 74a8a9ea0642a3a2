import type { CapabilityTarget, Row } from "../target.ts";

/** True for a row of either tree, whoever gives it. */
export function isRow(value: unknown): value is Row {
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

function isKind(value: unknown): value is CapabilityTarget["kind"] {
  return value === "tool" || value === "prompt";
}
