import * as l10n from "@vscode/l10n";

/** A field of the API as people know it: `updated_tools.3.alias` is the alias of a tool: nobody counts them. */
export function wireFieldInWords(field: string): string {
  const entry = /^updated_(tool|prompt)s\.\d+(?:\.(.+))?$/.exec(field);
  if (entry === null) return plainFieldInWords(field);
  const [, kind, inner] = entry;
  const owner = kind === "tool" ? l10n.t("a tool") : l10n.t("a prompt");
  return inner === undefined ? owner : fieldOf(plainFieldInWords(inner), owner);
}

/** "alias of search". */
export function fieldOf(field: string, owner: string): string {
  return l10n.t({
    message: "{0} of {1}",
    args: [field, owner],
    comment: ["A field, such as alias, and the tool or prompt that has it"],
  });
}

/** What isn't here stands for itself. */
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
  ["secure_web_gateway", () => l10n.t("Gateway routing")],
  ["is_shared_oauth_callback_enabled", () => l10n.t("shared OAuth callback")],
]);
