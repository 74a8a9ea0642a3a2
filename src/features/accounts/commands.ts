import * as vscode from "vscode";
import type { Account, AccountId } from "../../domain/account.ts";
import { escapeItem } from "../../editor/escape.ts";
import type { CommandArguments } from "../../target.ts";
import { type AccountsContext, showServers } from "./signIn.ts";

/** Signs out of the accounts of the rows, or of the only account. Asks when there are several. */
export async function signOut(app: AccountsContext, args: CommandArguments): Promise<void> {
  const ids = await accountsToLeave(app, args);
  for (const id of ids) {
    await app.accounts.remove(id);
  }
  if (ids.length > 0 && args.text === undefined) {
    await showServers();
  }
}

async function accountsToLeave(
  app: AccountsContext,
  { rows, text }: CommandArguments,
): Promise<readonly AccountId[]> {
  const accounts = [...app.store.state.accounts.values()].map(({ account }) => account);
  const given = (rows ?? []).flatMap((row) => (row.kind === "account" ? [row.accountId] : []));
  if (given.length > 0) {
    return [...new Set(given)];
  }
  const named = accountsNamed(accounts, text);
  if (named !== undefined) {
    return named;
  }
  if (accounts.length < 2) {
    return accounts.map(({ id }) => id);
  }
  // "All" isn't the first entry, so Enter alone doesn't sign out of all.
  const picked = await pickAccount(vscode.l10n.t("Sign out of which account?"), [
    ...entriesOf(accounts),
    allAccounts(),
  ]);
  return accountsNamed(accounts, picked) ?? [];
}

/** A script may give the id of an account, or "all". */
function accountsNamed(
  accounts: readonly Account[],
  named: string | undefined,
): readonly AccountId[] | undefined {
  const ids = accounts.map(({ id }) => id);
  if (named === "all") {
    return ids;
  }
  return named !== undefined && ids.includes(named) ? [named] : undefined;
}

export async function switchAccount(
  app: AccountsContext,
  { text }: CommandArguments,
): Promise<void> {
  const accounts = [...app.store.state.accounts.values()].map(({ account }) => account);
  const named = accountsNamed(accounts, text) === undefined ? undefined : text;
  const picked =
    named ??
    (await pickAccount(vscode.l10n.t("Show which account?"), [
      allAccounts(),
      ...entriesOf(accounts),
    ]));
  if (picked !== undefined) {
    app.shown.show(picked);
  }
}

interface AccountEntry extends vscode.QuickPickItem {
  readonly id: AccountId | "all";
}

function allAccounts(): AccountEntry {
  return { label: vscode.l10n.t("All Accounts"), id: "all" };
}

function entriesOf(accounts: readonly Account[]): readonly AccountEntry[] {
  return accounts.map(({ id, name }) => escapeItem({ label: name, description: id, id }));
}

async function pickAccount(
  title: string,
  entries: readonly AccountEntry[],
): Promise<AccountId | "all" | undefined> {
  const picked = await vscode.window.showQuickPick(entries, { title, matchOnDescription: true });
  return picked?.id;
}
