import { memoize } from "../../base/memo.ts";
import {
  type Catalogue,
  catalogueOf,
  type ExposedCapability,
} from "../../domain/catalogue/serverCatalogue.ts";
import { exposedList } from "../../domain/portals/exposedList.ts";
import { mappedCatalogueOf } from "../../domain/portals/exposure.ts";
import type { Portal } from "../../domain/portals/portal.ts";
import { findMapping, findPortal, findServer, type State } from "../../engine/state.ts";
import type { ClientsSubject } from "../../pages/clients/protocol.ts";

/** A tool or prompt with the server that it comes from. */
export interface Offered {
  readonly shown: ExposedCapability;
  readonly serverId: string;
  readonly serverName: string;
}

/** Everything that a portal exposes, or a server by itself, on or off. */
export interface Exposure {
  readonly name: string;
  /** The same list while nothing of it has changed. */
  readonly list: readonly ExposedCapability[];
  /** Undefined for a server. */
  readonly portal: Portal | undefined;
  /** The same tools and prompts in the same order, each with its server. */
  offered(): readonly Offered[];
}

/** Undefined where the portal or server isn't known, or isn't known yet. */
export function findExposure(state: State, subject: ClientsSubject): Exposure | undefined {
  const { accountId } = subject;
  if ("serverId" in subject) {
    const server = findServer(state, accountId, subject.serverId)?.optimistic;
    if (server === undefined) {
      return undefined;
    }
    const list = listOf(catalogueOf(server));
    const { id: serverId, name } = server;
    const offered = () => list.map((shown) => ({ shown, serverId, serverName: "" }));
    return { name, list, portal: undefined, offered };
  }
  const portal = findPortal(state, subject)?.optimistic;
  if (portal === undefined) {
    return undefined;
  }
  const list = exposedList(portal, (id) => findServer(state, accountId, id)?.optimistic);
  return { name: portal.name, list, portal, offered: () => offeredIn(state, accountId, portal) };
}

const listOf = memoize(({ tools, prompts }: Catalogue): readonly ExposedCapability[] => [
  ...tools,
  ...prompts,
]);

function offeredIn(state: State, accountId: string, portal: Portal): readonly Offered[] {
  return [...portal.mappings.values()].flatMap((mapping) => {
    const { serverId } = mapping;
    const server = findMapping(state, { accountId, portalId: portal.id, serverId })?.server;
    if (server === undefined) {
      return [];
    }
    const { tools, prompts } = mappedCatalogueOf(mapping, server);
    return [...tools, ...prompts].map((shown) => ({ shown, serverId, serverName: server.name }));
  });
}

/** Identifies a tool or prompt in a table. */
export function rowId(serverId: string, { kind, name }: ExposedCapability): string {
  return JSON.stringify([serverId, kind, name]);
}
