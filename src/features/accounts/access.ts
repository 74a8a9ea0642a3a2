import * as vscode from "vscode";
import type { Account, AccountId } from "../../domain/account.ts";
import { notifyInformation, notifyWarning } from "../../editor/notifications.ts";
import type { ReadonlyStore } from "../../engine/store.ts";
import { COMMANDS } from "../../manifest.ts";

/**
 * Says once that a credential isn't taken any more, however many requests it was refused for, and
 * tells of accounts that turned out to be read-only.
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
        // A message may stand unanswered long after somebody has signed in another way.
        offered.delete(difference.account.id);
        return;
      case "readOnly":
        keepReadOnly(difference.account.id);
        return;
      case "stoppedWorking":
        return;
    }
  });
}

/** The accounts whose message is on screen. */
const offered = new Set<AccountId>();

/** One message, with the way out of it; none while one is there. */
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

/** One message for a command that would change what may only be read. */
export function tellReadOnly(account: Account): void {
  void notifyInformation(
    vscode.l10n.t(
      "{0} is read-only: its credential lacks the permission MCP Portals Write. Sign in with one that has it.",
      account.name,
    ),
  );
}
