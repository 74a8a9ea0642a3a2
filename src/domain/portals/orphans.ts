import type { CapabilityKind } from "../catalogue/capability.ts";
import type { Override } from "../catalogue/overrides.ts";
import { overridesOf } from "./fields.ts";
import type { MappedServer, Mapping } from "./portal.ts";

/**
 * The overrides of what the server no longer has. None before its first sync, when every override
 * would look orphaned.
 * @param server undefined where nothing is known of it
 */
export function orphanedOverrides(
  mapping: Mapping,
  kind: CapabilityKind,
  server: Pick<MappedServer, "tools" | "prompts"> | undefined,
): readonly Override[] {
  const overrides = overridesOf(mapping, kind);
  if (overrides.size === 0 || server === undefined || isUnsynced(server)) {
    return [];
  }
  const synced = kind === "tool" ? server.tools : server.prompts;
  const names = new Set(synced.map(({ name }) => name));
  return [...overrides.values()].filter(({ name }) => !names.has(name));
}

function isUnsynced({ tools, prompts }: Pick<MappedServer, "tools" | "prompts">): boolean {
  return tools.length + prompts.length === 0;
}
