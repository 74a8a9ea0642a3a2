import * as l10n from "@vscode/l10n";
import type { CapabilityKind } from "../catalogue/capability.ts";
import type { Override } from "../catalogue/overrides.ts";
import type { Server } from "../servers/server.ts";

export interface CapabilityRef {
  readonly kind: CapabilityKind;
  readonly name: string;
}

export const SERVER_KEYS = [
  "name",
  "description",
  "secure_web_gateway",
  "is_shared_oauth_callback_enabled",
] as const;
export type ServerKey = (typeof SERVER_KEYS)[number];

export const OVERRIDE_KEYS = ["enabled", "alias", "description"] as const;
export type OverrideKey = (typeof OVERRIDE_KEYS)[number];

/** One thing of a server that an administrator may change, under the document's own names. */
export type Field =
  | { readonly of: undefined; readonly key: ServerKey }
  | { readonly of: CapabilityRef; readonly key: OverrideKey };

/** What stands in a field; null is nothing, which for `enabled` counts as true. */
export type Value = string | boolean | null;

/** The same text for the same field, to be the key of a Map. */
export function fieldId({ of, key }: Field): string {
  return of === undefined ? key : JSON.stringify([of.kind, of.name, key]);
}

/** Where the field stands in the server's document. */
export function fieldPath({ of, key }: Field): readonly string[] {
  if (of === undefined) {
    return [key];
  }
  return [of.kind === "tool" ? "tools" : "prompts", of.name, key];
}

export function valueAt(server: Server, field: Field): Value {
  if (field.of === undefined) {
    return serverValue(server, field.key);
  }
  return overrideValue(overrideOf(server, field.of), field.key);
}

export function sameValue({ of, key }: Field, one: Value, other: Value): boolean {
  return of !== undefined && key === "enabled" ? (one ?? true) === (other ?? true) : one === other;
}

function serverValue(server: Server, key: ServerKey): Value {
  switch (key) {
    case "name":
      return server.name;
    case "description":
      // The API has been seen to say "nothing" in three ways.
      return server.description === "" ? null : (server.description ?? null);
    case "secure_web_gateway":
      return server.secureWebGateway ?? null;
    case "is_shared_oauth_callback_enabled":
      return server.isSharedOauthCallbackEnabled ?? null;
  }
}

function overrideOf(server: Server, { kind, name }: CapabilityRef): Override | undefined {
  return (kind === "tool" ? server.toolOverrides : server.promptOverrides).get(name);
}

function overrideValue(override: Override | undefined, key: OverrideKey): Value {
  return override?.[key] ?? null;
}

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
  if (value === null && key !== "enabled") {
    return l10n.t("nothing");
  }
  return (value ?? true) ? l10n.t("on") : l10n.t("off");
}

/** A field of the API as people know it: `updated_tools.3.alias` is the alias of a tool: nobody counts them. */
export function wireFieldInWords(field: string): string {
  const entry = /^updated_(tool|prompt)s\.\d+(?:\.(.+))?$/.exec(field);
  if (entry === null) {
    return plainFieldInWords(field);
  }
  const [, kind, inner] = entry;
  const owner = kind === "tool" ? l10n.t("a tool") : l10n.t("a prompt");
  return inner === undefined ? owner : fieldOf(plainFieldInWords(inner), owner);
}

/** "alias of search". */
function fieldOf(field: string, owner: string): string {
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
