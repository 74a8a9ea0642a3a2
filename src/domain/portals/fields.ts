import { type Layer, resolve } from "../catalogue/layers.ts";
import { changeOverrides, type Overrides, type OverrideValues } from "../catalogue/overrides.ts";
import type { Field, FieldAccess, FieldValue, PartRef, Value } from "../changes/change.ts";
import {
  type CapabilityRef,
  OVERRIDE_KEYS,
  type OverrideKey,
  overrideValue,
} from "../servers/fields.ts";
import type { Mapping, Portal } from "./portal.ts";

export const PORTAL_KEYS = [
  "name",
  "hostname",
  "description",
  "secure_web_gateway",
  "code_mode",
] as const;
export type PortalKey = (typeof PORTAL_KEYS)[number];

/** `mapped` says whether the portal has the server at all. */
export const MAPPING_KEYS = ["mapped", "default_disabled", "on_behalf"] as const;
export type MappingKey = (typeof MAPPING_KEYS)[number];

/** One value of a portal that an administrator may change, under the document's own names. */
export type PortalField =
  | { readonly part: "portal"; readonly key: PortalKey }
  | { readonly part: "mapping"; readonly serverId: string; readonly key: MappingKey }
  | {
      readonly part: "capability";
      readonly serverId: string;
      readonly of: CapabilityRef;
      readonly key: OverrideKey;
    };

const MAPPING = "mapping";

/** Undefined where this version doesn't know the field. */
export function portalField({ of, key }: Field): PortalField | undefined {
  if (of === undefined) {
    const known = PORTAL_KEYS.find((each) => each === key);
    return known && { part: "portal", key: known };
  }
  const { kind, name, within } = of;
  if (kind === MAPPING) {
    const known = MAPPING_KEYS.find((each) => each === key);
    return within === undefined && known
      ? { part: "mapping", serverId: name, key: known }
      : undefined;
  }
  const known = OVERRIDE_KEYS.find((each) => each === key);
  const isInMapping = within?.kind === MAPPING && within.within === undefined;
  if (known === undefined || !isInMapping || (kind !== "tool" && kind !== "prompt")) {
    return undefined;
  }
  return { part: "capability", serverId: within.name, of: { kind, name }, key: known };
}

export function mappingRef(serverId: string): PartRef {
  return { kind: MAPPING, name: serverId };
}

export function mappingField(serverId: string, key: MappingKey): Field {
  return { of: mappingRef(serverId), key };
}

export function mappedCapabilityField(
  serverId: string,
  { kind, name }: CapabilityRef,
  key: OverrideKey,
): Field {
  return { of: { kind, name, within: mappingRef(serverId) }, key };
}

/** How a portal's fields are read and set. */
export const PORTAL_FIELDS: FieldAccess<Portal> = {
  has: (field) => portalField(field) !== undefined,
  get: valueAt,
  set: withValues,
  same: (_field, one, other) => one === other,
};

function valueAt(portal: Portal, field: Field): Value {
  const known = portalField(field);
  switch (known?.part) {
    case undefined:
      return null;
    case "portal":
      return portalValue(portal, known.key);
    case "mapping":
      return mappingValue(portal.mappings.get(known.serverId), known.key);
    case "capability":
      return capabilityValue(portal.mappings.get(known.serverId), known.of, known.key);
  }
}

function portalValue(portal: Portal, key: PortalKey): Value {
  switch (key) {
    case "name":
      return portal.name;
    case "hostname":
      return portal.hostname;
    case "description":
      return portal.description === "" ? null : (portal.description ?? null);
    case "secure_web_gateway":
      return portal.secureWebGateway ?? null;
    case "code_mode":
      return portal.codeMode ?? null;
  }
}

function mappingValue(mapping: Mapping | undefined, key: MappingKey): Value {
  switch (key) {
    case "mapped":
      return mapping === undefined ? null : true;
    case "default_disabled":
      return mapping?.defaultDisabled ?? null;
    case "on_behalf":
      return mapping?.onBehalf ?? null;
  }
}

/** `enabled` is what holds in the mapping, also where only its default says it. */
function capabilityValue(
  mapping: Mapping | undefined,
  { kind, name }: CapabilityRef,
  key: OverrideKey,
): Value {
  if (mapping === undefined) {
    return null;
  }
  return key === "enabled"
    ? resolve({ kind, name }, [mappingLayer(mapping)]).enabled.value
    : (overridesOf(mapping, kind).get(name)?.[key] ?? null);
}

export function mappingLayer({ toolOverrides, promptOverrides, defaultDisabled }: Mapping): Layer {
  return {
    from: "portal",
    tools: toolOverrides,
    prompts: promptOverrides,
    isDisabledByDefault: defaultDisabled,
  };
}

export function overridesOf(
  { toolOverrides, promptOverrides }: Pick<Mapping, "toolOverrides" | "promptOverrides">,
  kind: CapabilityRef["kind"],
): Overrides {
  return kind === "tool" ? toolOverrides : promptOverrides;
}

