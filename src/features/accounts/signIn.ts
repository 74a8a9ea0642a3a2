import process from "node:process";
import * as vscode from "vscode";
import type { Account, Credential } from "../../domain/account.ts";
import type { Connection } from "../../domain/cloudflareClient.ts";
import { escapeItem } from "../../editor/escape.ts";
import { checkedInput, checkedPick, type InputButton } from "../../editor/inputs.ts";
import {
  type Answer,
  askPart,
  BACK,
  type Back,
  type Step,
  textStep,
} from "../../editor/multiStepInput.ts";
import { VIEWS } from "../../manifest.ts";
import { credentialProblem, explainSignIn } from "./signInErrors.ts";
import {
  type Checked,
  checkCredential,
  type Found,
  isRefusal,
  type SignInContext,
  verifyAccess,
  verifyAccountToken,
  verifyKey,
  verifyToken,
  withConnection,
} from "./verify.ts";

/** A credential that works, and the account that it is to be used for. */
interface SignIn {
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
      if (checked === undefined) {
        return undefined;
      }
      const { credential, accounts } = checked;
      const account = await withConnection(context, credential, undefined, (connection) =>
        chooseAccount(connection, accounts, back),
      );
      if (account === undefined || account === BACK) {
        return account;
      }
      return { end: { account, apiRoot: context.apiRoot, credential } };
    },
  };
}

export const SIGN_IN_CHOICES = ["token", "environment", "key", "demo"] as const;
type SignInChoice = (typeof SIGN_IN_CHOICES)[number];

type Rung = vscode.QuickPickItem & { readonly choice: SignInChoice };

/**
 * The first step: how to sign in, and where a token is made.
 * @param before what was chosen before somebody went back
 */
export function chooseSignIn(
  offered: readonly SignInChoice[],
  before: SignInChoice | undefined,
): Promise<SignInChoice | undefined> {
  const items = rungs().filter(({ choice }) => offered.includes(choice));
  return checkedPick({
    title: vscode.l10n.t("Sign in to Cloudflare"),
    placeholder: vscode.l10n.t("How do you want to sign in?"),
    items,
    active: items.find(({ choice }) => choice === before),
    buttons: [tokenPageButton()],
    accept: async ({ choice }) => choice,
  });
}

function rungs(): readonly Rung[] {
  return [
    {
      choice: "token",
      label: vscode.l10n.t("Paste an API token"),
      iconPath: new vscode.ThemeIcon("key"),
      detail: vscode.l10n.t("With the permission MCP Portals Read, or Write to make changes"),
    },
    ...(fromEnvironment() === undefined ? [] : [environmentRung()]),
    {
      choice: "key",
      label: vscode.l10n.t("Use an email and Global API Key (legacy)"),
      iconPath: new vscode.ThemeIcon("mail"),
    },
    {
      choice: "demo",
      label: vscode.l10n.t("Open the demo account"),
      iconPath: new vscode.ThemeIcon("beaker"),
      detail: vscode.l10n.t("Runs on this machine, needs no account at Cloudflare"),
    },
  ];
}

function environmentRung(): Rung {
  return {
    choice: "environment",
    label: vscode.l10n.t("Use CLOUDFLARE_API_TOKEN from the environment"),
    iconPath: new vscode.ThemeIcon("terminal"),
  };
}

type KeyStep = "email" | "key";

/** Ask for an email and its Global API Key until Cloudflare takes them. */
function keySteps(context: SignInContext, found: Found): readonly Step<KeyStep>[] {
  const title = vscode.l10n.t("Sign in with an email and Global API Key");
  return [
    textStep<KeyStep>({
      key: "email",
      title,
      prompt: vscode.l10n.t("The email of your Cloudflare user"),
      problem: (email) =>
        email.includes("@") ? credentialProblem(email) : vscode.l10n.t("An email has an @ in it."),
    }),
    {
      key: "key",
      ask: ({ answers, value = "", back }) =>
        checkedInput<Answer>({
          title,
          prompt: vscode.l10n.t(
            "Paste the Global API Key. It is checked with Cloudflare and kept in the system's secret storage.",
          ),
          value,
          password: true,
          back,
          validate: (text) => credentialProblem(text.trim()),
          isStoppable: true,
          accept: async (text, signal) => {
            const key = text.trim();
            const email = answers.get("email") ?? "";
            const credential = { kind: "key", email, key } as const;
            const checked = await checkCredential(context, credential, verifyKey, signal);
            signal.throwIfAborted();
            found(checked);
            return { text: key };
          },
          explain: explainSignIn,
        }),
    },
  ];
}

