import type { Account, Credential } from "../model/account.ts";
import { askKey } from "./askKey.ts";
import { askToken, checkEnvironment } from "./askToken.ts";
import { type Checked, type SignInContext, withConnection } from "./checkCredential.ts";
import { chooseAccount } from "./chooseAccount.ts";
import type { SignInChoice } from "./rungs.ts";

/** A credential that works, and the account that it is to be used for. */
export interface SignIn {
  readonly account: Account;
  readonly apiRoot: string;
  readonly credential: Credential;
}

/** Asks for a credential, checks it, and asks for the account. Undefined when it was dismissed. */
export async function signIn(
  choice: Exclude<SignInChoice, "demo">,
  context: SignInContext,
): Promise<SignIn | undefined> {
  const checked = await check(choice, context);
  if (checked === undefined) return undefined;
  const { credential, accounts } = checked;
  const account = await withConnection(context, credential, (connection) =>
    chooseAccount(connection, accounts),
  );
  return account && { account, apiRoot: context.apiRoot, credential };
}

function check(
  choice: Exclude<SignInChoice, "demo">,
  context: SignInContext,
): Promise<Checked | undefined> {
  switch (choice) {
    case "token":
      return askToken(context);
    case "environment":
      return checkEnvironment(context);
    case "key":
      return askKey(context);
  }
}
