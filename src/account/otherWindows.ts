import type * as vscode from "vscode";
import type { AccountId } from "../model/client/account.ts";
import type { Register } from "./register.ts";
import { accountOfKey } from "./vault.ts";

/**
 * Tells of accounts that another window may have signed in to or out of. The secret storage's own
 * event serves desktop VS Code; in the browser it stays within its tab, and the register serves.
 */
export function watchOtherWindows(
  secrets: vscode.SecretStorage,
  register: Register,
  changed: (id: AccountId) => unknown,
): vscode.Disposable {
  // Without it nothing is lost but time: each request reads the register anyway.
  register.watch(changed).catch(() => undefined);
  const subscription = secrets.onDidChange(({ key }) => {
    const id = accountOfKey(key);
    if (id !== undefined) changed(id);
  });
  return {
    dispose: () => {
      subscription.dispose();
      register.dispose();
    },
  };
}
