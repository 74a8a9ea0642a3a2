import type { Account, Credential } from "../model/client/account.ts";
import { askPart, BACK, type Back, type Step } from "../ui/forms/steps.ts";
import { keySteps } from "./askKey.ts";
import { checkEnvironment, environmentAccountStep, tokenStep } from "./askToken.ts";
import { type Checked, type Found, type SignInContext, withConnection } from "./checkCredential.ts";
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

type Key = "token" | "email" | "key" | "accountId" | "account";

/**
 * Asks for a credential, checks it, and asks for the account. Undefined when it was dismissed.
 * @param back leads to what was asked before: how to sign in
 */
export async function signIn(
  choice: SignInWay,
  context: SignInContext,
  back: Back,
): Promise<SignIn | typeof BACK | undefined> {
  let checked = choice === "environment" ? await checkEnvironment(context) : undefined;
  const steps = credentialSteps(choice, context, (found) => {
    checked = found;
  });
  return askPart<Key, SignIn>(
    [...steps, accountStep(context, () => checked)],
    { at: undefined, back },
    new Map(),
  );
}

/** None for the environment's token, which is asked of nobody. */
function credentialSteps(
  choice: SignInWay,
  context: SignInContext,
  found: Found,
): readonly Step<Key>[] {
  switch (choice) {
    case "token":
      return [tokenStep(context, found)];
    case "environment":
      return [];
    case "environmentAccount":
      return [environmentAccountStep(context, found)];
    case "key":
      return keySteps(context, found);
  }
}

function accountStep(
  context: SignInContext,
  checkedNow: () => Checked | undefined,
): Step<Key, SignIn> {
  return {
    key: "account",
    async ask({ back }) {
      const checked = checkedNow();
      if (checked === undefined) return undefined;
      const { credential, accounts } = checked;
      const account = await withConnection(context, credential, (connection) =>
        chooseAccount(connection, accounts, back),
      );
      if (account === undefined || account === BACK) return account;
      return { end: { account, apiRoot: context.apiRoot, credential } };
    },
  };
}