/** The portal as it will be when these values are saved. */
function withValues(portal: Portal, values: readonly FieldValue[]): Portal {
  if (values.length === 0) {
    return portal;
  }
  const known = values.flatMap(({ field, to }) => {
    const read = portalField(field);
    return read === undefined ? [] : [{ ...read, to }];
  });
  const own = known.reduce(
    (seen, value) => (value.part === "portal" ? setOfPortal(seen, value.key, value.to) : seen),
    portal,
  );
  const parts = known.filter((value): value is MappingValue => value.part !== "portal");
  const mappings = setMappings(
    portal.mappings,
    Map.groupBy(parts, ({ serverId }) => serverId),
  );
  return mappings === own.mappings ? own : { ...own, mappings };
}

type MappingValue = Exclude<PortalField, { part: "portal" }> & { readonly to: Value };

function setOfPortal(portal: Portal, key: PortalKey, to: Value): Portal {
  switch (key) {
    case "name":
      return typeof to === "string" ? { ...portal, name: to } : portal;
    case "hostname":
      return typeof to === "string" ? { ...portal, hostname: to } : portal;
    case "description":
      return { ...portal, description: typeof to === "string" ? to : undefined };
    case "secure_web_gateway":
      return typeof to === "boolean" ? { ...portal, secureWebGateway: to } : portal;
    case "code_mode":
      return typeof to === "string" ? { ...portal, codeMode: to } : portal;
  }
}

/** The same map when nothing changes. */
function setMappings(
  before: Portal["mappings"],
  values: ReadonlyMap<string, readonly MappingValue[]>,
): Portal["mappings"] {
  const after = new Map(before);
  for (const [serverId, group] of values) {
    const mapping = setMapping(serverId, before.get(serverId), group);
    if (mapping === undefined) {
      after.delete(serverId);
    } else {
      after.set(serverId, mapping);
    }
  }
  const isSame =
    after.size === before.size && [...after].every(([id, each]) => before.get(id) === each);
  return isSame ? before : after;
}

/** As Cloudflare adds a server whose switches aren't told. */
export function newMapping(serverId: string): Mapping {
  return {
    serverId,
    defaultDisabled: false,
    onBehalf: true,
    toolOverrides: new Map(),
    promptOverrides: new Map(),
    server: undefined,
    others: {},
  };
}

/** Undefined for a server that the portal doesn't have, or has no longer. */
function setMapping(
  serverId: string,
  before: Mapping | undefined,
  values: readonly MappingValue[],
): Mapping | undefined {
  const switchTo = (key: MappingKey): Value | undefined =>
    values.findLast((value) => value.part === "mapping" && value.key === key)?.to;
  const mapped = switchTo("mapped");
  if (mapped === null || (before === undefined && mapped !== true)) {
    return undefined;
  }
  const mapping = before ?? newMapping(serverId);
  const defaultDisabled = switchTo("default_disabled");
  const onBehalf = switchTo("on_behalf");
  const switched = withDefault(
    typeof onBehalf === "boolean" && onBehalf !== mapping.onBehalf
      ? { ...mapping, onBehalf }
      : mapping,
    typeof defaultDisabled === "boolean" ? defaultDisabled : mapping.defaultDisabled,
  );
  const toolOverrides = setOverrides(switched.toolOverrides, values, "tool");
  const promptOverrides = setOverrides(switched.promptOverrides, values, "prompt");
  const isSame =
    toolOverrides === switched.toolOverrides && promptOverrides === switched.promptOverrides;
  return isSame ? switched : { ...switched, toolOverrides, promptOverrides };
}

/**
 * The default decides of what is synced later. So what is synced now gets an override with the state
 * that it has, in the same write.
 */
function withDefault(mapping: Mapping, defaultDisabled: boolean): Mapping {
  if (defaultDisabled === mapping.defaultDisabled) {
    return mapping;
  }
  const enabled = !mapping.defaultDisabled;
  const stated = (overrides: Overrides, synced: readonly { readonly name: string }[] = []) =>
    changeOverrides(
      overrides,
      synced
        .filter(({ name }) => overrides.get(name)?.enabled === undefined)
        .map(({ name }) => ({ name, values: { enabled } })),
    );
  return {
    ...mapping,
    defaultDisabled,
    toolOverrides: stated(mapping.toolOverrides, mapping.server?.tools),
    promptOverrides: stated(mapping.promptOverrides, mapping.server?.prompts),
  };
}

function setOverrides(
  overrides: Overrides,
  values: readonly MappingValue[],
  kind: CapabilityRef["kind"],
): Overrides {
  const changes = values.flatMap((value) =>
    value.part === "capability" && value.of.kind === kind
      ? [{ name: value.of.name, values: overrideValue(value.key, value.to) }]
      : [],
  );
  return changeOverrides(overrides, changes);
}

/** The values that a tool or prompt is to get in a portal: a key that is left out stays as it is. */
export function mappedOverrideValues(
  serverId: string,
  of: CapabilityRef,
  values: OverrideValues,
): readonly FieldValue[] {
  return OVERRIDE_KEYS.flatMap((key) => {
    const to = values[key];
    return to === undefined ? [] : [{ field: mappedCapabilityField(serverId, of, key), to }];
  });
}
