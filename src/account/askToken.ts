import * as vscode from "vscode";
import { VIEWS } from "../contributions.ts";
import { checkedInput } from "../ui/forms/checkedInput.ts";
import { type Checked, checkCredential, type SignInContext } from "./checkCredential.ts";
import { askAccountId, isAccountId } from "./chooseAccount.ts";
import { credentialProblem } from "./credentialProblem.ts";
import { accountIdFromEnvironment, fromEnvironment } from "./environment.ts";
import { tokenPageButton } from "./tokenPage.ts";
import { explainSignIn } from "./tokenWords.ts";
import { isRefusal, verifyAccountToken, verifyToken } from "./verify.ts";

type Answer = Checked | "asAccountToken";

/** Asks for a token until Cloudflare takes one. */
export async function askToken(context: SignInContext): Promise<Checked | undefined> {
  let token = "";
  const asAccountToken = {
    iconPath: new vscode.ThemeIcon("organization"),
    tooltip: vscode.l10n.t("It's an account token: enter the account id"),
    press: (): Answer | undefined => (token === "" ? undefined : "asAccountToken"),
  };
  const answer = await checkedInput<Answer>({
    title: vscode.l10n.t("Sign in with an API token"),
    prompt: vscode.l10n.t(
      "Paste a token. It is checked with Cloudflare and kept in the system's secret storage.",
    ),
    password: true,
    buttons: [asAccountToken, tokenPageButton()],
    validate: (text) => {
      token = text.trim();
      return credentialProblem(token);
    },
    accept: () => checkCredential(context, { kind: "token", token }, verifyToken),
    explain: explainSignIn,
  });
  return answer === "asAccountToken" ? askAccountOf(context, token) : answer;
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
export async function askEnvironmentAccount(context: SignInContext): Promise<Checked | undefined> {
  const token = fromEnvironment();
  return token === undefined ? undefined : askAccountOf(context, token);
}

function askAccountOf(context: SignInContext, token: string): Promise<Checked | undefined> {
  return askAccountId((id) => checkAsAccounts(context, token, id));
}

function checkAsAccounts(context: SignInContext, token: string, id: string): Promise<Checked> {
  return checkCredential(context, { kind: "token", token }, verifyAccountToken(id.toLowerCase()));
}
