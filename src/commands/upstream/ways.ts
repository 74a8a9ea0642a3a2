import * as vscode from "vscode";
import type { Server } from "../../model/server/server.ts";
import { checkedPick } from "../../ui/forms/checkedPick.ts";
import type { Answer, Step } from "../../ui/forms/steps.ts";
import { type CredentialForm, nothingTyped, type Way } from "./credentialForm.ts";

export type Key = "way" | "credential";
type Choice = vscode.QuickPickItem & { readonly way: Way | "dashboard" };

/** Which kind of credentials, or where they are given. */
export function wayStep(server: Server, { title, note }: CredentialForm): Step<Key, "dashboard"> {
  return {
    key: "way",
    ask: ({ value, at, back }) => {
      const items = waysFor(server);
      return checkedPick<Choice, Answer<"dashboard">>({
        title,
        placeholder: note,
        at,
        back,
        items,
        active: items.find(({ way }) => way === value),
        accept: async ({ way }) => (way === "dashboard" ? { end: way } : { text: way }),
      });
    },
  };
}

export function formOf(server: Server): CredentialForm {
  return {
    title: vscode.l10n.t("Upstream credentials of {0}", server.name),
    note: storedInWords(server),
    confirm: vscode.l10n.t("Save"),
    isCallbackShared: server.isSharedOauthCallbackEnabled === true,
    hasSecret: server.authConfigSummary?.hasClientSecret === true,
    typed: nothingTyped(),
  };
}

/** That there is something, never what. */
function storedInWords({ authConfigSummary }: Server): string {
  if (authConfigSummary === undefined) {
    return vscode.l10n.t(
      "What is stored at Cloudflare isn't shown. What you enter replaces it, and can't be undone.",
    );
  }
  return authConfigSummary.hasClientSecret === true
    ? vscode.l10n.t(
        "An OAuth client with a secret is stored. What you enter replaces it, and can't be undone.",
      )
    : vscode.l10n.t(
        "An OAuth client without a secret is stored. What you enter replaces it, and can't be undone.",
      );
}

export function takesCredentials(server: Server): boolean {
  return waysFor(server).length > 0;
}

/** Said of a server that takes none. */
export function takesNone(server: Server): string {
  return server.authType === "unauthenticated"
    ? vscode.l10n.t(
        "{0} takes no credentials: it is registered without authentication.",
        server.name,
      )
    : vscode.l10n.t(
        "{0} takes no credentials here: its kind of authentication is {1}.",
        server.name,
        server.authType,
      );
}

function waysFor({ authType, authConfigSummary }: Server): readonly Choice[] {
  if (authType === "bearer") return [bearer(), headers()];
  if (authType !== "oauth") return [];
  return authConfigSummary?.authMode === "manual"
    ? [secret(), manual(), dashboard()]
    : [dashboard(), manual()];
}

function bearer(): Choice {
  return {
    way: "bearer",
    label: vscode.l10n.t("Bearer token"),
    iconPath: new vscode.ThemeIcon("key"),
    detail: vscode.l10n.t("Sent to the upstream as its Authorization header"),
  };
}

function headers(): Choice {
  return {
    way: "headers",
    label: vscode.l10n.t("Headers"),
    iconPath: new vscode.ThemeIcon("list-flat"),
    detail: vscode.l10n.t("Any headers, as names and values"),
  };
}

function dashboard(): Choice {
  return {
    way: "dashboard",
    label: vscode.l10n.t("Authenticate in the dashboard"),
    iconPath: new vscode.ThemeIcon("link-external"),
    detail: vscode.l10n.t("For OAuth with dynamic registration; only an administrator can"),
  };
}

function manual(): Choice {
  return {
    way: "manual",
    label: vscode.l10n.t("OAuth client of your own"),
    iconPath: new vscode.ThemeIcon("lock"),
    detail: vscode.l10n.t("Endpoints, client id and secret, entered by hand"),
  };
}

function secret(): Choice {
  return {
    way: "secret",
    label: vscode.l10n.t("New client secret"),
    iconPath: new vscode.ThemeIcon("key"),
    detail: vscode.l10n.t("The rest of the OAuth client stays as it is"),
  };
}
