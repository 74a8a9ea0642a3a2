import { join } from "node:path";
import * as vscode from "vscode";
import type { AccountId } from "../model/client/account.ts";
import type { Connect } from "../model/client/client.ts";
import type { Reporter } from "../ui/report.ts";
import { Accounts } from "./accounts.ts";
import { watchApiRoot } from "./apiRootChange.ts";
import { Keeper } from "./keeper.ts";
import { watchOtherWindows } from "./otherWindows.ts";
import { Register } from "./register.ts";
import { Vault } from "./vault.ts";

/** What a connection is made with once, and then keeps. */
const NETWORK = [
  "http.proxy",
  "http.noProxy",
  "http.proxySupport",
  "http.proxyStrictSSL",
  "http.systemCertificates",
];

/**
 * The accounts with everything that keeps them, in step with the other windows.
 * @param isCutOff an account that the network keeps from being fetched: others have a connection
 *   that works, over which something may be under way
 */
export function createAccounts(
  context: vscode.ExtensionContext,
  connect: Connect,
  reporter: Reporter,
  isCutOff: (id: AccountId) => boolean,
): Accounts {
  const register = new Register(join(context.globalStorageUri.fsPath, "signIns"));
  const keeper = new Keeper(new Vault(context.secrets), register);
  const accounts = new Accounts(context, keeper, connect, reporter);
  context.subscriptions.push(
    accounts,
    watchOtherWindows(context.secrets, register, (id) => {
      // A look that fails is made up for by the next request, which looks too.
      accounts.look(id).catch(() => undefined);
    }),
    watchApiRoot(accounts, context.globalState, reporter),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (!NETWORK.some((key) => event.affectsConfiguration(key))) return;
      const what = vscode.l10n.t("The changed network settings aren't in use yet.");
      for (const { account } of accounts.stored) {
        if (isCutOff(account.id)) reporter.inBackground(what, accounts.reconnect(account.id));
      }
    }),
  );
  return accounts;
}
