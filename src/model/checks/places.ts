import type { CapabilityRef, OverrideKey } from "../edits/field.ts";
import { sectionOf } from "../server/capability.ts";

/** A problem without a property of its own is shown on the server's name. */
export const ON_NAME: readonly string[] = ["name"];

/** Where a tool or prompt, or one of its overridden fields, stands in the server's document. */
export function placeOf({ kind, name }: CapabilityRef, field?: OverrideKey): readonly string[] {
  return field === undefined ? [sectionOf(kind), name] : [sectionOf(kind), name, field];
}
