import { sameJson } from "../../base/json.ts";
import type { Capability, CapabilityKind } from "../catalogue/capability.ts";
import type { Finding } from "../checks/finding.ts";
import type { Acceptance, Baseline, Catalogued, Definition, Definitions } from "./baseline.ts";
import { type Detail, detailsOf, IMPACTS, type Impact } from "./details.ts";
import { likelyRenames } from "./renames.ts";

interface Changed {
  readonly kind: CapabilityKind;
  /** The name that it has now, or had before it was gone. */
  readonly name: string;
  readonly impact: Impact;
  /** What the security checks find now and didn't find in what was accepted; see `withNewFindings`. */
  readonly findings: readonly Finding[];
}

/** How a capability differs from what was accepted. */
export type DefinitionChange = Changed &
  (
    | { readonly how: "added"; readonly after: Definition }
    | { readonly how: "removed"; readonly before: Definition }
    | {
        readonly how: "changed";
        readonly before: Definition;
        readonly after: Definition;
        readonly details: readonly Detail[];
      }
    | {
        readonly how: "renamed";
        readonly before: Definition;
        readonly after: Definition;
        readonly details: readonly Detail[];
        readonly previousName: string;
        /** How many of all words of both are in both, up to 1. */
        readonly alike: number;
      }
  );

const NONE: readonly DefinitionChange[] = [];
const NO_FINDINGS: readonly Finding[] = [];

/**
 * All differences between a server and its baseline, the worst first. None where it has nothing at
 * all although something was accepted, and failed: Cloudflare has no catalogue of it then.
 */
export function changesOf(
  baseline: Baseline,
  server: Catalogued & { readonly status: string },
): readonly DefinitionChange[] {
  const isEmpty = server.tools.length + server.prompts.length === 0;
  if (isEmpty && server.status !== "ready") {
    return NONE;
  }
  const changes = [
    ...changesIn("tool", baseline.tools, server.tools),
    ...changesIn("prompt", baseline.prompts, server.prompts),
  ];
  return changes.length === 0 ? NONE : changes.sort(byImpact);
}

function byImpact(one: DefinitionChange, other: DefinitionChange): number {
  return IMPACTS.indexOf(one.impact) - IMPACTS.indexOf(other.impact);
}

function changesIn(
  kind: CapabilityKind,
  accepted: Definitions,
  catalogue: readonly Capability[],
): readonly DefinitionChange[] {
  const added: Capability[] = [];
  const found: DefinitionChange[] = [];
  let known = 0;
  for (const capability of catalogue) {
    const before = accepted.get(capability.name);
    if (before === undefined) {
      added.push(capability);
      continue;
    }
    known += 1;
    if (!sameJson(before, capability.source)) {
      found.push(changedOne(kind, capability.name, before, capability.source));
    }
  }
  const removed = known === accepted.size ? [] : removedFrom(accepted, catalogue);
  return [...found, ...comeAndGone(kind, removed, added)];
}

function changedOne(
  kind: CapabilityKind,
  name: string,
  before: Definition,
  after: Definition,
): DefinitionChange {
  const details = detailsOf(kind, before, after);
  return {
    kind,
    name,
    how: "changed",
    before,
    after,
    details,
    impact: worstOf(details),
    findings: NO_FINDINGS,
  };
}

function worstOf(details: readonly Detail[]): Impact {
  return IMPACTS.find((impact) => details.some((each) => each.impact === impact)) ?? "text";
}

interface Named {
  readonly name: string;
  readonly definition: Definition;
}

function removedFrom(accepted: Definitions, catalogue: readonly Capability[]): readonly Named[] {
  const names = new Set(catalogue.map(({ name }) => name));
  return [...accepted]
    .filter(([name]) => !names.has(name))
    .map(([name, definition]) => ({ name, definition }));
}

function comeAndGone(
  kind: CapabilityKind,
  removed: readonly Named[],
  added: readonly Capability[],
): readonly DefinitionChange[] {
  const newOnes = added.map(({ name, source }) => ({ name, definition: source }));
  const renames = likelyRenames(kind, removed, newOnes);
  const byNewName = new Map(renames.map((rename) => [rename.to, rename]));
  const previous = new Set(renames.map(({ from }) => from));
  const definitions = new Map(removed.map(({ name, definition }) => [name, definition]));
  return [
    ...newOnes.map(({ name, definition: after }): DefinitionChange => {
      const rename = byNewName.get(name);
      const before = rename && definitions.get(rename.from);
      if (rename === undefined || before === undefined) {
        // Nobody has accepted anything of what it may do.
        return { kind, name, how: "added", after, impact: "widening", findings: NO_FINDINGS };
      }
      const details = detailsOf(kind, before, after);
      const worst = worstOf(details);
      return {
        kind,
        name,
        how: "renamed",
        before,
        after,
        details,
        previousName: rename.from,
        alike: rename.alike,
        // Callers of the old name fail.
        impact: worst === "widening" ? worst : "breaking",
        findings: NO_FINDINGS,
      };
    }),
    ...removed
      .filter(({ name }) => !previous.has(name))
      .map(
        ({ name, definition: before }): DefinitionChange => ({
          kind,
          name,
          how: "removed",
          before,
          impact: "breaking",
          findings: NO_FINDINGS,
        }),
      ),
  ];
}

/** What has to be accepted so that these changes aren't changes any more. */
export function acceptancesOf(changes: readonly DefinitionChange[]): readonly Acceptance[] {
  return changes.flatMap(acceptancesOfOne);
}

function acceptancesOfOne(change: DefinitionChange): readonly Acceptance[] {
  const { kind, name } = change;
  switch (change.how) {
    case "added":
    case "changed":
      return [{ kind, name, definition: change.after }];
    case "removed":
      return [{ kind, name, definition: undefined }];
    case "renamed":
      return [
        { kind, name: change.previousName, definition: undefined, renamedTo: name },
        { kind, name, definition: change.after },
      ];
  }
}
