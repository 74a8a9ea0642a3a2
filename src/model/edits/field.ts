import type { CapabilityKind } from "../server/capability.ts";
import type { Override } from "../server/overrides.ts";
import type { Server } from "../server/server.ts";

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
  if (of === undefined) return [key];
  return [of.kind === "tool" ? "tools" : "prompts", of.name, key];
}

export function valueAt(server: Server, field: Field): Value {
  if (field.of === undefined) return serverValue(server, field.key);
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
