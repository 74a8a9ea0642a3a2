import type { Capability, CapabilityKind } from "../catalogue/capability.ts";
import { checkServer } from "../checks/checkServer.ts";
import type { Finding } from "../checks/finding.ts";
import type { FindingFilter } from "../checks/settings.ts";
import type { Server } from "../servers/server.ts";
import type { Definition } from "./baseline.ts";
import type { DefinitionChange } from "./changes.ts";

const FAMILY = "security/";

/**
 * The changes with what the security checks find in the changed definitions and didn't find in the
 * accepted ones; those first in which they find anything. Overrides don't count: a tool that was
 * turned off has to be reviewed too.
 */
export function withNewFindings(
  server: Server,
  changes: readonly DefinitionChange[],
  filter: FindingFilter,
): readonly DefinitionChange[] {
  const before = findingsIn(server, changes, "before");
  const after = findingsIn(server, changes, "after");
  const found = changes.map((change) => {
    const name = change.how === "renamed" ? change.previousName : change.name;
    const known = new Set(before.get(keyOf(change.kind, name))?.map(textOf));
    const findings = (after.get(keyOf(change.kind, change.name)) ?? [])
      .filter((finding) => !known.has(textOf(finding)))
      .flatMap((finding) => filter.pass({ server: server.id, finding }, undefined) ?? []);
    return findings.length === 0 ? change : { ...change, findings };
  });
  // The order among those with findings, and among the others, stays.
  return [
    ...found.filter(({ findings }) => findings.length > 0),
    ...found.filter(({ findings }) => findings.length === 0),
  ];
}

function findingsIn(
  server: Server,
  changes: readonly DefinitionChange[],
  side: "before" | "after",
): ReadonlyMap<string, readonly Finding[]> {
  const on = (kind: CapabilityKind): readonly Capability[] =>
    changes.filter((change) => change.kind === kind).flatMap((change) => sideOf(change, side));
  const checked = checkServer({
    ...server,
    tools: on("tool"),
    prompts: on("prompt"),
    toolOverrides: new Map(),
    promptOverrides: new Map(),
  });
  const found = checked.findings
    .map(({ finding }) => finding)
    .filter(({ rule }) => rule.startsWith(FAMILY));
  return Map.groupBy(found, ({ subject }) => (subject ? keyOf(subject.kind, subject.name) : ""));
}

function sideOf(change: DefinitionChange, side: "before" | "after"): readonly Capability[] {
  const { kind, how } = change;
  if (side === "after") {
    return how === "removed" ? [] : [capabilityOf(kind, change.name, change.after)];
  }
  if (how === "added") {
    return [];
  }
  return [capabilityOf(kind, how === "renamed" ? change.previousName : change.name, change.before)];
}

function capabilityOf(kind: CapabilityKind, name: string, source: Definition): Capability {
  const { description } = source;
  return {
    kind,
    name,
    description: typeof description === "string" ? description : undefined,
    source,
  };
}

function keyOf(kind: CapabilityKind, name: string): string {
  return JSON.stringify([kind, name]);
}

function textOf({ rule, message }: Finding): string {
  return JSON.stringify([rule, message]);
}
