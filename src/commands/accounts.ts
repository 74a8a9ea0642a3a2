import * as vscode from "vscode";
import {
  signIn as askSignIn,
  chooseSignIn,
  SIGN_IN_CHOICES,
  type SignInChoice,
} from "../account/signIn.ts";
import type { RowArguments } from "../contributions.ts";
import type { AccountId } from "../model/account.ts";
import { apiBaseUrl } from "../ui/settings.ts";
import type { App } from "./app.ts";

/** A script may name the way to sign in; else the person chooses. */
export async function signIn(app: App, { text }: RowArguments): Promise<void> {
  const choice = SIGN_IN_CHOICES.find((known) => known === text) ?? (await chooseSignIn());
  if (choice === undefined) return;
  if (choice === "demo") await app.accounts.openDemo();
  else await signInBy(app, choice);
}

async function signInBy(app: App, choice: Exclude<SignInChoice, "demo">): Promise<void> {
  try {
    const stored = await askSignIn(choice, { connect: app.connect, apiRoot: apiBaseUrl() });
    if (stored !== undefined) await app.accounts.add(stored);
  } catch (error) {
    void app.reporter.failed(vscode.l10n.t("You aren't signed in."), error);
  }
}

export function openDemo(app: App): Promise<void> {
  return app.accounts.openDemo();
}

/** One account is signed out at once, of several the person chooses. */
export async function signOut(app: App): Promise<void> {
  const accounts = [...app.store.state.accounts.values()].map(({ account }) => account);
  const [only, second] = accounts;
  if (only === undefined) return;
  const ids = second === undefined ? [only.id] : await chooseSignOut(accounts);
  for (const id of ids) await app.accounts.remove(id);
}

async function chooseSignOut(
  accounts: readonly { readonly id: AccountId; readonly name: string }[],
): Promise<readonly AccountId[]> {
  const picked = await vscode.window.showQuickPick(
    [
      { label: vscode.l10n.t("All Accounts"), ids: accounts.map(({ id }) => id) },
      ...accounts.map(({ id, name }) => ({ label: name, description: id, ids: [id] })),
    ],
    { title: vscode.l10n.t("Sign out of which account?"), matchOnDescription: true },
  );
  return picked?.ids ?? [];
}

export async function switchAccount(app: App): Promise<void> {
  const accounts = [...app.store.state.accounts.values()].map(({ account }) => account);
  const picked = await vscode.window.showQuickPick(
    [
      { label: vscode.l10n.t("All Accounts"), id: "all" },
      ...accounts.map(({ id, name }) => ({ label: name, description: id, id })),
    ],
    { title: vscode.l10n.t("Show which account?"), matchOnDescription: true },
  );
  if (picked !== undefined) app.store.show(picked.id);
}
