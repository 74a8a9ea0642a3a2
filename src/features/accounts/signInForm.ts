import process from "node:process";
import * as vscode from "vscode";
import type { Account, Credential } from "../../domain/account.ts";
import type { Connection } from "../../domain/cloudflareClient.ts";
import { escapeItem } from "../../editor/escape.ts";
import { checkedInput, checkedPick, type InputButton } from "../../editor/inputs.ts";
import {
  Answer,
  type BACK,
  type MultiStepInput,
  type StepContext,
} from "../../editor/multiStepInput.ts";
import { VIEWS } from "../../manifest.ts";
import { credentialProblem, explainSignIn } from "./signInErrors.ts";
import {
  type Checked,
  checkCredential,
  isRefusal,
  type SignInContext,
  verifyAccess,
  verifyAccountToken,
  verifyKey,
  verifyToken,
} from "./verify.ts";

/** A working credential and the account that it is used for. */
interface SignIn {
  readonly account: Account;
  readonly credential: Credential;
  /** Open. The caller closes it when it doesn't use it. */
  readonly connection: Connection;
}

/**
 * The methods that a person can choose, and the one that is offered when the token in the
 * environment isn't a user's.
 */
export type CredentialSource = Exclude<SignInMethod, "demo"> | "environmentAccountToken";

/** The answers so far, kept while the user goes back and forth. */
export function signInAnswers() {
  return {
    method: new Answer<SignInMethod>(),
    token: new Answer<Checked | AccountToken>(),
    email: new Answer<string>(),
    key: new Answer<Checked>(),
    accountToken: new Answer<Checked>(),
    account: new Answer<Account>(),
  };
}

type Answers = ReturnType<typeof signInAnswers>;

/**
 * Asks for a credential, checks it, and asks for the account. Rejects where the environment's token
 * is refused.
 */
export async function askSignIn(
  source: CredentialSource,
  context: SignInContext,
  input: MultiStepInput,
  answers: Answers,
): Promise<SignIn> {
  const { credential, accounts, connection } = await askCredential(source, context, input, answers);
  try {
    const account = await chooseAccount(input, answers.account, connection, accounts);
    return { account, credential, connection };
  } catch (error) {
    // Going back from here checks the credential again, with a new connection.
    await connection.close();
    throw error;
  }
}

function askCredential(
  source: CredentialSource,
  context: SignInContext,
  input: MultiStepInput,
  answers: Answers,
): Promise<Checked> {
  switch (source) {
    case "token":
      return askToken(context, input, answers);
    case "environment":
      return checkEnvironment(context);
    case "environmentAccountToken":
      return askAccountOf(context, input, answers, environmentToken());
    case "key":
      return askKey(context, input, answers);
  }
}

export const SIGN_IN_METHODS = ["token", "environment", "key", "demo"] as const;
export type SignInMethod = (typeof SIGN_IN_METHODS)[number];

type SignInMethodItem = vscode.QuickPickItem & { readonly method: SignInMethod };

/**
 * The first step, which asks for the method and links to the page where tokens are made.
 * @param before the earlier choice, after going back
 */
export function chooseSignIn(
  offered: readonly SignInMethod[],
  before: SignInMethod | undefined,
): Promise<SignInMethod | undefined> {
  const items = signInMethods().filter(({ method }) => offered.includes(method));
  return checkedPick({
    title: vscode.l10n.t("Sign in to Cloudflare"),
    placeholder: vscode.l10n.t("How do you want to sign in?"),
    items,
    active: items.find(({ method }) => method === before),
    buttons: [tokenPageButton()],
    accept: async ({ method }) => method,
  });
}

function signInMethods(): readonly SignInMethodItem[] {
  return [
    {
      method: "token",
      label: vscode.l10n.t("Paste an API token"),
      iconPath: new vscode.ThemeIcon("key"),
      detail: vscode.l10n.t("With the permission MCP Portals Read, or Write to make changes"),
    },
    ...(fromEnvironment() === undefined ? [] : [environmentMethod()]),
    {
      method: "key",
      label: vscode.l10n.t("Use an email and Global API Key (legacy)"),
      iconPath: new vscode.ThemeIcon("mail"),
    },
    {
      method: "demo",
      label: vscode.l10n.t("Open the demo account"),
      iconPath: new vscode.ThemeIcon("beaker"),
      detail: vscode.l10n.t("Runs on this machine, needs no account at Cloudflare"),
    },
  ];
}

function environmentMethod(): SignInMethodItem {
  return {
    method: "environment",
    label: vscode.l10n.t("Use CLOUDFLARE_API_TOKEN from the environment"),
    iconPath: new vscode.ThemeIcon("terminal"),
  };
}

/** Asks for an email and its Global API Key until Cloudflare accepts them. */
async function askKey(
  context: SignInContext,
  input: MultiStepInput,
  answers: Answers,
): Promise<Checked> {
  const title = vscode.l10n.t("Sign in with an email and Global API Key");
  const email = await input.text(answers.email, {
    title,
    prompt: vscode.l10n.t("The email of your Cloudflare user"),
    problem: (text) =>
      text.includes("@") ? credentialProblem(text) : vscode.l10n.t("An email has an @ in it."),
  });
  return input.ask(answers.key, ({ value, back }) =>
    checkedInput<Checked | typeof BACK>({
      title,
      prompt: vscode.l10n.t(
        "Paste the Global API Key. It is checked with Cloudflare and kept in the system's secret storage.",
      ),
      value: value?.credential.kind === "key" ? value.credential.key : "",
      password: true,
      back,
      validate: (text) => credentialProblem(text.trim()),
      isStoppable: true,
      accept: (text, signal) =>
        checkCredential(context, { kind: "key", email, key: text.trim() }, verifyKey, signal),
      explain: explainSignIn,
    }),
  );
}