/** Asks for a token until Cloudflare takes one. */
function tokenStep(context: SignInContext, found: Found): Step<"token"> {
  return {
    key: "token",
    async ask({ value = "", back }) {
      for (let token = value; ; ) {
        const answer = await askToken(context, found, back, token);
        if (answer === undefined || answer === BACK || !("ofAccount" in answer)) {
          return answer;
        }
        token = answer.ofAccount;
        const named = await askAccountOf(context, found, token, BACK);
        if (named !== BACK) {
          return named && { text: token };
        }
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
    isStoppable: true,
    accept: async (_, signal) => {
      const checked = await checkCredential(context, { kind: "token", token }, verifyToken, signal);
      signal.throwIfAborted();
      found(checked);
      return { text: token };
    },
    explain: explainSignIn,
  });
}

/** The environment's token, as the token of the environment's account where it is nobody's else. */
async function checkEnvironment(context: SignInContext): Promise<Checked | undefined> {
  const token = fromEnvironment();
  if (token === undefined) {
    return undefined;
  }
  try {
    return await vscode.window.withProgress({ location: { viewId: VIEWS.servers } }, () =>
      checkCredential(context, { kind: "token", token }, verifyToken),
    );
  } catch (error) {
    const id = accountIdFromEnvironment();
    if (!isRefusal(error)) {
      throw error;
    }
    if (id === undefined || !isAccountId(id)) {
      throw error;
    }
    return checkAsAccounts(context, token, id);
  }
}

/** The environment's token, as that of an account which the person names. */
function environmentAccountStep(context: SignInContext, found: Found): Step<"accountId"> {
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
  return askAccountId<Answer>(async (id, signal) => {
    const checked = await checkAsAccounts(context, token, id, signal);
    signal.throwIfAborted();
    found(checked);
    return { text: id };
  }, back);
}

function checkAsAccounts(
  context: SignInContext,
  token: string,
  id: string,
  signal?: AbortSignal,
): Promise<Checked> {
  const verify = verifyAccountToken(id.toLowerCase());
  return checkCredential(context, { kind: "token", token }, verify, signal);
}

/** One account is taken without asking; of several the person picks; of none the id is asked for. */
async function chooseAccount(
  connection: Connection,
  accounts: readonly Account[],
  back: Back,
): Promise<Account | typeof BACK | undefined> {
  const [only, second] = accounts;
  if (only === undefined) {
    return askAccountId(async (id, signal) => {
      await verifyAccess(connection, id, signal);
      return { id, name: id };
    }, back);
  }
  if (second === undefined) {
    return only;
  }
  type Item = vscode.QuickPickItem & { readonly account: Account };
  return checkedPick<Item, Account | typeof BACK>({
    title: vscode.l10n.t("Sign in to Cloudflare"),
    placeholder: vscode.l10n.t("Which account?"),
    back,
    items: accounts.map((account) =>
      escapeItem({ label: account.name, description: account.id, account }),
    ),
    isStoppable: true,
    accept: async ({ account }, signal) => {
      await verifyAccess(connection, account.id, signal);
      return account;
    },
    explain: explainSignIn,
  });
}

/** Asks for an account id until `accept` takes it. */
function askAccountId<T>(
  accept: (id: string, signal: AbortSignal) => Promise<T>,
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
    isStoppable: true,
    accept: (text, signal) => accept(text.trim().toLowerCase(), signal),
    explain: explainSignIn,
  });
}

function isAccountId(text: string): boolean {
  return /^[0-9a-f]{32}$/iu.test(text);
}

/** CLOUDFLARE_API_TOKEN, when it is set. */
function fromEnvironment(): string | undefined {
  return trimmed("CLOUDFLARE_API_TOKEN");
}

/** CLOUDFLARE_ACCOUNT_ID, when it is set: a suggestion where an account id is asked for. */
function accountIdFromEnvironment(): string | undefined {
  return trimmed("CLOUDFLARE_ACCOUNT_ID");
}

function trimmed(name: string): string | undefined {
  const value = process.env[name]?.trim();
  return value === "" ? undefined : value;
}

/** Where a person makes a token; an account's own tokens are linked from there. */
const TOKEN_PAGE = "https://dash.cloudflare.com/profile/api-tokens";

/** Opens the dashboard where tokens are made, and leaves whatever is open as it is. */
function tokenPageButton(): InputButton<never> {
  return {
    iconPath: new vscode.ThemeIcon("link-external"),
    tooltip: vscode.l10n.t(
      "Make a token in the dashboard, with MCP Portals Read, or Write to make changes",
    ),
    press: () => {
      void vscode.env.openExternal(vscode.Uri.parse(TOKEN_PAGE));
      return undefined;
    },
  };
}
