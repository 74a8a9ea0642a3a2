import * as vscode from "vscode";
import type { Field, Value } from "../model/field.ts";

/** "alias of search", "description of the server": to stand in a sentence. */
export function fieldInWords(field: Field): string {
  return field.of === undefined
    ? keyInWords(field.key)
    : vscode.l10n.t("{0} of {1}", keyInWords(field.key), field.of.name);
}

export function keyInWords(key: Field["key"]): string {
  switch (key) {
    case "name":
      return vscode.l10n.t("name");
    case "alias":
      return vscode.l10n.t("alias");
    case "description":
      return vscode.l10n.t("description");
    case "enabled":
      return vscode.l10n.t("enabled");
    case "secure_web_gateway":
      return vscode.l10n.t("Gateway routing");
    case "is_shared_oauth_callback_enabled":
      return vscode.l10n.t("shared OAuth callback");
  }
}

const SHOWN = 60;

export function valueInWords({ key }: Field, value: Value): string {
  if (typeof value === "string") {
    return value.length > SHOWN ? `"${value.slice(0, SHOWN)}…"` : `"${value}"`;
  }
  if (value === null && key !== "enabled") return vscode.l10n.t("nothing");
  return (value ?? true) ? vscode.l10n.t("on") : vscode.l10n.t("off");
}
