import { memoize } from "../base/memo.ts";
import type { CapabilityKind } from "./catalogue/capability.ts";
import { catalogueOf, type ExposedCapability } from "./catalogue/serverCatalogue.ts";
import type { Finding } from "./checks/finding.ts";
import type { MappedCapability, MappedCatalogue } from "./portals/exposure.ts";
import type { Server } from "./servers/server.ts";

export const FILTERS = ["disabled", "overridden", "problems"] as const;
export type FilterKind = (typeof FILTERS)[number];

/** Shows rows of any of these kinds; an empty set shows all rows. */
export type Filter = ReadonlySet<FilterKind>;

export const NO_FILTER: Filter = new Set();

/** The rows of a server, or of a server in a portal, that a filter shows. */
export interface Filtered<Shown = ExposedCapability> {
  readonly tools: readonly Shown[];
  readonly prompts: readonly Shown[];
  /** The number of tools and prompts shown. */
  readonly count: number;
  /** False where the filter hides the server too. */
  readonly isShown: boolean;
}

const filteredOf = memoize((server: Server) =>
  memoize((filter: Filter) =>
    memoize((findings: readonly Finding[]) => makeFiltered(server, filter, findings)),
  ),
);

/**
 * Memoized until the server, its findings or the filter change, because every row asks for it.
 * Filtering 10,000 tools takes 1 ms, as often as there are rows.
 */
export function filterServer(
  server: Server,
  filter: Filter,
  findings: readonly Finding[],
): Filtered {
  return filteredOf(server)(filter)(findings);
}

const filteredMappingOf = memoize((catalogue: MappedCatalogue) =>
  memoize((filter: Filter) =>
    memoize((findings: readonly Finding[]) => filterCapabilities(catalogue, filter, findings)),
  ),
);

/** The same for a server in a portal, whose problems are the server's own. */
export function filterMapping(
  catalogue: MappedCatalogue,
  filter: Filter,
  findings: readonly Finding[],
): Filtered<MappedCapability> {
  return filteredMappingOf(catalogue)(filter)(findings);
}

function makeFiltered(server: Server, filter: Filter, findings: readonly Finding[]): Filtered {
  const shown = filterCapabilities(catalogueOf(server), filter, findings);
  const isFailing = filter.has("problems") && server.status === "error";
  return { ...shown, isShown: shown.isShown || isFailing };
}

interface Capabilities<Shown> {
  readonly tools: readonly Shown[];
  readonly prompts: readonly Shown[];
  readonly count: number;
}

function filterCapabilities<Shown extends ExposedCapability>(
  { tools, prompts, count }: Capabilities<Shown>,
  filter: Filter,
  findings: readonly Finding[],
): Filtered<Shown> {
  if (filter.size === 0) {
    return { tools, prompts, count, isShown: true };
  }
  // Hints don't appear in the Problems view either.
  const problems = filter.has("problems")
    ? findings.filter(({ severity }) => severity !== "hint")
    : [];
  const names = { tool: namesOf("tool", problems), prompt: namesOf("prompt", problems) };
  const isLeft = ({ kind, name, enabled, overridden }: ExposedCapability): boolean =>
    (filter.has("disabled") && !enabled) ||
    (filter.has("overridden") && overridden) ||
    names[kind].has(name);
  const shown = { tools: tools.filter(isLeft), prompts: prompts.filter(isLeft) };
  const shownCount = shown.tools.length + shown.prompts.length;
  return { ...shown, count: shownCount, isShown: shownCount + problems.length > 0 };
}

function namesOf(kind: CapabilityKind, findings: readonly Finding[]): ReadonlySet<string> {
  return new Set(findings.flatMap(({ subject }) => (subject?.kind === kind ? [subject.name] : [])));
}
