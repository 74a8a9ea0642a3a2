import * as vscode from "vscode";
import type { Disposable } from "../../base/emitter.ts";
import type { Account, AccountId } from "../../domain/account.ts";
import { notifyInformation, notifyWarning } from "../../editor/notifications.ts";
import type { ReadonlyStore } from "../../engine/store.ts";
import { COMMANDS } from "../../manifest.ts";
import type { SignInOffer } from "../app.ts";

/**
 * Reports an account whose credential Cloudflare no longer accepts, with one message for all of its
 * requests, and hands on accounts that turn out to be read-only.
 */
export class AccessNotices implements SignInOffer {
  /** The accounts whose message is on screen. */
  readonly #offered = new Set<AccountId>();

  /** @param keepReadOnly stores that an account is read-only */
  follow(store: ReadonlyStore, keepReadOnly: (id: AccountId) => unknown): Disposable {
    return store.onDidDiffer((difference) => {
      switch (difference.kind) {
        case "credentialRefused":
          void this.offerSignIn(difference.account);
          return;
        case "credentialReplaced":
          // The old message may stay on screen long after the person has signed in another way.
          this.#offered.delete(difference.account.id);
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

  async offerSignIn(account: Account): Promise<void> {
    if (this.#offered.has(account.id)) {
      return;
    }
    this.#offered.add(account.id);
    const again = vscode.l10n.t("Sign In…");
    const chosen = await notifyWarning(
      vscode.l10n.t(
        "Cloudflare no longer accepts the sign-in of {0}. What you see may be old; changes wait until you have signed in again.",
        account.name,
      ),
      again,
    );
    this.#offered.delete(account.id);
    if (chosen !== again) {
      return;
    }
    await vscode.commands.executeCommand(COMMANDS.signIn, {
      kind: "account",
      accountId: account.id,
    });
  }
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
