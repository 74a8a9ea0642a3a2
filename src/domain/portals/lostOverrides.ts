import type { OverrideValues } from "../catalogue/overrides.ts";
import { fieldId } from "../changes/change.ts";
import type { LostChanges } from "../changes/lost.ts";
import { type CapabilityRef, OVERRIDE_KEYS, overrideValue } from "../servers/fields.ts";
import { mappedCapabilityField, portalField } from "./fields.ts";
import { PORTAL } from "./portal.ts";

/** What a portal had of a tool or prompt, and lost with a write while that was gone. */
export interface LostOverride {
  readonly serverId: string;
  readonly of: CapabilityRef;
  readonly values: OverrideValues;
}

/** The lost overrides of each portal, the newest value of each field. */
export function lostByPortal(
  all: readonly LostChanges[],
): ReadonlyMap<string, readonly LostOverride[]> {
  const ofPortals = all.filter(({ kind }) => kind === PORTAL);
  return new Map(
    [...Map.groupBy(ofPortals, ({ id }) => id)].map(([id, writes]) => [id, overridesIn(writes)]),
  );
}

function overridesIn(writes: readonly LostChanges[]): readonly LostOverride[] {
  const found = new Map<string, LostOverride>();
  for (const { field, from } of writes.flatMap(({ changes }) => changes)) {
    const known = portalField(field);
    if (known?.part !== "capability") {
      continue;
    }
    const { serverId, of, key } = known;
    const id = JSON.stringify([serverId, of.kind, of.name]);
    const values = { ...found.get(id)?.values, ...overrideValue(key, from) };
    found.set(id, { serverId, of, values });
  }
  return [...found.values()];
}

/** The ids of the fields of one lost override. */
export function lostFieldIds(serverId: string, of: CapabilityRef): ReadonlySet<string> {
  return new Set(OVERRIDE_KEYS.map((key) => fieldId(mappedCapabilityField(serverId, of, key))));
}
