import { type Filtered, filterServer } from "../../domain/filter.ts";
import type { Server } from "../../domain/servers/server.ts";
import { type AccountState, findServer, type State, shownAccounts } from "../../engine/state.ts";
import type { CapabilityTarget, Target } from "../../target.ts";
import type { TreeContext } from "./treeContext.ts";

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

export function rootsOf(context: TreeContext): readonly Target[] {
  const accounts = visibleAccounts(context);
  if (shownAccounts(context.state).length > 1) {
    return accounts.map(({ account }) => ({ kind: "account", accountId: account.account.id }));
  }
  return accounts.flatMap(({ account, serverIds }) => serverNodes(account.account.id, serverIds));
}

export function childrenOf(context: TreeContext, node: Target): readonly Target[] {
  switch (node.kind) {
    case "account": {
      const account = context.state.accounts.get(node.accountId);
      return account ? serverNodes(node.accountId, visibleServers(context, account)) : [];
    }
    case "server":
      return groupNodes(context, node);
    case "group":
      return capabilityNodes(context, node);
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
export function isVisible(context: TreeContext, node: Target): boolean {
  const parent = parentOf(context.state, node);
  const siblings = parent === undefined ? rootsOf(context) : childrenOf(context, parent);
  return siblings.some((sibling) => nodeId(sibling) === nodeId(node));
}

function serverNodes(accountId: string, serverIds: readonly string[]): readonly Target[] {
  return serverIds.map((serverId) => ({ kind: "server", accountId, serverId }));
}

function groupNodes(context: TreeContext, node: Target & { kind: "server" }): readonly Target[] {
  const { accountId, serverId } = node;
  const found = filteredFor(context, node);
  if (found === undefined) {
    return [];
  }
  return (["tool", "prompt"] as const)
    .filter((of) => (of === "tool" ? found.tools : found.prompts).length > 0)
    .map((of) => ({ kind: "group", accountId, serverId, of }));
}

function capabilityNodes(
  context: TreeContext,
  node: Target & { kind: "group" },
): readonly CapabilityTarget[] {
  const { accountId, serverId, of } = node;
  const found = filteredFor(context, node);
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
  context: TreeContext,
  { accountId, serverId }: Target & { kind: "server" | "group" },
): Filtered | undefined {
  const found = findServer(context.state, accountId, serverId);
  return found && filteredOf(context, accountId, found.optimistic);
}

/** The part of a server that the filter shows. */
export function filteredOf(
  { state, findings }: TreeContext,
  accountId: string,
  server: Server,
): Filtered {
  return filterServer(server, state.filter, findings.of({ accountId, serverId: server.id }));
}

/** The ids of an account's servers that have a row. */
function visibleServers(context: TreeContext, account: AccountState): readonly string[] {
  if (context.state.filter.size === 0) {
    return [...account.collections.server.items.keys()];
  }
  return [...account.collections.server.items.values()]
    .map(({ optimistic }) => optimistic)
    .filter((server) => filteredOf(context, account.account.id, server).isShown)
    .map(({ id }) => id);
}

/**
 * The accounts that have a row, or would have one if accounts had rows, each with its servers' ids.
 */
export function visibleAccounts(
  context: TreeContext,
): readonly { readonly account: AccountState; readonly serverIds: readonly string[] }[] {
  const accounts = shownAccounts(context.state).map((account) => ({
    account,
    serverIds: visibleServers(context, account),
  }));
  return context.state.filter.size === 0
    ? accounts
    : accounts.filter(({ serverIds }) => serverIds.length > 0);
}
