import * as vscode from "vscode";
import type { TokenState } from "../model/account.ts";
import { timeInWords } from "../ui/words.ts";

/** Why a token that Cloudflare knows can't be used. */
export function unusableInWords({ status, expiresOn, notBefore }: TokenState): string {
  switch (status) {
    case "expired":
      return expiresOn === undefined
        ? vscode.l10n.t("This token has expired. Make a new one in the dashboard.")
        : vscode.l10n.t(
            "This token expired on {0}. Make a new one in the dashboard.",
            timeInWords(expiresOn),
          );
    case "disabled":
      return vscode.l10n.t(
        "This token is disabled. Enable it in the dashboard, or use another one.",
      );
    default:
      return notBefore === undefined
        ? vscode.l10n.t('Cloudflare says that this token is "{0}".', status)
        : vscode.l10n.t("This token isn't valid before {0}.", timeInWords(notBefore));
  }
}
