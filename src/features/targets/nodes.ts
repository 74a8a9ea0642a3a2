import { type Filtered, filterServer } from "../../domain/filter.ts";
import type { Server } from "../../domain/servers/server.ts";
import { type AccountState, findServer, type State, shownAccounts } from "../../engine/state.ts";
import type { CapabilityTarget, Target } from "../../manifest.ts";
import type { FindingsSnapshot } from "../app.ts";

/** Unique in the tree, and unchanged by renames. */
export function nodeId(node: Target): string {
  switch (node.kind) {
    case "account":
      return `account:${node.accountId}`;
    case "server":
      return `server:${node.accountId}/${node.serverId}`;
    case "group":
      return `${node.of}s:${node.accountId}/${node.serverId}`;
    case "tool":
    case "prompt":
      return `${node.kind}:${node.accountId}/${node.serverId}/${node.name}`;
  }
}

export function rootsOf(screen: TreeContext): readonly Target[] {
  const accounts = visibleAccounts(screen);
  if (shownAccounts(screen.state).length > 1) {
    return accounts.map(({ account }) => ({ kind: "account", accountId: account.account.id }));
  }
  return accounts.flatMap(({ account, serverIds }) => serverNodes(account.account.id, serverIds));
}

export function childrenOf(screen: TreeContext, node: Target): readonly Target[] {
  switch (node.kind) {
    case "account": {
      const account = screen.state.accounts.get(node.accountId);
      return account ? serverNodes(node.accountId, visibleServers(screen, account)) : [];
    }
    case "server":
      return groupNodes(screen, node);
    case "group":
      return capabilityNodes(screen, node);
    case "tool":
    case "prompt":
      return [];
  }
}

export function parentOf(state: State, node: Target): Target | undefined {
  const { accountId } = node;
  switch (node.kind) {
    case "account":
      return undefined;
    case "server":
      return shownAccounts(state).length > 1 ? { kind: "account", accountId } : undefined;
    case "group":
      return { kind: "server", accountId, serverId: node.serverId };
    case "tool":
    case "prompt":
      return { kind: "group", accountId, serverId: node.serverId, of: node.kind };
  }
}

/** False for a row that is gone or hidden by the filter. */
export function isVisible(screen: TreeContext, node: Target): boolean {
  const parent = parentOf(screen.state, node);
  const siblings = parent === undefined ? rootsOf(screen) : childrenOf(screen, parent);
  return siblings.some((sibling) => nodeId(sibling) === nodeId(node));
}

function serverNodes(accountId: string, serverIds: readonly string[]): readonly Target[] {
  return serverIds.map((serverId) => ({ kind: "server", accountId, serverId }));
}

function groupNodes(screen: TreeContext, node: Target & { kind: "server" }): readonly Target[] {
  const { accountId, serverId } = node;
  const found = filteredFor(screen, node);
  if (found === undefined) {
    return [];
  }
  return (["tool", "prompt"] as const)
    .filter((of) => (of === "tool" ? found.tools : found.prompts).length > 0)
    .map((of) => ({ kind: "group", accountId, serverId, of }));
}

function capabilityNodes(
  screen: TreeContext,
  node: Target & { kind: "group" },
): readonly CapabilityTarget[] {
  const { accountId, serverId, of } = node;
  const found = filteredFor(screen, node);
  if (found === undefined) {
    return [];
  }
  return (of === "tool" ? found.tools : found.prompts).map(({ name }) => ({
    kind: of,
    accountId,
    serverId,
    name,
  }));
}

function filteredFor(
  screen: TreeContext,
  { accountId, serverId }: Target & { kind: "server" | "group" },
): Filtered | undefined {
  const found = findServer(screen.state, accountId, serverId);
  return found && filteredOf(screen, accountId, found.optimistic);
}

/** The inputs of the tree's rows. */
export interface TreeContext {
  readonly state: State;
  readonly problems: FindingsSnapshot;
}

/** The part of a server that the filter shows. */
export function filteredOf(
  { state, problems }: TreeContext,
  accountId: string,
  server: Server,
): Filtered {
  return filterServer(server, state.filter, problems.of({ accountId, serverId: server.id }));
}

/** The ids of an account's servers that have a row. */
function visibleServers(screen: TreeContext, account: AccountState): readonly string[] {
  if (screen.state.filter.size === 0) {
    return [...account.collections.server.items.keys()];
  }
  return [...account.collections.server.items.values()]
    .map(({ optimistic }) => optimistic)
    .filter((server) => filteredOf(screen, account.account.id, server).isShown)
    .map(({ id }) => id);
}

/**
 * The accounts that have a row, or would have one if accounts had rows, each with its servers' ids.
 */
export function visibleAccounts(
  screen: TreeContext,
): readonly { readonly account: AccountState; readonly serverIds: readonly string[] }[] {
  const accounts = shownAccounts(screen.state).map((account) => ({
    account,
    serverIds: visibleServers(screen, account),
  }));
  return screen.state.filter.size === 0
    ? accounts
    : accounts.filter(({ serverIds }) => serverIds.length > 0);
}
