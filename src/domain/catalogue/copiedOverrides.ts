import type { FieldValue } from "../changes/change.ts";
import { copied } from "../portals/membership.ts";
import type { Mapping, Portal } from "../portals/portal.ts";
import { type CapabilityRef, overrideValues } from "../servers/fields.ts";
import type { Server } from "../servers/server.ts";

/**
 * The values that give a server the overrides of another one. Left out is what it has no tool or prompt
 * for; what it overrides by itself stays.
 */
export function overridesCopied(from: Server, to: Server): readonly FieldValue[] {
  const of = (kind: CapabilityRef["kind"]): readonly FieldValue[] => {
    const [overrides, present] =
      kind === "tool" ? [from.toolOverrides, to.tools] : [from.promptOverrides, to.prompts];
    const names = new Set(present.map(({ name }) => name));
    return [...overrides.values()]
      .filter(({ name }) => names.has(name))
      .flatMap(({ name, ...values }) => overrideValues({ kind, name }, values));
  };
  return [...of("tool"), ...of("prompt")];
}

/** Likewise what a portal has on its own layer, of the servers that both have. */
export function portalOverridesCopied(from: Portal, to: Portal): readonly FieldValue[] {
  return [...from.mappings.values()].flatMap((mapping) => mappingOverridesCopied(mapping, to));
}

/** Likewise of one server in a portal. */
export function mappingOverridesCopied(mapping: Mapping, to: Portal): readonly FieldValue[] {
  const target = to.mappings.get(mapping.serverId);
  if (target === undefined) {
    return [];
  }
  const { tools = [], prompts = [] } = target.server ?? {};
  const present = { tool: tools, prompt: prompts };
  return copied(mapping).filter(({ field: { of } }) => {
    if (of?.kind !== "tool" && of?.kind !== "prompt") {
      return false;
    }
    const known = present[of.kind];
    return target.server === undefined || known.some(({ name }) => name === of.name);
  });
}
