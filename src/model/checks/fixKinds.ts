import type { FixKind } from "./fix.ts";

const NAME: readonly FixKind[] = ["setAlias", "removeAlias", "disable"];
const TEXT: readonly FixKind[] = ["resetDescription", "disable"];
const HIDDEN: readonly FixKind[] = ["stripHidden", "setAlias", "resetDescription", "disable"];

/** By rule; what isn't here has no fix but to be ignored, or another command's help. */
const KINDS: ReadonlyMap<string, readonly FixKind[]> = new Map<string, readonly FixKind[]>([
  ["name/alias-format", NAME],
  // It stays a duplicate while the tool is disabled.
  ["name/alias-duplicate", ["setAlias", "removeAlias"]],
  ["name/spec-characters", NAME],
  ["name/over-64", NAME],
  ["name/client-characters", NAME],
  ["name/vscode-truncation", NAME],
  ["name/cursor-60", NAME],
  ["name/claude-code-64", NAME],
  ["name/code-mode-collision", NAME],
  ["description/missing", TEXT],
  ["description/over-1024", TEXT],
  ["schema/invalid", ["disable"]],
  ["security/hidden-characters", HIDDEN],
  ["security/control-characters", HIDDEN],
  ["security/instruction-override", TEXT],
  ["security/concealment", TEXT],
  ["security/exfiltration", TEXT],
  ["security/cross-reference", TEXT],
  ["security/encoded-payload", TEXT],
  ["security/embedded-secret", TEXT],
  ["security/annotation-changed", ["disable"]],
  ["config/orphan-override", ["removeOverride"]],
  ["config/sse-with-gateway", ["gatewayOff"]],
  ["config/nothing-enabled", ["enableAll"]],
]);

export function fixKindsOf(rule: string): readonly FixKind[] {
  return KINDS.get(rule) ?? [];
}
