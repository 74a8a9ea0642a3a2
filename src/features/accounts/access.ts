import * as vscode from "vscode";
import type { Account, AccountId } from "../../domain/account.ts";
import { notifyInformation, notifyWarning } from "../../editor/notifications.ts";
import type { Access, State } from "../../engine/state.ts";
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
  let before = store.state;
  return store.onDidChange((after) => {
    for (const { account, access } of after.accounts.values()) {
      const known = accessOf(before, account.id);
      // A message may stand unanswered long after somebody has signed in another way.
      if (!access.refused) {
        offered.delete(account.id);
      }
      if (access.refused && known?.refused === false) {
        void offerSignIn(account);
      }
      if (access.readOnly && known?.readOnly === false) {
        keepReadOnly(account.id);
      }
    }
    before = after;
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

function accessOf(state: State, id: AccountId): Access | undefined {
  return state.accounts.get(id)?.access;
}
