import { isRecord } from "../../model/record.ts";
import type { Capability, CapabilityKind } from "../../model/server/capability.ts";
import { wrongShape } from "./shape.ts";

const none: readonly Capability[] = Object.freeze([]);

/**
 * A synced catalogue. What has no name can't be shown or overridden and is passed over; of two with
 * one name the first counts. By hand, since an account has tens of thousands of these and a schema
 * library would copy each.
 */
export function readCatalogue(
  kind: CapabilityKind,
  items: unknown,
  subject: string,
  field: string,
): readonly Capability[] {
  if (items === null || items === undefined) {
    return none;
  }
  if (!Array.isArray(items)) {
    throw wrongShape(subject, field);
  }
  const seen = new Set<string>();
  const kept: Capability[] = [];
  for (const source of items as readonly unknown[]) {
    if (isRecord(source) && typeof source["name"] === "string" && !seen.has(source["name"])) {
      const { name, description } = source;
      seen.add(name);
      kept.push({
        kind,
        name,
        description: typeof description === "string" ? description : undefined,
        source,
      });
    }
  }
  return kept;
}
