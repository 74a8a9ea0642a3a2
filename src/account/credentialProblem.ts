import * as vscode from "vscode";

/** Why a text can't be a credential: it has to fit into a header as it is. */
export function credentialProblem(text: string): string | undefined {
  if (text === "") return vscode.l10n.t("Paste the credential.");
  if (/\s/u.test(text)) return vscode.l10n.t("A credential has no spaces or line breaks in it.");
  if (!/^[\x21-\x7e]+$/u.test(text)) {
    return vscode.l10n.t("A credential has only letters, digits and signs of plain ASCII in it.");
  }
  return undefined;
}
