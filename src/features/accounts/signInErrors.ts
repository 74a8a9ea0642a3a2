import * as vscode from "vscode";
import { isVisibleAscii } from "../../base/text.ts";
import { isApiError } from "../../domain/apiError.ts";
import { reasonOf } from "../../domain/diagnosis/apiErrors.ts";
import { denialOf } from "../../domain/diagnosis/denials.ts";
import { timeInWords } from "../../domain/servers/words.ts";
import { isUnusableError, type Unusable } from "./verify.ts";

/** The reason why a credential can't be used to sign in. */
export function explainSignIn(error: unknown): string {
  if (isUnusableError(error)) {
    return unusableInWords(error.unusable);
  }
  const isExplained = !isApiError(error) || denialOf(error.problems) !== undefined;
  if (isExplained || error.reason !== "refused") {
    return reasonOf(error);
  }
  const said = error.problems.map(({ message }) => message).filter(Boolean);
  const quoted =
    said.length === 0 ? "" : ` ${vscode.l10n.t("Cloudflare says: {0}", said.join("; "))}`;
  if (error.kind === "forbidden") {
    return `${mayNotRead()}${quoted}`;
  }
  if (error.kind === "auth") {
    return `${unknown()}${quoted}`;
  }
  return reasonOf(error);
}

/** A 403 doesn't tell which of two reasons applies, so the sentence names both. */
function mayNotRead(): string {
  return vscode.l10n.t(
    "The credential is right, but may not read MCP portals in this account: either it lacks the permission MCP Portals Read, or the account isn't entitled to MCP portals.",
  );
}

function unknown(): string {
  return vscode.l10n.t("Cloudflare doesn't know this credential. Check that all of it was copied.");
}

function unusableInWords(unusable: Unusable): string {
  switch (unusable.kind) {
    case "expired":
      return unusable.since === undefined
        ? vscode.l10n.t("This token has expired. Make a new one in the dashboard.")
        : vscode.l10n.t(
            "This token expired on {0}. Make a new one in the dashboard.",
            timeInWords(unusable.since, vscode.env.language),
          );
    case "disabled":
      return vscode.l10n.t(
        "This token is disabled. Enable it in the dashboard, or use another one.",
      );
    case "notYet":
      return vscode.l10n.t(
        "This token isn't valid before {0}.",
        timeInWords(unusable.from, vscode.env.language),
      );
    case "other":
      return vscode.l10n.t('Cloudflare says that this token is "{0}".', unusable.status);
  }
}

/**
 * Why a text can't be a credential; undefined when it can. A credential must fit into a header as
 * it is.
 */
export function credentialProblem(text: string): string | undefined {
  if (text === "") {
    return vscode.l10n.t("Paste the credential.");
  }
  if (/\s/u.test(text)) {
    return vscode.l10n.t("A credential has no spaces or line breaks in it.");
  }
  if (!isVisibleAscii(text)) {
    return vscode.l10n.t("A credential has only letters, digits and signs of plain ASCII in it.");
  }
  return undefined;
}
