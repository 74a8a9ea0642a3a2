import { type MappedCatalogue, mappedCatalogueOf } from "../../domain/portals/exposure.ts";
import type { MappedServer, Mapping, Portal } from "../../domain/portals/portal.ts";
import type { Resource } from "../../domain/resources/resource.ts";
import type { Server } from "../../domain/servers/server.ts";
import { findServer, type State, shownAccounts } from "../../engine/state.ts";
import type { MappingAddress, PortalTarget } from "../../manifest.ts";

/** Unique across the tree and stable over renames. */
export function portalNodeId(node: PortalTarget): string {
  switch (node.kind) {
    case "account":
      return `account:${node.accountId}`;
    case "portal":
      return `portal:${node.accountId}/${node.portalId}`;
    case "mapping":
      return `mapping:${node.accountId}/${node.portalId}/${node.serverId}`;
    case "group":
      return `${node.of}s:${node.accountId}/${node.portalId}/${node.serverId}`;
    case "tool":
    case "prompt":
      return `${node.kind}:${node.accountId}/${node.portalId}/${node.serverId}/${node.name}`;
  }
}

export function portalRootsOf(state: State): readonly PortalTarget[] {
  const accounts = shownAccounts(state);
  return accounts.length > 1
    ? accounts.map(({ account }) => ({ kind: "account", accountId: account.id }))
    : accounts.flatMap(({ account }) => portalNodes(state, account.id));
}

export function portalChildrenOf(state: State, node: PortalTarget): readonly PortalTarget[] {
  switch (node.kind) {
    case "account":
      return portalNodes(state, node.accountId);
    case "portal":
      return mappingNodes(state, node);
    case "mapping":
      return groupNodes(state, node);
    case "group":
      return capabilityNodes(state, node);
    case "tool":
    case "prompt":
      return [];
  }
}

export function portalParentOf(state: State, node: PortalTarget): PortalTarget | undefined {
  const { accountId } = node;
  switch (node.kind) {
    case "account":
      return undefined;
    case "portal":
      return shownAccounts(state).length > 1 ? { kind: "account", accountId } : undefined;
    case "mapping":
      return { kind: "portal", accountId, portalId: node.portalId };
    case "group": {
      const { portalId, serverId } = node;
      return { kind: "mapping", accountId, portalId, serverId };
    }
    case "tool":
    case "prompt": {
      const { portalId, serverId } = node;
      return { kind: "group", accountId, portalId, serverId, of: node.kind };
    }
  }
}

/** An account's portals in display order. None for an account that is gone. */
export function portalsOf(state: State, accountId: string): ReadonlyMap<string, Resource<Portal>> {
  return state.accounts.get(accountId)?.collections.portal.items ?? NO_PORTALS;
}

const NO_PORTALS: ReadonlyMap<string, Resource<Portal>> = new Map();

export function findPortal(
  state: State,
  { accountId, portalId }: { readonly accountId: string; readonly portalId: string },
): Resource<Portal> | undefined {
  return portalsOf(state, accountId).get(portalId);
}

/** A mapping with its server. */
export interface FoundMapping {
  readonly mapping: Mapping;
  /** Undefined where neither the account's servers nor the portal's answer has told of it. */
  readonly server: Server | MappedServer | undefined;
}

export function findMapping(state: State, address: MappingAddress): FoundMapping | undefined {
  const mapping = findPortal(state, address)?.optimistic.mappings.get(address.serverId);
  if (mapping === undefined) {
    return undefined;
  }
  const known = findServer(state, address.accountId, address.serverId)?.optimistic;
  return { mapping, server: known ?? mapping.server };
}

export function catalogueIn(state: State, address: MappingAddress): MappedCatalogue | undefined {
  const found = findMapping(state, address);
  return found?.server && mappedCatalogueOf(found.mapping, found.server);
}

function portalNodes(state: State, accountId: string): readonly PortalTarget[] {
  return [...portalsOf(state, accountId).keys()].map((portalId) => ({
    kind: "portal",
    accountId,
    portalId,
  }));
}

function mappingNodes(
  state: State,
  node: PortalTarget & { kind: "portal" },
): readonly PortalTarget[] {
  const { accountId, portalId } = node;
  const portal = findPortal(state, node)?.optimistic;
  return [...(portal?.mappings.keys() ?? [])]
    .map((serverId) => ({ kind: "mapping" as const, accountId, portalId, serverId }))
    .map((mapping) => ({ mapping, name: mappingName(state, mapping) }))
    .sort((one, other) => one.name.localeCompare(other.name))
    .map(({ mapping }) => mapping);
}

/** The server's name; its id where nothing has told it. */
export function mappingName(state: State, address: MappingAddress): string {
  return findMapping(state, address)?.server?.name ?? address.serverId;
}

function groupNodes(
  state: State,
  { accountId, portalId, serverId }: MappingAddress,
): readonly PortalTarget[] {
  const catalogue = catalogueIn(state, { accountId, portalId, serverId });
  return (["tool", "prompt"] as const)
    .filter((of) => (of === "tool" ? catalogue?.tools : catalogue?.prompts)?.length)
    .map((of) => ({ kind: "group", accountId, portalId, serverId, of }));
}

function capabilityNodes(
  state: State,
  node: PortalTarget & { kind: "group" },
): readonly PortalTarget[] {
  const { accountId, portalId, serverId, of } = node;
  const catalogue = catalogueIn(state, node);
  return ((of === "tool" ? catalogue?.tools : catalogue?.prompts) ?? []).map(({ name }) => ({
    kind: of,
    accountId,
    portalId,
    serverId,
    name,
  }));
}
