import type { FieldValue, Value } from "../changes/change.ts";
import { type CapabilityRef, OVERRIDE_KEYS } from "../servers/fields.ts";
import {
  MAPPING_KEYS,
  type MappingKey,
  mappedCapabilityField,
  mappingField,
  overridesOf,
} from "./fields.ts";
import type { Mapping } from "./portal.ts";

/** The values that give a portal a server as another portal has it. */
export function copied(mapping: Mapping): readonly FieldValue[] {
  return valuesOf(mapping, (value) => value);
}

/**
 * The values that take a server out of a portal. All that the portal has of it is named, so that an
 * undo brings it back.
 */
export function detached(mapping: Mapping): readonly FieldValue[] {
  return valuesOf(mapping, () => null);
}

/** Leaves out overrides of what is gone, which Cloudflare would refuse. */
function valuesOf(mapping: Mapping, to: (value: Value) => Value): readonly FieldValue[] {
  const { serverId, server } = mapping;
  const overrides = (kind: CapabilityRef["kind"]): readonly FieldValue[] => {
    const synced = kind === "tool" ? server?.tools : server?.prompts;
    const names = synced && new Set(synced.map(({ name }) => name));
    return [...overridesOf(mapping, kind).values()]
      .filter(({ name }) => names?.has(name) !== false)
      .flatMap((override) =>
        OVERRIDE_KEYS.flatMap((key) => {
          const value = override[key];
          const field = mappedCapabilityField(serverId, { kind, name: override.name }, key);
          return value === undefined ? [] : [{ field, to: to(value) }];
        }),
      );
  };
  const own = MAPPING_KEYS.map((key) => ({
    field: mappingField(serverId, key),
    to: to(switchOf(mapping, key)),
  }));
  return [...own, ...overrides("tool"), ...overrides("prompt")];
}

function switchOf({ defaultDisabled, onBehalf }: Mapping, key: MappingKey): boolean {
  switch (key) {
    case "mapped":
      return true;
    case "default_disabled":
      return defaultDisabled;
    case "on_behalf":
      return onBehalf;
  }
}
