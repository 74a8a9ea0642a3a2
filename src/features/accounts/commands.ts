import * as vscode from "vscode";
import type { Account, AccountId } from "../../domain/account.ts";
import { isCancelled } from "../../domain/apiError.ts";
import type { Connect } from "../../domain/cloudflareClient.ts";
import { escapeItem } from "../../editor/escape.ts";
import { askForm } from "../../editor/multiStepInput.ts";
import { apiBaseUrl } from "../../editor/settings.ts";
import { COMMANDS, type CommandArguments, VIEWS } from "../../manifest.ts";
import type { AppContext } from "../app.ts";
import type { Accounts } from "./accounts.ts";
import type { StoredAccount } from "./credentialStore.ts";
import type { ShownAccount } from "./shownAccount.ts";
import { explainSignIn } from "./signInErrors.ts";
import {
  askSignIn,
  type CredentialSource,
  chooseSignIn,
  SIGN_IN_METHODS,
  type SignInMethod,
  signInAnswers,
} from "./signInForm.ts";
import { isRefusal } from "./verify.ts";

/** The context of the commands that sign in and out. */
export interface AccountsContext extends AppContext {
  readonly accounts: Accounts;
  readonly shown: ShownAccount;
  readonly connect: Connect;
}

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

export async function openDemo(app: AccountsContext): Promise<void> {
  const id = await app.accounts.openDemo();
  if (id === undefined) {
    return;
  }
  app.shown.added(id);
  await showServers();
}

/** Also moves the focus there: the button that had it is gone, and the tree shows what follows. */
async function showServers(): Promise<void> {
  await vscode.commands.executeCommand(`${VIEWS.servers}.focus`);
}

/**
 * A script may name the method; otherwise the user chooses. On an account's row it asks for another
 * credential of that account, at the account's own API root.
 */
export async function signIn(
  app: AccountsContext,
  { rows, text }: CommandArguments,
): Promise<void> {
  const [row] = rows ?? [];
  const again = row?.kind === "account" ? row.accountId : undefined;
  const stored = app.accounts.stored.find(({ account }) => account.id === again);
  const named = methodsFor(stored).find((known) => known === text);
  const outcome = await signInBy(app, stored, named);
  if (outcome === "demo") {
    return openDemo(app);
  }
  if (outcome === "signedIn" && text === undefined) {
    await showServers();
  }
}

function methodsFor(again: Again | undefined): readonly SignInMethod[] {
  return SIGN_IN_METHODS.filter((method) => again === undefined || method !== "demo");
}

/** An account that gets another credential. */
type Again = Pick<StoredAccount, "account" | "apiRoot">;

/** @param given the method, where the user isn't to choose it */
async function signInBy(
  app: AccountsContext,
  again: Again | undefined,
  given: CredentialSource | "demo" | undefined,
): Promise<"signedIn" | "demo" | undefined> {
  const known = again && { account: again.account, apiRoot: again.apiRoot };
  const answers = signInAnswers();
  try {
    const context = { connect: app.connect, apiRoot: apiBaseUrl(), ...known };
    const signed = await askForm(async (input) => {
      const source =
        given ??
        (await input.ask(answers.method, ({ value }) => chooseSignIn(methodsFor(again), value)));
      return source === "demo" ? source : askSignIn(source, context, input, answers);
    });
    if (signed === undefined || signed === "demo") {
      return signed;
    }
    const { account, credential, connection } = signed;
    await app.accounts.add(account, context.apiRoot, credential, connection);
    app.shown.added(account.id);
    return "signedIn";
  } catch (error) {
    if (!isCancelled(error)) {
      tellNotSignedIn(app, given ?? answers.method.value, again, error);
    }
    return undefined;
  }
}

function tellNotSignedIn(
  app: AccountsContext,
  source: CredentialSource | "demo" | undefined,
  again: Again | undefined,
  error: unknown,
): void {
  const what =
    again === undefined
      ? vscode.l10n.t("You aren't signed in.")
      : vscode.l10n.t("{0} keeps its credential.", again.account.name);
  const row = again && { kind: "account", accountId: again.account.id };
  void app.reporter.reportFailureWith(
    what,
    new Error(explainSignIn(error), { cause: error }),
    source === "environment" && isRefusal(error)
      ? {
          label: vscode.l10n.t("It's an Account Token…"),
          run: async () => {
            const outcome = await signInBy(app, again, "environmentAccount");
            if (outcome === "signedIn") {
              await showServers();
            }
          },
        }
      : {
          label: vscode.l10n.t("Sign In…"),
          run: () => vscode.commands.executeCommand(COMMANDS.signIn, row),
        },
  );
}
