import { isRecord } from "../../base/json.ts";
import { findMappedCatalogue, type State } from "../../engine/state.ts";
import type { MappedCapabilityTarget } from "../../target.ts";

type Source = Readonly<Record<string, unknown>>;

/** A tool's definition as last synced. */
export function sourceOf(state: State, target: MappedCapabilityTarget): Source | undefined {
  return findMappedCatalogue(state, target)?.find("tool", target.name)?.capability.source;
}

/**
 * True for a tool that says that it reads only, or destroys nothing. Without a word it may destroy.
 * Source: MCP specification, "ToolAnnotations".
 */
export function isMild(source: Source | undefined): boolean {
  const annotations = source?.["annotations"];
  return (
    isRecord(annotations) &&
    (annotations["readOnlyHint"] === true || annotations["destructiveHint"] === false)
  );
}
