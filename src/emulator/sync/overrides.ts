import type { Behaviours } from "../switches/behaviours.ts";
import { nameOf } from "../world/aliases.ts";
import type { OverrideEntry } from "../world/records.ts";

/** The overrides that survive a sync which brought these items. */
export function keepLiving(
  overrides: readonly OverrideEntry[],
  items: readonly unknown[],
  vanished: Behaviours["vanishedOverrides"],
): OverrideEntry[] {
  const names = new Set(items.map(nameOf));
  if (vanished === "keep" || overrides.every(({ name }) => names.has(name))) {
    return [...overrides];
  }
  if (vanished === "drop") {
    return overrides.filter(({ name }) => names.has(name));
  }
  return overrides.map((entry) => {
    if (names.has(entry.name)) {
      return entry;
    }
    const { alias: _alias, ...rest } = entry;
    return rest;
  });
}
