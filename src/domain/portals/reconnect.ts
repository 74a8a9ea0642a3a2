import type { CapabilityKind } from "../catalogue/capability.ts";
import type { Exposing } from "../catalogue/serverCatalogue.ts";
import { mappedCatalogueOf } from "./exposure.ts";
import type { Mapping } from "./portal.ts";

/** A server in a portal. */
export interface Mapped {
  readonly mapping: Mapping;
  readonly server: Exposing;
}

/** The name and the description under which a portal has a tool or prompt now. */
export interface ChangedText {
  readonly kind: CapabilityKind;
  readonly exposedName: string;
  readonly description: string | undefined;
}

/**
 * The tools and prompts that a portal has under another name or description than before. A client
 * that is connected keeps the old ones. What is off reaches nobody, and what comes or goes doesn't
 * count.
 */
export function changedTexts(before: Mapped, after: Mapped): readonly ChangedText[] {
  if (before.mapping === after.mapping && before.server === after.server) {
    return [];
  }
  const known = mappedCatalogueOf(before.mapping, before.server);
  const { tools, prompts } = mappedCatalogueOf(after.mapping, after.server);
  return [...tools, ...prompts]
    .filter(({ kind, name, enabled, exposedName, description }) => {
      const earlier = known.find(kind, name);
      return (
        enabled &&
        earlier !== undefined &&
        (earlier.exposedName !== exposedName || earlier.description !== description)
      );
    })
    .map(({ kind, exposedName, description }) => ({ kind, exposedName, description }));
}
