import { type Filtered, filterServer } from "../../model/filter.ts";
import type { Server } from "../../model/server/server.ts";
import { type AccountState, type State, shownAccounts } from "../../store/state.ts";
import type { Problems } from "../problems/problems.ts";

/** What the rows of the tree are a function of. */
export interface Screen {
  readonly state: State;
  readonly problems: Pick<Problems, "of">;
}

/** What the filter leaves of a server. */
export function filteredOf(
  { state, problems }: Screen,
  accountId: string,
  server: Server,
): Filtered {
  return filterServer(server, state.filter, problems.of({ accountId, serverId: server.id }));
}

/** The ids of an account's servers that have a row. */
export function visibleServers(screen: Screen, account: AccountState): readonly string[] {
  if (screen.state.filter.size === 0) return [...account.servers.keys()];
  return [...account.servers.values()]
    .map(({ server }) => server)
    .filter((server) => filteredOf(screen, account.account.id, server).isShown)
    .map(({ id }) => id);
}

/** The accounts that have a row, where accounts have rows; each with its servers' ids. */
export function visibleAccounts(
  screen: Screen,
): readonly { readonly account: AccountState; readonly serverIds: readonly string[] }[] {
  const accounts = shownAccounts(screen.state).map((account) => ({
    account,
    serverIds: visibleServers(screen, account),
  }));
  return screen.state.filter.size === 0
    ? accounts
    : accounts.filter(({ serverIds }) => serverIds.length > 0);
}
