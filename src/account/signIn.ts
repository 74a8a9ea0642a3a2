import * as vscode from "vscode";
import type { Account, Credential } from "../model/account.ts";
import type { Connect } from "../model/client.ts";
import { checkedInput } from "../ui/checkedInput.ts";
import { reasonOf } from "../ui/report.ts";
import { askAccountId, chooseAccount } from "./chooseAccount.ts";
import { fromEnvironment } from "./environment.ts";
import { unusableInWords } from "./tokenWords.ts";
import type { StoredAccount } from "./vault.ts";
import { type Verified, verifyAccountToken, verifyKey, verifyToken } from "./verify.ts";

export const SIGN_IN_CHOICES = ["token", "environment", "key", "demo"] as const;
export type SignInChoice = (typeof SIGN_IN_CHOICES)[number];

/** What signing in needs from outside. */
export interface SignInContext {
  readonly connect: Connect;
  readonly apiRoot: string;
}

/** A credential that was checked, and the account that was chosen for it. */
interface Checked {
  readonly credential: Credential;
  readonly accounts: readonly Account[];
}

/** The first step: how to sign in. */
export async function chooseSignIn(): Promise<SignInChoice | undefined> {
  const rungs: (vscode.QuickPickItem & { readonly choice: SignInChoice })[] = [
    {
      choice: "token",
      label: vscode.l10n.t("$(key) Paste an API token"),
      detail: vscode.l10n.t("With the permission MCP Portals Read, or Write to make changes"),
    },
    ...(fromEnvironment() === undefined
      ? []
      : [
          {
            choice: "environment" as const,
            label: vscode.l10n.t("$(terminal) Use CLOUDFLARE_API_TOKEN from the environment"),
          },
        ]),
    {
      choice: "key",
      label: vscode.l10n.t("$(mail) Use an email and Global API Key (legacy)"),
    },
    {
      choice: "demo",
      label: vscode.l10n.t("$(beaker) Open the demo account"),
      detail: vscode.l10n.t("Runs on this machine, needs no account at Cloudflare"),
    },
  ];
  const picked = await vscode.window.showQuickPick(rungs, {
    title: vscode.l10n.t("Sign in to Cloudflare"),
    placeHolder: vscode.l10n.t("How do you want to sign in?"),
    ignoreFocusOut: true,
  });
  return picked?.choice;
}

/** Asks for a credential, checks it, and asks for the account. Undefined when it was dismissed. */
export async function signIn(
  choice: Exclude<SignInChoice, "demo">,
  context: SignInContext,
): Promise<StoredAccount | undefined> {
  const checked = await check(choice, context);
  if (checked === undefined) return undefined;
  const { credential, accounts } = checked;
  const connection = context.connect({ apiRoot: context.apiRoot, credential });
  try {
    const account = await chooseAccount(connection, accounts);
    return account && { account, apiRoot: context.apiRoot, credential };
  } finally {
    await connection.close();
  }
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

type TokenAnswer = Checked | "asAccountToken";

async function askToken(context: SignInContext): Promise<Checked | undefined> {
  let token = "";
  const asAccountToken = {
    iconPath: new vscode.ThemeIcon("organization"),
    tooltip: vscode.l10n.t("It's an account token: enter the account id"),
    press: (): TokenAnswer | undefined => (token === "" ? undefined : "asAccountToken"),
  };
  const answer = await checkedInput<TokenAnswer>({
    title: vscode.l10n.t("Sign in with an API token"),
    prompt: vscode.l10n.t(
      "Paste a token. It is checked with Cloudflare and kept in the system's secret storage.",
    ),
    password: true,
    buttons: [asAccountToken],
    validate: (text) => {
      token = text.trim();
      return tokenProblem(token);
    },
    accept: () => checkToken(context, { kind: "token", token }, verifyToken),
    explain: reasonOf,
  });
  return answer === "asAccountToken" ? askAccountOfToken(context, token) : answer;
}

function askAccountOfToken(context: SignInContext, token: string): Promise<Checked | undefined> {
  return askAccountId((id) =>
    checkToken(context, { kind: "token", token }, (connection) =>
      verifyAccountToken(connection, id),
    ),
  );
}

async function checkEnvironment(context: SignInContext): Promise<Checked | undefined> {
  const token = fromEnvironment();
  if (token === undefined) return undefined;
  return checkToken(context, { kind: "token", token }, verifyToken);
}

async function askKey(context: SignInContext): Promise<Checked | undefined> {
  const title = vscode.l10n.t("Sign in with an email and Global API Key");
  const email = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t("The email of your Cloudflare user"),
    ignoreFocusOut: true,
  });
  if (email === undefined || email.trim() === "") return undefined;
  return checkedInput<Checked>({
    title,
    prompt: vscode.l10n.t(
      "Paste the Global API Key. It is checked with Cloudflare and kept in the system's secret storage.",
    ),
    password: true,
    validate: (text) => tokenProblem(text.trim()),
    accept: (text) =>
      checkToken(context, { kind: "key", email: email.trim(), key: text.trim() }, verifyKey),
    explain: reasonOf,
  });
}

async function checkToken(
  { connect, apiRoot }: SignInContext,
  credential: Credential,
  verify: (connection: ReturnType<Connect>) => Promise<Verified>,
): Promise<Checked> {
  const connection = connect({ apiRoot, credential });
  try {
    const verified = await verify(connection);
    if (verified.kind === "unusable") throw new Error(unusableInWords(verified.state));
    return { credential, accounts: verified.accounts };
  } finally {
    await connection.close();
  }
}

/** A credential has to fit into a header as it is. */
function tokenProblem(text: string): string | undefined {
  if (text === "") return vscode.l10n.t("Paste the token.");
  if (/\s/u.test(text)) return vscode.l10n.t("A token has no spaces or line breaks in it.");
  if (!/^[\x21-\x7e]+$/u.test(text)) {
    return vscode.l10n.t("A token has only letters, digits and signs of plain ASCII in it.");
  }
  return undefined;
}
