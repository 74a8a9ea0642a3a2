import * as vscode from "vscode";
import { findServer, shownAccounts } from "../../engine/state.ts";
import type { CommandArguments, ServerTarget } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { compareServers } from "../documents/index.ts";
import { pickServers, serverName, serverTargets } from "../targets/index.ts";

/**
 * Compares a server with another one, also of another account. The arrow of the diff carries a line
 * over to the server that the command was called on, and saving writes it. With two rows selected it
 * compares these.
 */
export async function compareWith(app: AppContext, args: CommandArguments): Promise<void> {
  const [server, second] = await serverTargets(app, args, {
    title: vscode.l10n.t("Compare which server?"),
    many: false,
  });
  const other = second ?? (server && (await askOther(app, server)));
  if (server !== undefined && other !== undefined) {
    const title = vscode.l10n.t("{0} ↔ {1}", inWords(app, other), inWords(app, server));
    await compareServers(other, server, title);
  }
}

async function askOther(app: AppContext, server: ServerTarget): Promise<ServerTarget | undefined> {
  const { state } = app.store;
  const own = findServer(state, server.accountId, server.serverId)?.optimistic;
  const [other] = await pickServers(
    app,
    shownAccounts(state).map(({ account }) => account.id),
    {
      title: vscode.l10n.t("Compare {0} with which server?", inWords(app, server)),
      many: false,
      applies: (each) => each !== own,
    },
  );
  return other;
}

/** With the account where several are on screen. */
function inWords(app: AppContext, { accountId, serverId }: ServerTarget): string {
  const { state } = app.store;
  const name = serverName(app, accountId, serverId);
  const account = state.accounts.get(accountId)?.account.name;
  return shownAccounts(state).length > 1 && account !== undefined ? `${name} (${account})` : name;
}
