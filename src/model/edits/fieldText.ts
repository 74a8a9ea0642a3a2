import * as l10n from "@vscode/l10n";
import type { Field, Value } from "./field.ts";
import { fieldOf, plainFieldInWords } from "./wireFields.ts";

/** "alias of search", "description": to stand in a sentence. */
export function fieldInWords(field: Field): string {
  // A document and the wire call a field by the same name.
  const key = plainFieldInWords(field.key);
  if (field.of !== undefined && field.key === "enabled") {
    return l10n.t({
      message: "whether {0} is enabled",
      args: [field.of.name],
      comment: ["What was changed of a tool or prompt, to stand in a sentence"],
    });
  }
  return field.of === undefined ? key : fieldOf(key, field.of.name);
}

const SHOWN = 60;

export function valueInWords({ key }: Field, value: Value): string {
  if (typeof value === "string") {
    return value.length > SHOWN ? `"${value.slice(0, SHOWN)}…"` : `"${value}"`;
  }
  if (value === null && key !== "enabled") return l10n.t("nothing");
  return (value ?? true) ? l10n.t("on") : l10n.t("off");
}
