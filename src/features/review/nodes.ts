import type { DefinitionChange } from "../../domain/review/changes.ts";
import { shownAccounts } from "../../engine/state.ts";
import type { CapabilityTarget, ServerAddress, ServerTarget, Target } from "../../target.ts";
import type { TreeContext } from "../targets/index.ts";

/** A row of the Review view. A changed tool or prompt is the same row as on its server. */
export type ReviewTarget =
  | { readonly kind: "account"; readonly accountId: string }
  | ServerTarget
  | CapabilityTarget;

export function reviewRootsOf(context: TreeContext): readonly ReviewTarget[] {
  const accounts = shownAccounts(context.state).map(({ account }) => account.id);
  const servers = new Map(accounts.map((id) => [id, serversIn(context, id)]));
  return accounts.length > 1
    ? accounts
        .filter((accountId) => (servers.get(accountId) ?? []).length > 0)
        .map((accountId) => ({ kind: "account", accountId }))
    : [...servers.values()].flat();
}

export function reviewChildrenOf(
  context: TreeContext,
  node: ReviewTarget,
): readonly ReviewTarget[] {
  switch (node.kind) {
    case "account":
      return serversIn(context, node.accountId);
    case "server":
      return context.review.of(node).map((change) => rowOfChange(node, change));
    case "tool":
    case "prompt":
      return [];
  }
}

export function reviewParentOf(
  { state }: TreeContext,
  node: ReviewTarget,
): ReviewTarget | undefined {
  const { accountId } = node;
  switch (node.kind) {
    case "account":
      return undefined;
    case "server":
      return shownAccounts(state).length > 1 ? { kind: "account", accountId } : undefined;
    case "tool":
    case "prompt":
      return { kind: "server", accountId, serverId: node.serverId };
  }
}

/** The servers of an account that have changed. */
function serversIn({ state, review }: TreeContext, accountId: string): readonly ServerTarget[] {
  const items = state.accounts.get(accountId)?.collections.server.items.keys() ?? [];
  return [...items]
    .map((serverId): ServerTarget => ({ kind: "server", accountId, serverId }))
    .filter((server) => review.of(server).length > 0);
}

export function rowOfChange(
  { accountId, serverId }: ServerAddress,
  { kind, name }: DefinitionChange,
): CapabilityTarget {
  return { kind, accountId, serverId, name };
}

/** The changes that a row stands for, by server. A row without changes stands for none. */
export function changesBelow(
  context: TreeContext,
  row: Target,
): readonly { readonly server: ServerTarget; readonly changes: readonly DefinitionChange[] }[] {
  if (row.kind === "account") {
    return serversIn(context, row.accountId).flatMap((server) => changesBelow(context, server));
  }
  const { accountId, serverId } = row;
  const changes = context.review
    .of(row)
    .filter(
      ({ kind, name }) =>
        row.kind === "server" ||
        (row.kind === "group" ? row.of === kind : row.kind === kind && row.name === name),
    );
  return changes.length === 0 ? [] : [{ server: { kind: "server", accountId, serverId }, changes }];
}

export function changeOf(
  { review }: Pick<TreeContext, "review">,
  { kind, accountId, serverId, name }: CapabilityTarget,
): DefinitionChange | undefined {
  return review
    .of({ accountId, serverId })
    .find((change) => change.kind === kind && change.name === name);
}
