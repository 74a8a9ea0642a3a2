import type { CapabilityKind } from "../catalogue/capability.ts";
import {
  changeOverrides,
  type Override,
  type Overrides,
  type OverrideValues,
} from "../catalogue/overrides.ts";
import { catalogueOf } from "../catalogue/serverCatalogue.ts";
import type { Field, FieldAccess, FieldChange, FieldValue, Value } from "../changes/change.ts";
import type { Server } from "./server.ts";

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

/** One value of a server that an administrator may change, with the keys of the document. */
export type ServerField =
  | { readonly of: undefined; readonly key: ServerKey }
  | { readonly of: CapabilityRef; readonly key: OverrideKey };

/** Returns undefined for a field that this version doesn't know. */
export function serverField({ of, key }: Field): ServerField | undefined {
  if (of === undefined) {
    const known = SERVER_KEYS.find((each) => each === key);
    return known && { of, key: known };
  }
  const known = OVERRIDE_KEYS.find((each) => each === key);
  const { kind, name, within } = of;
  if (known === undefined || within !== undefined || (kind !== "tool" && kind !== "prompt")) {
    return undefined;
  }
  return { of: { kind, name }, key: known };
}

/** Reads and sets a server's fields. */
export const SERVER_FIELDS: FieldAccess<Server> = {
  has: (field) => serverField(field) !== undefined,
  get: valueAt,
  set: withValues,
  same: sameValue,
};

function valueAt(server: Server, field: Field): Value {
  const known = serverField(field);
  if (known === undefined) {
    return null;
  }
  if (known.of === undefined) {
    return serverValue(server, known.key);
  }
  return overrideOf(server, known.of)?.[known.key] ?? null;
}

/** A capability without an override is enabled, so null equals true. */
export function sameValue({ of, key }: Field, one: Value, other: Value): boolean {
  return of !== undefined && key === "enabled" ? (one ?? true) === (other ?? true) : one === other;
}

function serverValue(server: Server, key: ServerKey): Value {
  switch (key) {
    case "name":
      return server.name;
    case "description":
      // The API has been seen to answer "", null and no key at all for an empty description.
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

/** New values for a tool or prompt. A key that is left out keeps its value. */
export function overrideValues(of: CapabilityRef, values: OverrideValues): readonly FieldValue[] {
  const { kind, name } = of;
  return OVERRIDE_KEYS.flatMap((key) => {
    const to = values[key];
    return to === undefined ? [] : [{ field: { of: { kind, name }, key }, to }];
  });
}

/** The server as it will be once these values are saved. */
export function withValues(server: Server, values: readonly FieldValue[]): Server {
  return values.length === 0
    ? server
    : {
        ...values.reduce(setOfServer, server),
        toolOverrides: setOverrides(server.toolOverrides, values, "tool"),
        promptOverrides: setOverrides(server.promptOverrides, values, "prompt"),
      };
}

function setOfServer(server: Server, { field, to }: FieldValue): Server {
  const known = serverField(field);
  if (known === undefined || known.of !== undefined) {
    return server;
  }
  switch (known.key) {
    case "name":
      return typeof to === "string" ? { ...server, name: to } : server;
    case "description":
      return { ...server, description: typeof to === "string" ? to : undefined };
    case "secure_web_gateway":
      return typeof to === "boolean" ? { ...server, secureWebGateway: to } : server;
    case "is_shared_oauth_callback_enabled":
      return typeof to === "boolean" ? { ...server, isSharedOauthCallbackEnabled: to } : server;
  }
}

function setOverrides(
  overrides: Overrides,
  values: readonly FieldValue[],
  kind: CapabilityKind,
): Overrides {
  const changes = values.flatMap(({ field, to }) => {
    const known = serverField(field);
    return known?.of?.kind === kind
      ? [{ name: known.of.name, values: overrideValue(known.key, to) }]
      : [];
  });
  return changeOverrides(overrides, changes);
}

/** What a field's value means for an override; nothing for a value of the wrong type. */
export function overrideValue(key: string, to: Value): OverrideValues {
  switch (key) {
    case "enabled":
      return typeof to === "string" ? {} : { enabled: to };
    case "alias":
    case "description":
      return typeof to === "boolean" ? {} : { [key]: to };
    default:
      return {};
  }
}

/** Drops changes that set a description to the upstream's own text, because that is no override. */
export function dropRedundant(
  changes: readonly FieldChange[],
  server: Server,
): readonly FieldChange[] {
  const catalogue = catalogueOf(server);
  return changes.flatMap((change) => {
    const { from, to } = change;
    const field = serverField(change.field);
    if (field?.of === undefined || field.key !== "description" || to === null) {
      return [change];
    }
    const { kind, name } = field.of;
    if (catalogue.find(kind, name)?.capability.description !== to) {
      return [change];
    }
    return from === null ? [] : [{ ...change, to: null }];
  });
}
