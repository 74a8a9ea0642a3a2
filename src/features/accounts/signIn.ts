import * as vscode from "vscode";
import { isCancelled } from "../../domain/apiError.ts";
import type { Connect } from "../../domain/cloudflareClient.ts";
import { askForm } from "../../editor/multiStepInput.ts";
import { apiBaseUrl } from "../../editor/settings.ts";
import { COMMANDS, VIEWS } from "../../manifest.ts";
import type { CommandArguments } from "../../target.ts";
import type { AppContext } from "../app.ts";
import type { Accounts } from "./accounts.ts";
import type { StoredAccount } from "./credentialStore.ts";
import type { ShownAccount } from "./shownAccount.ts";
import { explainSignIn } from "./signInErrors.ts";
import {
  askSignIn,
  type CredentialSource,
  chooseSignIn,
  SIGN_IN_METHODS,
  type SignInMethod,
  signInAnswers,
} from "./signInForm.ts";
import { isRefusal } from "./verify.ts";

/** The context of the commands that sign in and out. */
export interface AccountsContext extends AppContext {
  readonly accounts: Accounts;
  readonly shown: ShownAccount;
  readonly connect: Connect;
}

/**
 * A script may name the method; otherwise the user chooses. On an account's row it asks for another
 * credential of that account, at the account's own API root.
 */
export async function signIn(
  app: AccountsContext,
  { rows, text }: CommandArguments,
): Promise<void> {
  const [row] = rows ?? [];
  const again = row?.kind === "account" ? row.accountId : undefined;
  const stored = app.accounts.stored.find(({ account }) => account.id === again);
  const named = methodsFor(stored).find((known) => known === text);
  const outcome = await signInBy(app, stored, named);
  if (outcome === "demo") {
    return openDemo(app);
  }
  if (outcome === "signedIn" && text === undefined) {
    await showServers();
  }
}

function methodsFor(again: Again | undefined): readonly SignInMethod[] {
  return SIGN_IN_METHODS.filter((method) => again === undefined || method !== "demo");
}

/** An account that gets another credential. */
type Again = Pick<StoredAccount, "account" | "apiRoot">;

/** @param given the method, where the user isn't to choose it */
async function signInBy(
  app: AccountsContext,
  again: Again | undefined,
  given: CredentialSource | "demo" | undefined,
): Promise<"signedIn" | "demo" | undefined> {
  const known = again && { account: again.account, apiRoot: again.apiRoot };
  const answers = signInAnswers();
  try {
    const context = { connect: app.connect, apiRoot: apiBaseUrl(), ...known };
    const signed = await askForm(async (input) => {
      const source =
        given ??
        (await input.ask(answers.method, ({ value }) => chooseSignIn(methodsFor(again), value)));
      return source === "demo" ? source : askSignIn(source, context, input, answers);
    });
    if (signed === undefined || signed === "demo") {
      return signed;
    }
    const { account, credential, connection } = signed;
    await app.accounts.add(account, context.apiRoot, credential, connection);
    app.shown.added(account.id);
    return "signedIn";
  } catch (error) {
    if (!isCancelled(error)) {
      tellNotSignedIn(app, given ?? answers.method.value, again, error);
    }
    return undefined;
  }
}

function tellNotSignedIn(
  app: AccountsContext,
  source: CredentialSource | "demo" | undefined,
  again: Again | undefined,
  error: unknown,
): void {
  const what =
    again === undefined
      ? vscode.l10n.t("You aren't signed in.")
      : vscode.l10n.t("{0} keeps its credential.", again.account.name);
  const row = again && { kind: "account", accountId: again.account.id };
  void app.reporter.reportFailureWith(
    what,
    new Error(explainSignIn(error), { cause: error }),
    source === "environment" && isRefusal(error)
      ? {
          label: vscode.l10n.t("It's an Account Token…"),
          run: async () => {
            const outcome = await signInBy(app, again, "environmentAccountToken");
            if (outcome === "signedIn") {
              await showServers();
            }
          },
        }
      : {
          label: vscode.l10n.t("Sign In…"),
          run: () => vscode.commands.executeCommand(COMMANDS.signIn, row),
        },
  );
}

export async function openDemo(app: AccountsContext): Promise<void> {
  const id = await app.accounts.openDemo();
  if (id === undefined) {
    return;
  }
  app.shown.added(id);
  await showServers();
}

/** Also moves the focus there: the button that had it is gone, and the tree shows what follows. */
export async function showServers(): Promise<void> {
  await vscode.commands.executeCommand(`${VIEWS.servers}.focus`);
}
