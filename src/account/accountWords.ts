import * as vscode from "vscode";
import { reasonOf } from "../ui/report.ts";
import { sayError, sayInformation, sayWarning } from "../ui/say.ts";

/** An entry of the secret storage was no sign-in of ours, or an outdated one. */
export function tellOfBroken(): void {
  void sayWarning(
    vscode.l10n.t("A saved sign-in couldn't be read and was removed. Please sign in again."),
  );
}

/** The keyring may be locked or missing. Nothing is removed: it may open the next time. */
export function tellOfUnreadable(error: unknown): void {
  void sayError(
    vscode.l10n.t(
      "The saved sign-ins couldn't be read from the secret storage. {0}",
      reasonOf(error),
    ),
  );
}

/** This window can't see what another one has stored until it is loaded anew. */
export function tellOfNewer(): void {
  const reload = vscode.l10n.t("Reload Window");
  void sayInformation(
    vscode.l10n.t("An account was signed in to anew in another window. Reload to go on with it."),
    reload,
  ).then((chosen) => {
    if (chosen !== reload) return;
    void vscode.commands.executeCommand("workbench.action.reloadWindow");
  });
}
