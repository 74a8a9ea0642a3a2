import * as vscode from "vscode";
import { COMMANDS, type CommandId } from "../contributions.ts";
import { shownAccounts } from "../store/state.ts";
import { offerSignIn, tellReadOnly } from "../ui/access.ts";
import { isReadOnly, phaseOf } from "../ui/contextKeys.ts";
import { sayInformation } from "../ui/say.ts";
import type { App } from "./app.ts";
import { NEEDS } from "./needs.ts";

/**
 * Whether what a command needs is there; else it is said what is missing, with the way to get it.
 * The palette hides such a command, but a key, a script or another extension calls it all the same.
 */
export function isPossible(app: App, id: CommandId): boolean {
  const { needs, writes } = NEEDS[id];
  const { state } = app.store;
  const phase = phaseOf(state);
  if (needs === "nothing") return true;
  if (phase !== "ready" && (needs === "servers" || phase === "signedOut")) {
    void tellMissing(app, phase);
    return false;
  }
  const [first] = shownAccounts(state);
  if (!writes || first === undefined || !isReadOnly(state)) return true;
  tellReadOnly(first.account);
  return false;
}

async function tellMissing(
  app: App,
  phase: Exclude<ReturnType<typeof phaseOf>, "ready">,
): Promise<void> {
  switch (phase) {
    case "signedOut":
      return offer(vscode.l10n.t("You aren't signed in to Cloudflare."), [
        [vscode.l10n.t("Sign In…"), COMMANDS.signIn],
        [vscode.l10n.t("Open Demo Account"), COMMANDS.openDemo],
      ]);
    case "loading":
      await sayInformation(vscode.l10n.t("The servers are still being fetched."));
      return;
    case "refused": {
      const refused = shownAccounts(app.store.state).find(({ access }) => access.refused);
      if (refused !== undefined) await offerSignIn(refused.account);
      return;
    }
    case "failed":
      return offer(vscode.l10n.t("The servers couldn't be fetched."), [
        [vscode.l10n.t("Try Again"), COMMANDS.refresh],
      ]);
    case "empty":
      return offer(
        vscode.l10n.t("There are no servers yet."),
        isReadOnly(app.store.state) ? [] : [[vscode.l10n.t("Add Server…"), COMMANDS.addServer]],
      );
  }
}

async function offer(
  text: string,
  ways: readonly (readonly [label: string, command: CommandId])[],
): Promise<void> {
  const chosen = await sayInformation(text, ...ways.map(([label]) => label));
  const way = ways.find(([label]) => label === chosen);
  if (way !== undefined) await vscode.commands.executeCommand(way[1]);
}
