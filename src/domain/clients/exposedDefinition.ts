import { isRecord } from "../../base/json.ts";
import type { ExposedCapability } from "../catalogue/serverCatalogue.ts";
import type { ModelDefinition } from "./client.ts";

/** The definition as the portal exposes it, of which models read these three. */
export function exposedDefinition({
  exposedName,
  description,
  capability,
}: ExposedCapability): ModelDefinition {
  const inputSchema = capability.source["inputSchema"];
  return {
    name: exposedName,
    ...(description === undefined ? {} : { description }),
    ...(isRecord(inputSchema) ? { inputSchema } : {}),
  };
}
