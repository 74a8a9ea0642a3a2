import * as vscode from "vscode";
import { VIEWS } from "../contributions.ts";
import { checkedInput } from "../ui/forms/checkedInput.ts";
import { BACK, type Back } from "../ui/forms/steps.ts";
import {
  type Asked,
  type Checked,
  checkCredential,
  type SignInContext,
} from "./checkCredential.ts";
import { askAccountId, isAccountId } from "./chooseAccount.ts";
import { credentialProblem } from "./credentialProblem.ts";
import { accountIdFromEnvironment, fromEnvironment } from "./environment.ts";
import { tokenPageButton } from "./tokenPage.ts";
import { explainSignIn } from "./tokenWords.ts";
import { isRefusal, verifyAccountToken, verifyToken } from "./verify.ts";

type Answer = Checked | typeof BACK | "asAccountToken";

/** Asks for a token until Cloudflare takes one. */
export async function askToken(context: SignInContext, back: Back): Asked {
  let token = "";
  const asAccountToken = {
    iconPath: new vscode.ThemeIcon("organization"),
    tooltip: vscode.l10n.t("It's an account token: enter the account id"),
    press: (): Answer | undefined => (token === "" ? undefined : "asAccountToken"),
  };
  const ask = () =>
    checkedInput<Answer>({
      title: vscode.l10n.t("Sign in with an API token"),
      prompt: vscode.l10n.t(
        "Paste a token. It is checked with Cloudflare and kept in the system's secret storage.",
      ),
      value: token,
      password: true,
      back,
      buttons: [asAccountToken, tokenPageButton()],
      validate: (text) => {
        token = text.trim();
        return credentialProblem(token);
      },
      accept: () => checkCredential(context, { kind: "token", token }, verifyToken),
      explain: explainSignIn,
    });
  for (;;) {
    const answer = await ask();
    if (answer !== "asAccountToken") return answer;
    const checked = await askAccountOf(context, token, BACK);
    if (checked !== BACK) return checked;
  }
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
export async function askEnvironmentAccount(context: SignInContext, back: Back): Asked {
  const token = fromEnvironment();
  return token === undefined ? undefined : askAccountOf(context, token, back);
}

function askAccountOf(context: SignInContext, token: string, back: Back): Asked {
  return askAccountId((id) => checkAsAccounts(context, token, id), back);
}

function checkAsAccounts(context: SignInContext, token: string, id: string): Promise<Checked> {
  return checkCredential(context, { kind: "token", token }, verifyAccountToken(id.toLowerCase()));
}
