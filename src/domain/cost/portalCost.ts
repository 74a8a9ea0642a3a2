import { memoize } from "../../base/memo.ts";
import { catalogueOf, type Exposing } from "../catalogue/serverCatalogue.ts";
import { isOn } from "../portals/exposedTools.ts";
import { type MappedCapability, mappedCapability } from "../portals/exposure.ts";
import type { Mapping, Portal } from "../portals/portal.ts";
import { type Cost, costOf, costOfTool, NO_COST, sumOf, type TokenCounts } from "./sums.ts";

/** A portal's cost, and that of each of its mappings, by server id. */
export interface PortalCost {
  readonly total: Cost;
  readonly byServer: ReadonlyMap<string, Cost>;
}

/**
 * @param costIn what a mapping costs; undefined for a server of which nothing is known
 */
export function costOfPortal(
  { mappings }: Portal,
  costIn: (mapping: Mapping) => Cost | undefined,
): PortalCost {
  const byServer = new Map(
    [...mappings.values()].map((mapping) => [mapping.serverId, costIn(mapping) ?? NO_COST]),
  );
  return { total: [...byServer.values()].reduce(sumOf, NO_COST), byServer };
}

/**
 * What a portal exposes of one server. Keeps little: the checks look at every portal of an account,
 * most of which nobody opens, and nearly all of their tools are as the server has them.
 */
export function costOfMapping(mapping: Mapping, server: Exposing, counts: TokenCounts): Cost {
  const own = ownToolsOf(mapping)(server);
  return costOf(
    catalogueOf(server)
      .tools.filter((shown) => isOn(mapping, shown))
      .map((shown) => counts.ofTool(own.get(shown.name) ?? shown)),
  );
}

/** A tool with a description of the portal's own. Costs are undefined while they aren't counted. */
export interface OwnToolCost {
  readonly serverId: string;
  readonly name: string;
  readonly tokens: number | undefined;
  /** The tokens of the tool as its server describes it. */
  readonly onServer: number | undefined;
}

/** The costs of the tools that are on and that the portal describes itself. */
export function costsOfOwnTools(
  { mappings }: Portal,
  serverOf: (mapping: Mapping) => Exposing | undefined,
  counts: TokenCounts,
): readonly OwnToolCost[] {
  return [...mappings.values()].flatMap((mapping) => {
    const server = mapping.toolOverrides.size === 0 ? undefined : serverOf(mapping);
    const own = server === undefined ? [] : [...ownToolsOf(mapping)(server).values()];
    return own
      .filter(
        ({ enabled, description, onServer }) => enabled && description !== onServer.description,
      )
      .map((shown) => ({
        serverId: mapping.serverId,
        name: shown.name,
        tokens: costOfTool(shown, counts),
        onServer: costOfTool(shown.onServer, counts),
      }));
  });
}

/** The tools that a mapping gives another name or description. */
const ownToolsOf = memoize((mapping: Mapping) =>
  memoize((server: Exposing): ReadonlyMap<string, MappedCapability> => {
    const catalogue = catalogueOf(server);
    const own = [...mapping.toolOverrides.values()].filter(
      ({ alias, description }) => alias !== undefined || description !== undefined,
    );
    return new Map(
      own.flatMap(({ name }) => {
        const shown = catalogue.find("tool", name);
        return shown === undefined ? [] : [[name, mappedCapability(mapping, server, shown)]];
      }),
    );
  }),
);
