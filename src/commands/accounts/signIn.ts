import * as vscode from "vscode";
import { chooseSignIn, SIGN_IN_CHOICES } from "../../account/rungs.ts";
import { signIn as askSignIn, type SignInWay } from "../../account/signIn.ts";
import { explainSignIn } from "../../account/tokenWords.ts";
import type { StoredAccount } from "../../account/vault.ts";
import { isRefusal } from "../../account/verify.ts";
import { COMMANDS, type CommandArguments } from "../../contributions.ts";
import { isCancelled } from "../../model/client/failure.ts";
import { BACK, type Back } from "../../ui/forms/steps.ts";
import { apiBaseUrl } from "../../ui/settings.ts";
import type { App } from "../app.ts";
import { openDemo } from "./demo.ts";
import { showServers } from "./showServers.ts";

/**
 * A script may name the way to sign in; else the person chooses. Called for an account, it asks for
 * another credential of that account, for the API root that the account has.
 */
export async function signIn(app: App, { rows, text }: CommandArguments): Promise<void> {
  const [row] = rows ?? [];
  const again = row?.kind === "account" ? row.accountId : undefined;
  const stored = app.accounts.stored.find(({ account }) => account.id === again);
  const offered = SIGN_IN_CHOICES.filter((choice) => stored === undefined || choice !== "demo");
  const named = offered.find((known) => known === text);
  const back = named === undefined ? BACK : undefined;
  let choice = named;
  for (;;) {
    choice = named ?? (await chooseSignIn(offered, choice));
    if (choice === undefined) return;
    if (choice === "demo") return openDemo(app);
    const outcome = await signInBy(app, choice, stored, back);
    if (outcome === BACK) continue;
    if (outcome === "signedIn" && text === undefined) await showServers();
    return;
  }
}

/** An account that gets another credential. */
type Again = Pick<StoredAccount, "account" | "apiRoot">;

async function signInBy(
  app: App,
  choice: SignInWay,
  again: Again | undefined,
  back: Back,
): Promise<"signedIn" | typeof BACK | undefined> {
  const known = again && { account: again.account, apiRoot: again.apiRoot };
  try {
    const context = { connect: app.connect, apiRoot: apiBaseUrl(), ...known };
    const signed = await askSignIn(choice, context, back);
    if (signed === undefined || signed === BACK) return signed;
    const { account, apiRoot, credential } = signed;
    await app.accounts.add(account, apiRoot, credential);
    app.shown.added(account.id);
    return "signedIn";
  } catch (error) {
    if (!isCancelled(error)) tellNotSignedIn(app, choice, again, error);
    return undefined;
  }
}

function tellNotSignedIn(
  app: App,
  choice: SignInWay,
  again: Again | undefined,
  error: unknown,
): void {
  const what =
    again === undefined
      ? vscode.l10n.t("You aren't signed in.")
      : vscode.l10n.t("{0} keeps the credential that it has.", again.account.name);
  const row = again && { kind: "account", accountId: again.account.id };
  void app.reporter.failedWith(
    what,
    new Error(explainSignIn(error), { cause: error }),
    choice === "environment" && isRefusal(error)
      ? {
          label: vscode.l10n.t("It's an Account Token…"),
          run: async () => {
            const outcome = await signInBy(app, "environmentAccount", again, undefined);
            if (outcome === "signedIn") await showServers();
          },
        }
      : {
          label: vscode.l10n.t("Sign In…"),
          run: () => vscode.commands.executeCommand(COMMANDS.signIn, row),
        },
  );
}
