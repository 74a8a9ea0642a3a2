import * as vscode from "vscode";
import { VIEWS } from "../contributions.ts";
import { checkedInput } from "../ui/forms/checkedInput.ts";
import { type Answer, BACK, type Back, type Step } from "../ui/forms/steps.ts";
import {
  type Checked,
  checkCredential,
  type Found,
  type SignInContext,
} from "./checkCredential.ts";
import { askAccountId, isAccountId } from "./chooseAccount.ts";
import { credentialProblem } from "./credentialProblem.ts";
import { accountIdFromEnvironment, fromEnvironment } from "./environment.ts";
import { tokenPageButton } from "./tokenPage.ts";
import { explainSignIn } from "./tokenWords.ts";
import { isRefusal, verifyAccountToken, verifyToken } from "./verify.ts";

/** Asks for a token until Cloudflare takes one. */
export function tokenStep(context: SignInContext, found: Found): Step<"token"> {
  return {
    key: "token",
    async ask({ value = "", back }) {
      for (let token = value; ; ) {
        const answer = await askToken(context, found, back, token);
        if (answer === undefined || answer === BACK || !("ofAccount" in answer)) return answer;
        token = answer.ofAccount;
        const named = await askAccountOf(context, found, token, BACK);
        if (named !== BACK) return named && { text: token };
      }
    },
  };
}

/** A token that somebody knows to be an account's own. */
interface OfAccount {
  readonly ofAccount: string;
}

function askToken(
  context: SignInContext,
  found: Found,
  back: Back,
  value: string,
): Promise<Answer | OfAccount | undefined> {
  let token = value;
  const asAccountToken = {
    iconPath: new vscode.ThemeIcon("organization"),
    tooltip: vscode.l10n.t("It's an account token: enter the account id"),
    press: (): OfAccount | undefined => (token === "" ? undefined : { ofAccount: token }),
  };
  return checkedInput<Answer | OfAccount>({
    title: vscode.l10n.t("Sign in with an API token"),
    prompt: vscode.l10n.t(
      "Paste a token. It is checked with Cloudflare and kept in the system's secret storage.",
    ),
    value,
    password: true,
    back,
    buttons: [asAccountToken, tokenPageButton()],
    validate: (text) => {
      token = text.trim();
      return credentialProblem(token);
    },
    accept: async () => {
      found(await checkCredential(context, { kind: "token", token }, verifyToken));
      return { text: token };
    },
    explain: explainSignIn,
  });
}

/** The environment's token, as the token of the environment's account where it is nobody's else. */
export async function checkEnvironment(context: SignInContext): Promise<Checked | undefined> {
  const token = fromEnvironment();
  if (token === undefined) return undefined;
  try {
    return await vscode.window.withProgress({ location: { viewId: VIEWS.servers } }, () =>
      checkCredential(context, { kind: "token", token }, verifyToken),
    );
  } catch (error) {
    const id = accountIdFromEnvironment();
    if (!isRefusal(error)) throw error;
    if (id === undefined || !isAccountId(id)) throw error;
    return checkAsAccounts(context, token, id);
  }
}

/** The environment's token, as that of an account which the person names. */
export function environmentAccountStep(context: SignInContext, found: Found): Step<"accountId"> {
  return {
    key: "accountId",
    async ask({ back }) {
      const token = fromEnvironment();
      return token === undefined ? undefined : askAccountOf(context, found, token, back);
    },
  };
}

function askAccountOf(
  context: SignInContext,
  found: Found,
  token: string,
  back: Back,
): Promise<Answer | undefined> {
  return askAccountId<Answer>(async (id) => {
    found(await checkAsAccounts(context, token, id));
    return { text: id };
  }, back);
}

function checkAsAccounts(context: SignInContext, token: string, id: string): Promise<Checked> {
  return checkCredential(context, { kind: "token", token }, verifyAccountToken(id.toLowerCase()));
}
