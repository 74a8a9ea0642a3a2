import * as vscode from "vscode";
import { listed } from "../../base/text.ts";
import { safeRoot } from "../../domain/account.ts";
import { notifyError, notifyWarning } from "../../editor/notifications.ts";
import { apiBaseUrl, onDidChangeSettings } from "../../editor/settings.ts";
import { SETTINGS } from "../../manifest.ts";
import type { Reporter } from "../errors.ts";
import type { Accounts } from "./accounts.ts";
import type { StoredAccount } from "./credentialStore.ts";

/** The root for which the user declined to use the credentials. */
const DECLINED = "mcpPortals.declinedApiRoot";

/**
 * An account keeps the API root of its sign-in. When the setting changes, the user is asked before
 * a stored credential is sent there.
 */
export function watchApiRoot(
  accounts: Accounts,
  memento: vscode.Memento,
  reporter: Reporter,
): vscode.Disposable {
  const askThem = (): void =>
    reporter.inBackground(
      vscode.l10n.t("Your accounts keep their API root."),
      ask(accounts, memento),
    );
  void accounts.restored.then(() => {
    if (memento.get(DECLINED) !== apiBaseUrl()) {
      askThem();
    }
  });
  return onDidChangeSettings(["apiBaseUrl"], askThem);
}

async function ask(accounts: Accounts, memento: vscode.Memento): Promise<void> {
  const root = apiBaseUrl();
  const elsewhere = accountsElsewhere(accounts, root);
  if (elsewhere.length === 0) {
    return;
  }
  if (safeRoot(root) === undefined) {
    return tellUnsafe();
  }
  const move = vscode.l10n.t("Use New Root");
  const keep = vscode.l10n.t("Keep as Is");
  const chosen = await notifyWarning(question(root, elsewhere), move, keep);
  // The setting may have changed meanwhile; another question is open then.
  if (apiBaseUrl() !== root) {
    return;
  }
  if (chosen === keep) {
    await memento.update(DECLINED, root);
  }
  if (chosen !== move) {
    return;
  }
  for (const { account, credential } of accountsElsewhere(accounts, root)) {
    await accounts.add(account, root, credential);
  }
}

function accountsElsewhere(accounts: Accounts, root: string): readonly StoredAccount[] {
  return accounts.stored.filter(({ apiRoot }) => apiRoot !== root);
}

function question(root: string, elsewhere: readonly StoredAccount[]): string {
  return vscode.l10n.t(
    "The API root is now {0}. The stored credentials of {1} were given for {2}. Use them with the new root?",
    root,
    listed(elsewhere.map(({ account }) => account.name)),
    listed([...new Set(elsewhere.map(({ apiRoot }) => apiRoot))]),
  );
}

function tellUnsafe(): void {
  void notifyError(
    vscode.l10n.t(
      "{0} has to start with https, or with http on this machine. Your accounts keep their API root.",
      SETTINGS.apiBaseUrl,
    ),
  );
}
