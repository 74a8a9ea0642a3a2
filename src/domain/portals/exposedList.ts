import { hasSameItems, memoize } from "../../base/memo.ts";
import type { Exposing } from "../catalogue/serverCatalogue.ts";
import { type MappedCapability, mappedCatalogueOf } from "./exposure.ts";
import type { Mapping, Portal } from "./portal.ts";

/** What is known of a server; undefined where nothing is. */
type ServerOf = (serverId: string) => Exposing | undefined;

interface Known {
  readonly servers: readonly (Exposing | undefined)[];
  readonly list: readonly MappedCapability[];
}

const knownOf = memoize((_portal: Portal): { last?: Known } => ({}));

/**
 * Everything that a portal exposes, on or off: the tools and prompts of each mapping, in the order
 * of the portal. It is the same list while the portal and its servers are the same objects, so that
 * what is derived from it can be memoized by its identity.
 */
export function exposedList(portal: Portal, serverOf: ServerOf): readonly MappedCapability[] {
  const mappings = [...portal.mappings.values()];
  const servers = mappings.map(({ serverId, server }) => serverOf(serverId) ?? server);
  const known = knownOf(portal);
  if (known.last !== undefined && hasSameItems(known.last.servers, servers)) {
    return known.last.list;
  }
  const list = mappings.flatMap((mapping, index) => exposedIn(mapping, servers[index]));
  known.last = { servers, list };
  return list;
}

function exposedIn(mapping: Mapping, server: Exposing | undefined): readonly MappedCapability[] {
  if (server === undefined) {
    return [];
  }
  const { tools, prompts } = mappedCatalogueOf(mapping, server);
  return [...tools, ...prompts];
}
