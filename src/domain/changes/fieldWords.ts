import * as l10n from "@vscode/l10n";
import type { Field, Value } from "./change.ts";

/** Names a field inside a sentence, such as "alias of search" or "description". */
export function fieldInWords(field: Field): string {
  // Documents and the API use the same name for a field.
  const key = plainFieldInWords(field.key);
  if (field.of?.kind === "mapping") {
    return mappingFieldInWords(field.of.name, field.key);
  }
  if (field.of === undefined && field.key === "hostname") {
    // Of a server it can't be changed, so it is a portal's.
    return l10n.t("host");
  }
  if (field.of !== undefined && field.key === "enabled") {
    return l10n.t({
      message: "whether {0} is enabled",
      args: [field.of.name],
      comment: ["What was changed of a tool or prompt, to stand in a sentence"],
    });
  }
  return field.of === undefined ? key : fieldOf(key, field.of.name);
}

/** A server in a portal is named by its id. */
function mappingFieldInWords(server: string, key: string): string {
  switch (key) {
    case "mapped":
      return l10n.t("whether the portal has {0}", server);
    case "default_disabled":
      return l10n.t("whether new tools of {0} are kept off", server);
    case "on_behalf":
      return l10n.t("whether each user signs in to {0}", server);
    default:
      return fieldOf(plainFieldInWords(key), server);
  }
}

const SHOWN = 60;

export function valueInWords({ key }: Field, value: Value): string {
  if (typeof value === "string") {
    return value.length > SHOWN ? `"${value.slice(0, SHOWN)}…"` : `"${value}"`;
  }
  if (value === null && key === "mapped") {
    return l10n.t("off");
  }
  if (value === null && key !== "enabled") {
    return l10n.t("nothing");
  }
  return (value ?? true) ? l10n.t("on") : l10n.t("off");
}

/**
 * Names a field of the API in people's words. `updated_tools.3.alias` becomes the alias of a tool,
 * without the index, which no screen shows.
 */
export function wireFieldInWords(field: string): string {
  const entry = /^updated_(tool|prompt)s\.\d+(?:\.(.+))?$/.exec(field);
  if (entry === null) {
    return plainFieldInWords(field);
  }
  const [, kind, inner] = entry;
  const owner = kind === "tool" ? l10n.t("a tool") : l10n.t("a prompt");
  return inner === undefined ? owner : fieldOf(plainFieldInWords(inner), owner);
}

/** Gives "alias of search". */
function fieldOf(field: string, owner: string): string {
  return l10n.t({
    message: "{0} of {1}",
    args: [field, owner],
    comment: ["A field, such as alias, and the tool or prompt that has it"],
  });
}

/** A field without words of its own is shown by its key. */
export function plainFieldInWords(field: string): string {
  return WORDS.get(field)?.() ?? field;
}

const WORDS: ReadonlyMap<string, () => string> = new Map([
  ["id", () => l10n.t("ID")],
  ["name", () => l10n.t("name")],
  ["alias", () => l10n.t("alias")],
  ["description", () => l10n.t("description")],
  ["enabled", () => l10n.t("enabled")],
  ["hostname", () => l10n.t("URL")],
  ["auth_type", () => l10n.t("authentication")],
  ["auth_credentials", () => l10n.t("credentials")],
  ["client_secret", () => l10n.t("client secret")],
  ["updated_tools", () => l10n.t("tools")],
  ["updated_prompts", () => l10n.t("prompts")],
  ["code_mode", () => l10n.t("Code Mode")],
  ["secure_web_gateway", () => l10n.t("Gateway routing")],
  ["is_shared_oauth_callback_enabled", () => l10n.t("shared OAuth callback")],
]);
