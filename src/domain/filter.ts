import { memoize } from "../base/memo.ts";
import type { CapabilityKind } from "./catalogue/capability.ts";
import { catalogueOf, type ExposedCapability } from "./catalogue/layers.ts";
import type { Finding } from "./checks/finding.ts";
import type { Server } from "./servers/server.ts";

export const FILTERS = ["disabled", "overridden", "problems"] as const;
export type FilterKind = (typeof FILTERS)[number];

/** Shows rows of any of these kinds; an empty set shows all rows. */
export type Filter = ReadonlySet<FilterKind>;

export const NO_FILTER: Filter = new Set();

/** The rows of a server that a filter shows. */
export interface Filtered {
  readonly tools: readonly ExposedCapability[];
  readonly prompts: readonly ExposedCapability[];
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

function makeFiltered(server: Server, filter: Filter, findings: readonly Finding[]): Filtered {
  const { tools, prompts, count } = catalogueOf(server);
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
  const left = { tools: tools.filter(isLeft), prompts: prompts.filter(isLeft) };
  const leftCount = left.tools.length + left.prompts.length;
  const isFailing = filter.has("problems") && server.status === "error";
  return { ...left, count: leftCount, isShown: leftCount + problems.length > 0 || isFailing };
}

function namesOf(kind: CapabilityKind, findings: readonly Finding[]): ReadonlySet<string> {
  return new Set(findings.flatMap(({ subject }) => (subject?.kind === kind ? [subject.name] : [])));
}
