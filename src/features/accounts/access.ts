import * as vscode from "vscode";
import type { Account, AccountId } from "../../domain/account.ts";
import { notifyInformation, notifyWarning } from "../../editor/notifications.ts";
import type { ReadonlyStore } from "../../engine/store.ts";
import { COMMANDS } from "../../manifest.ts";

/**
 * Offers a sign-in once for a refused credential, however many requests were refused. Also stores
 * which accounts turned out to be read-only.
 */
export function trackAccess(
  store: ReadonlyStore,
  keepReadOnly: (id: AccountId) => unknown,
): vscode.Disposable {
  return store.onDidDiffer((difference) => {
    switch (difference.kind) {
      case "credentialRefused":
        void offerSignIn(difference.account);
        return;
      case "credentialReplaced":
        // The message may stay open long after the user signed in by another way.
        offered.delete(difference.account.id);
        return;
      case "readOnly":
        keepReadOnly(difference.account.id);
        return;
      case "stoppedWorking":
      case "overwritten":
      case "arrived":
        return;
    }
  });
}

/** Accounts whose message is on screen. */
const offered = new Set<AccountId>();

/** Shows one message that offers to sign in; none while one is open. */
export async function offerSignIn(account: Account): Promise<void> {
  if (offered.has(account.id)) {
    return;
  }
  offered.add(account.id);
  const again = vscode.l10n.t("Sign In…");
  const chosen = await notifyWarning(
    vscode.l10n.t(
      "Cloudflare no longer accepts the sign-in of {0}. What you see may be old; changes wait until you have signed in again.",
      account.name,
    ),
    again,
  );
  offered.delete(account.id);
  if (chosen !== again) {
    return;
  }
  await vscode.commands.executeCommand(COMMANDS.signIn, {
    kind: "account",
    accountId: account.id,
  });
}

/** Tells why a command that writes isn't run. */
export function tellReadOnly(account: Account): void {
  void notifyInformation(
    vscode.l10n.t(
      "{0} is read-only: its credential lacks the permission MCP Portals Write. Sign in with one that has it.",
      account.name,
    ),
  );
}
