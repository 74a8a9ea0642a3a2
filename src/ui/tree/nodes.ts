import type { CapabilityTarget, Target } from "../../contributions.ts";
import { catalogueOf } from "../../model/catalogue.ts";
import { findServer, type State, shownAccounts } from "../../store/state.ts";

/** Unique across the tree and stable over renames. */
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

export function rootsOf(state: State): readonly Target[] {
  const accounts = shownAccounts(state);
  const [only] = accounts;
  if (only === undefined) return [];
  if (accounts.length === 1) return serverNodes(only.account.id, only.servers.keys());
  return accounts.map(({ account }) => ({ kind: "account", accountId: account.id }));
}

export function childrenOf(state: State, node: Target): readonly Target[] {
  switch (node.kind) {
    case "account":
      return serverNodes(node.accountId, state.accounts.get(node.accountId)?.servers.keys() ?? []);
    case "server":
      return groupNodes(state, node.accountId, node.serverId);
    case "group":
      return capabilityNodes(state, node);
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

function serverNodes(accountId: string, serverIds: Iterable<string>): readonly Target[] {
  return [...serverIds].map((serverId) => ({ kind: "server", accountId, serverId }));
}

function groupNodes(state: State, accountId: string, serverId: string): readonly Target[] {
  const found = findServer(state, accountId, serverId);
  if (found === undefined) return [];
  const { tools, prompts } = found.server;
  return (["tool", "prompt"] as const)
    .filter((of) => (of === "tool" ? tools : prompts).length > 0)
    .map((of) => ({ kind: "group", accountId, serverId, of }));
}

function capabilityNodes(
  state: State,
  { accountId, serverId, of }: Target & { readonly kind: "group" },
): readonly CapabilityTarget[] {
  const found = findServer(state, accountId, serverId);
  if (found === undefined) return [];
  const { tools, prompts } = catalogueOf(found.server);
  return (of === "tool" ? tools : prompts).map(({ name }) => ({
    kind: of,
    accountId,
    serverId,
    name,
  }));
}
