import { memoize } from "../../base/memo.ts";
import { byName } from "../../base/text.ts";
import { type Finding, findingsInMapping } from "../../domain/checks/finding.ts";
import { type Filtered, filterMapping } from "../../domain/filter.ts";
import type { MappedCapability } from "../../domain/portals/exposure.ts";
import {
  findMappedCatalogue,
  findMapping,
  findPortal,
  portalsOf,
  type State,
  shownAccounts,
} from "../../engine/state.ts";
import type { MappingAddress, MappingTarget, PortalAddress, PortalTarget } from "../../target.ts";
import type { FindingsSnapshot } from "../app.ts";
import type { TreeContext } from "./treeContext.ts";

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

export function portalRootsOf(context: TreeContext): readonly PortalTarget[] {
  const accounts = shownAccounts(context.state).map(({ account }) => account.id);
  if (accounts.length <= 1) {
    return accounts.flatMap((accountId) => portalNodes(context, accountId));
  }
  const roots = accounts.map((accountId) => ({ kind: "account" as const, accountId }));
  return context.state.filter.size === 0
    ? roots
    : roots.filter(({ accountId }) => portalNodes(context, accountId).length > 0);
}

export function portalChildrenOf(
  context: TreeContext,
  node: PortalTarget,
): readonly PortalTarget[] {
  switch (node.kind) {
    case "account":
      return portalNodes(context, node.accountId);
    case "portal":
      return mappingNodes(context, node);
    case "mapping":
      return groupNodes(context, node);
    case "group":
      return capabilityNodes(context, node);
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

/** False for a row that is gone or hidden by the filter. */
export function isPortalRowVisible(context: TreeContext, node: PortalTarget): boolean {
  const parent = portalParentOf(context.state, node);
  const siblings =
    parent === undefined ? portalRootsOf(context) : portalChildrenOf(context, parent);
  const id = portalNodeId(node);
  return (
    siblings.some((sibling) => portalNodeId(sibling) === id) &&
    (parent === undefined || isPortalRowVisible(context, parent))
  );
}

/** The part of a mapping that the filter shows; undefined while its server isn't known. */
export function filteredMapping(
  { state, findings }: TreeContext,
  address: MappingAddress,
): Filtered<MappedCapability> | undefined {
  const catalogue = findMappedCatalogue(state, address);
  return catalogue && filterMapping(catalogue, state.filter, problemsOf(findings, address));
}

/** What was found in the mapping, and of its server. */
function problemsOf(findings: FindingsSnapshot, address: MappingAddress): readonly Finding[] {
  const own = findingsInMapping(findings.ofPortal(address), address.serverId);
  const ofServer = findings.of(address);
  return own.length === 0 ? ofServer : joined(own)(ofServer);
}

/** Memoized, because the filter remembers its rows by the list of findings. */
const joined = memoize((own: readonly Finding[]) =>
  memoize((ofServer: readonly Finding[]) => [...own, ...ofServer]),
);

/** The portals of an account that have a row. */
export function portalNodes(
  context: TreeContext,
  accountId: string,
): readonly (PortalTarget & { kind: "portal" })[] {
  const portals = [...portalsOf(context.state, accountId).keys()].map((portalId) => ({
    kind: "portal" as const,
    accountId,
    portalId,
  }));
  return context.state.filter.size === 0
    ? portals
    : portals.filter(
        (portal) => hasOwnProblem(context, portal) || mappingNodes(context, portal).length > 0,
      );
}

/** True where the filter shows a portal for what is wrong with the portal itself. */
function hasOwnProblem({ state, findings }: TreeContext, portal: PortalAddress): boolean {
  return (
    state.filter.has("problems") &&
    findings
      .ofPortal(portal)
      .some(({ mapping, severity }) => mapping === undefined && severity !== "hint")
  );
}

/** The servers of a portal that have a row, sorted by name. */
export function mappingNodes(
  context: TreeContext,
  { accountId, portalId }: PortalTarget & { kind: "portal" },
): readonly MappingTarget[] {
  const { state } = context;
  const portal = findPortal(state, { accountId, portalId })?.optimistic;
  return [...(portal?.mappings.keys() ?? [])]
    .map((serverId) => ({ kind: "mapping" as const, accountId, portalId, serverId }))
    .filter((node) => state.filter.size === 0 || filteredMapping(context, node)?.isShown === true)
    .map((mapping) => ({ mapping, id: mapping.serverId, name: mappingName(state, mapping) }))
    .sort(byName)
    .map(({ mapping }) => mapping);
}

/** The server's name; its id where nothing has told it. */
export function mappingName(state: State, address: MappingAddress): string {
  return findMapping(state, address)?.server?.name ?? address.serverId;
}

function groupNodes(context: TreeContext, node: MappingTarget): readonly PortalTarget[] {
  const { accountId, portalId, serverId } = node;
  const found = filteredMapping(context, node);
  return (["tool", "prompt"] as const)
    .filter((of) => (of === "tool" ? found?.tools : found?.prompts)?.length)
    .map((of) => ({ kind: "group", accountId, portalId, serverId, of }));
}

function capabilityNodes(
  context: TreeContext,
  node: PortalTarget & { kind: "group" },
): readonly PortalTarget[] {
  const { accountId, portalId, serverId, of } = node;
  const found = filteredMapping(context, node);
  return ((of === "tool" ? found?.tools : found?.prompts) ?? []).map(({ name }) => ({
    kind: of,
    accountId,
    portalId,
    serverId,
    name,
  }));
}
