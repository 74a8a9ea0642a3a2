import type { Account, Credential } from "../model/client/account.ts";
import { BACK, type Back } from "../ui/forms/steps.ts";
import { askKey } from "./askKey.ts";
import { askEnvironmentAccount, askToken, checkEnvironment } from "./askToken.ts";
import { type Asked, type SignInContext, withConnection } from "./checkCredential.ts";
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

/**
 * Asks for a credential, checks it, and asks for the account. Undefined when it was dismissed.
 * @param back leads to what was asked before: how to sign in
 */
export async function signIn(
  choice: SignInWay,
  context: SignInContext,
  back: Back,
): Promise<SignIn | typeof BACK | undefined> {
  for (;;) {
    const checked = await check(choice, context, back);
    if (checked === undefined || checked === BACK) return checked;
    const { credential, accounts } = checked;
    // The environment's token was asked of nobody.
    const isOfEnvironment = choice === "environment";
    const account = await withConnection(context, credential, (connection) =>
      chooseAccount(connection, accounts, isOfEnvironment ? back : BACK),
    );
    if (account === BACK && !isOfEnvironment) continue;
    if (account === undefined || account === BACK) return account;
    return { account, apiRoot: context.apiRoot, credential };
  }
}

function check(choice: SignInWay, context: SignInContext, back: Back): Asked {
  switch (choice) {
    case "token":
      return askToken(context, back);
    case "environment":
      return checkEnvironment(context);
    case "environmentAccount":
      return askEnvironmentAccount(context, back);
    case "key":
      return askKey(context, back);
  }
}
