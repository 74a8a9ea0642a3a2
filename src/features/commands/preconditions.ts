import * as vscode from "vscode";
import { notifyInformation } from "../../editor/notifications.ts";
import { type AccountState, shownAccounts } from "../../engine/state.ts";
import { COMMAND_TABLE, COMMANDS, type CommandId, type CommandName } from "../../manifest.ts";
import type { CommandArguments, GivenArguments } from "../../target.ts";
import { tellReadOnly } from "../accounts/index.ts";
import type { AppContext } from "../app.ts";
import { areReadOnly, phaseOf } from "../status/index.ts";

/**
 * The arguments that the command may use. Where it can't run, tells what is missing, offers to get
 * it, and returns undefined. The palette hides such a command, but keys, scripts and other
 * extensions can still call it.
 */
export function meetPreconditions(
  app: AppContext,
  name: CommandName,
  given: GivenArguments,
): CommandArguments | undefined {
  const { needs, writes } = COMMAND_TABLE[name];
  const accounts = accountsMeant(app, given);
  if (needs === "nothing") {
    return { ...given, accountIds: idsOf(accounts) };
  }
  const phase = phaseOf(app.store.state, accounts, "server");
  if (phase !== "ready" && (needs === "servers" || phase === "signedOut")) {
    void tellMissing(app, accounts, phase);
    return undefined;
  }
  if (!writes) {
    return { ...given, accountIds: idsOf(accounts) };
  }
  const [first] = accounts;
  if (first !== undefined && areReadOnly(accounts)) {
    tellReadOnly(first.account);
    return undefined;
  }
  const readOnly = new Set(idsOf(accounts.filter(({ access }) => access.readOnly)));
  return {
    ...given,
    rows: given.rows?.filter(({ accountId }) => !readOnly.has(accountId)),
    accountIds: idsOf(accounts).filter((id) => !readOnly.has(id)),
  };
}

function idsOf(accounts: readonly AccountState[]): readonly string[] {
  return accounts.map(({ account }) => account.id);
}

/** The accounts of the rows, on screen or not; without rows those on screen. */
function accountsMeant(app: AppContext, { rows }: GivenArguments): readonly AccountState[] {
  const { state } = app.store;
  const ids = new Set(rows?.map(({ accountId }) => accountId));
  const accounts = [...ids].flatMap((id) => state.accounts.get(id) ?? []);
  return accounts.length > 0 ? accounts : shownAccounts(state);
}

async function tellMissing(
  app: AppContext,
  accounts: readonly AccountState[],
  phase: Exclude<ReturnType<typeof phaseOf>, "ready">,
): Promise<void> {
  switch (phase) {
    case "signedOut":
      return offer(vscode.l10n.t("You aren't signed in to Cloudflare."), [
        [vscode.l10n.t("Sign In…"), COMMANDS.signIn],
        [vscode.l10n.t("Open Demo Account"), COMMANDS.openDemo],
      ]);
    case "loading":
      await notifyInformation(vscode.l10n.t("The servers are still being fetched."));
      return;
    case "refused": {
      const refused = accounts.find(({ access }) => access.refused);
      if (refused !== undefined) {
        await app.signInOffer.offerSignIn(refused.account);
      }
      return;
    }
    case "failed":
      return offer(vscode.l10n.t("The servers couldn't be fetched."), [
        [vscode.l10n.t("Try Again"), COMMANDS.refresh],
      ]);
    case "empty":
      return offer(
        vscode.l10n.t("There are no servers yet."),
        areReadOnly(accounts) ? [] : [[vscode.l10n.t("Add Server…"), COMMANDS.addServer]],
      );
  }
}

async function offer(
  text: string,
  ways: readonly (readonly [label: string, command: CommandId])[],
): Promise<void> {
  const chosen = await notifyInformation(text, ...ways.map(([label]) => label));
  const way = ways.find(([label]) => label === chosen);
  if (way !== undefined) {
    await vscode.commands.executeCommand(way[1]);
  }
}