/** A token that the user says belongs to an account. */
interface AccountToken {
  readonly accountToken: string;
}

/** Asks for a token until Cloudflare accepts one. */
async function askToken(
  context: SignInContext,
  input: MultiStepInput,
  answers: Answers,
): Promise<Checked> {
  const given = await input.ask(answers.token, (step) => tokenInput(context, step));
  return "accountToken" in given
    ? askAccountOf(context, input, answers, given.accountToken)
    : given;
}

function tokenInput(
  context: SignInContext,
  { value, back }: StepContext<Checked | AccountToken>,
): Promise<Checked | AccountToken | typeof BACK | undefined> {
  const before = value === undefined ? "" : tokenOf(value);
  let token = before;
  const asAccountToken = {
    iconPath: new vscode.ThemeIcon("organization"),
    tooltip: vscode.l10n.t("It's an account token: enter the account id"),
    press: (): AccountToken | undefined => (token === "" ? undefined : { accountToken: token }),
  };
  return checkedInput<Checked | AccountToken | typeof BACK>({
    title: vscode.l10n.t("Sign in with an API token"),
    prompt: vscode.l10n.t(
      "Paste a token. It is checked with Cloudflare and kept in the system's secret storage.",
    ),
    value: before,
    password: true,
    back,
    buttons: [asAccountToken, tokenPageButton()],
    validate: (text) => {
      token = text.trim();
      return credentialProblem(token);
    },
    isStoppable: true,
    accept: (text, signal) =>
      checkCredential(context, { kind: "token", token: text.trim() }, verifyToken, signal),
    explain: explainSignIn,
  });
}

function tokenOf(answer: Checked | AccountToken): string {
  if ("accountToken" in answer) {
    return answer.accountToken;
  }
  return answer.credential.kind === "token" ? answer.credential.token : "";
}

/**
 * Checks the environment's token as a user's. If it is refused, checks it as the token of the
 * environment's account.
 */
async function checkEnvironment(context: SignInContext): Promise<Checked> {
  const token = environmentToken();
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
    return checkAccountToken(context, token, id);
  }
}

/** The method is offered only where the variable is set, but a script may call it anyway. */
function environmentToken(): string {
  const token = fromEnvironment();
  if (token === undefined) {
    throw new DOMException("", "AbortError");
  }
  return token;
}

/** Uses a token as that of an account whose id the user enters. */
function askAccountOf(
  context: SignInContext,
  input: MultiStepInput,
  answers: Answers,
  token: string,
): Promise<Checked> {
  return input.ask(answers.accountToken, ({ back }) =>
    askAccountId((id, signal) => checkAccountToken(context, token, id, signal), back),
  );
}

function checkAccountToken(
  context: SignInContext,
  token: string,
  id: string,
  signal?: AbortSignal,
): Promise<Checked> {
  const verify = verifyAccountToken(id.toLowerCase());
  return checkCredential(context, { kind: "token", token }, verify, signal);
}

/**
 * Takes the only account without asking, lets the user choose among several, and asks for the id
 * where none is listed.
 */
async function chooseAccount(
  input: MultiStepInput,
  answer: Answer<Account>,
  connection: Connection,
  accounts: readonly Account[],
): Promise<Account> {
  const [only, second] = accounts;
  if (only === undefined) {
    return input.ask(answer, ({ back }) =>
      askAccountId(async (id, signal) => {
        await verifyAccess(connection, id, signal);
        return { id, name: id };
      }, back),
    );
  }
  if (second === undefined) {
    return only;
  }
  type Item = vscode.QuickPickItem & { readonly account: Account };
  return input.ask(answer, ({ back }) =>
    checkedPick<Item, Account | typeof BACK>({
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
    }),
  );
}

/** Asks for an account id until `accept` resolves. */
function askAccountId<T>(
  accept: (id: string, signal: AbortSignal) => Promise<T>,
  back: typeof BACK | undefined,
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

/** CLOUDFLARE_API_TOKEN; undefined when it isn't set. */
function fromEnvironment(): string | undefined {
  return trimmed("CLOUDFLARE_API_TOKEN");
}

/**
 * CLOUDFLARE_ACCOUNT_ID, the suggestion where an account id is asked for; undefined when it isn't
 * set.
 */
function accountIdFromEnvironment(): string | undefined {
  return trimmed("CLOUDFLARE_ACCOUNT_ID");
}

function trimmed(name: string): string | undefined {
  const value = process.env[name]?.trim();
  return value === "" ? undefined : value;
}

/** The page where users make tokens. It links to the tokens of accounts. */
const TOKEN_PAGE = "https://dash.cloudflare.com/profile/api-tokens";

/** Opens the page where tokens are made, and keeps the input open. */
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
