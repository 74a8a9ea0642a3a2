import * as vscode from "vscode";
import type { Account } from "../model/client/account.ts";
import type { Connection } from "../model/client/client.ts";
import { checkedInput } from "../ui/forms/checkedInput.ts";
import { checkedPick } from "../ui/forms/checkedPick.ts";
import type { BACK, Back } from "../ui/forms/steps.ts";
import { inertEntry } from "../ui/inert.ts";
import { accountIdFromEnvironment } from "./environment.ts";
import { explainSignIn } from "./tokenWords.ts";
import { verifyAccess } from "./verify.ts";

/** One account is taken without asking; of several the person picks; of none the id is asked for. */
export async function chooseAccount(
  connection: Connection,
  accounts: readonly Account[],
  back: Back,
): Promise<Account | typeof BACK | undefined> {
  const [only, second] = accounts;
  if (only === undefined) {
    return askAccountId(async (id) => {
      await verifyAccess(connection, id);
      return { id, name: id };
    }, back);
  }
  if (second === undefined) return only;
  type Item = vscode.QuickPickItem & { readonly account: Account };
  return checkedPick<Item, Account | typeof BACK>({
    title: vscode.l10n.t("Sign in to Cloudflare"),
    placeholder: vscode.l10n.t("Which account?"),
    back,
    items: accounts.map((account) =>
      inertEntry({ label: account.name, description: account.id, account }),
    ),
    accept: async ({ account }) => {
      await verifyAccess(connection, account.id);
      return account;
    },
    explain: explainSignIn,
  });
}

/** Asks for an account id until `accept` takes it. */
export function askAccountId<T>(
  accept: (id: string) => Promise<T>,
  back: Back,
): Promise<T | typeof BACK | undefined> {
  return checkedInput<T | typeof BACK>({
    title: vscode.l10n.t("Cloudflare account id"),
    back,
    prompt: vscode.l10n.t(
      "The id of the account: 32 hexadecimal digits, in the dashboard's address.",
    ),
    value: accountIdFromEnvironment() ?? "",
    validate: (text) =>
      isAccountId(text.trim())
        ? undefined
        : vscode.l10n.t("An account id is 32 hexadecimal digits."),
    accept: (text) => accept(text.trim().toLowerCase()),
    explain: explainSignIn,
  });
}

export function isAccountId(text: string): boolean {
  return /^[0-9a-f]{32}$/iu.test(text);
}
