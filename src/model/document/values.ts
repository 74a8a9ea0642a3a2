import type { Node } from "jsonc-parser";
import type { PropertyAt } from "./property.ts";

/** The value that was meant by one of the wrong type, as text; undefined where that is a guess. */
export function obviousValue({ key, value, above }: PropertyAt): string | undefined {
  if (above.length === 1) return entryOf(value);
  switch (key) {
    case "name":
    case "alias":
    case "description":
      return textOf(value);
    default:
      return flagOf(value);
  }
}

/** `true` in the place of a whole entry. */
function entryOf(value: Node): string | undefined {
  const enabled = value.type === "boolean" ? String(value.value) : flagOf(value);
  return enabled === undefined ? undefined : `{ "enabled": ${enabled} }`;
}

function textOf({ type, value }: Node): string | undefined {
  return type === "number" || type === "boolean" ? JSON.stringify(String(value)) : undefined;
}

const YES: ReadonlySet<string> = new Set(["true", "yes", "on", "1"]);
const NO: ReadonlySet<string> = new Set(["false", "no", "off", "0"]);

function flagOf({ type, value }: Node): string | undefined {
  if (type !== "string" && type !== "number") return undefined;
  const said = String(value).trim().toLowerCase();
  if (YES.has(said)) return "true";
  return NO.has(said) ? "false" : undefined;
}
