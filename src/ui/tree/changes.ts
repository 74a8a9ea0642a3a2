import type { Target } from "../../contributions.ts";
import { type AccountState, type State, shownAccounts } from "../../store/state.ts";

/**
 * The nodes to draw again, or "all" when rows came, went or moved. Firing what changed and no more
 * keeps the tree's scroll, selection and focus.
 */
export function changedNodes(before: State, after: State): readonly Target[] | "all" {
  if (before.filter !== after.filter) return "all";
  const one = shownAccounts(before);
  const other = shownAccounts(after);
  if (one.length !== other.length) return "all";
  const nodes: Target[] = [];
  for (const [index, account] of other.entries()) {
    const known = one[index];
    if (known?.account.id !== account.account.id) return "all";
    if (!sameKeys(known, account)) return "all";
    if (known.access !== account.access) return "all";
    if (other.length > 1 && known.load.kind !== account.load.kind) return "all";
    nodes.push(...changedServers(known, account));
  }
  return nodes;
}

function sameKeys(one: AccountState, other: AccountState): boolean {
  const ids = [...other.servers.keys()];
  return (
    one.servers.size === ids.length &&
    [...one.servers.keys()].every((id, index) => id === ids[index])
  );
}

function changedServers(before: AccountState, after: AccountState): readonly Target[] {
  if (before.servers === after.servers) return [];
  return [...after.servers]
    .filter(([id, server]) => before.servers.get(id) !== server)
    .map(([serverId]) => ({ kind: "server", accountId: after.account.id, serverId }));
}
