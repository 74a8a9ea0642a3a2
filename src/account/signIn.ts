import type { Account, Credential } from "../model/client/account.ts";
import { askKey } from "./askKey.ts";
import { askEnvironmentAccount, askToken, checkEnvironment } from "./askToken.ts";
import { type Checked, type SignInContext, withConnection } from "./checkCredential.ts";
import { chooseAccount } from "./chooseAccount.ts";
import type { SignInChoice } from "./rungs.ts";

/** A credential that works, and the account that it is to be used for. */
export interface SignIn {
  readonly account: Account;
  readonly apiRoot: string;
  readonly credential: Credential;
}

/** What a person can choose, and what is offered when the environment's token is no user's. */
export type SignInWay = Exclude<SignInChoice, "demo"> | "environmentAccount";

/** Asks for a credential, checks it, and asks for the account. Undefined when it was dismissed. */
export async function signIn(
  choice: SignInWay,
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

function check(choice: SignInWay, context: SignInContext): Promise<Checked | undefined> {
  switch (choice) {
    case "token":
      return askToken(context);
    case "environment":
      return checkEnvironment(context);
    case "environmentAccount":
      return askEnvironmentAccount(context);
    case "key":
      return askKey(context);
  }
}
