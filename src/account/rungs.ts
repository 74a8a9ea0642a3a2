import * as vscode from "vscode";
import { checkedPick } from "../ui/forms/checkedPick.ts";
import { fromEnvironment } from "./environment.ts";
import { tokenPageButton } from "./tokenPage.ts";

export const SIGN_IN_CHOICES = ["token", "environment", "key", "demo"] as const;
export type SignInChoice = (typeof SIGN_IN_CHOICES)[number];

type Rung = vscode.QuickPickItem & { readonly choice: SignInChoice };

/**
 * The first step: how to sign in, and where a token is made.
 * @param before what was chosen before somebody went back
 */
export function chooseSignIn(
  offered: readonly SignInChoice[],
  before: SignInChoice | undefined,
): Promise<SignInChoice | undefined> {
  const items = rungs().filter(({ choice }) => offered.includes(choice));
  return checkedPick({
    title: vscode.l10n.t("Sign in to Cloudflare"),
    placeholder: vscode.l10n.t("How do you want to sign in?"),
    items,
    active: items.find(({ choice }) => choice === before),
    buttons: [tokenPageButton()],
    accept: async ({ choice }) => choice,
  });
}

function rungs(): readonly Rung[] {
  return [
    {
      choice: "token",
      label: vscode.l10n.t("Paste an API token"),
      iconPath: new vscode.ThemeIcon("key"),
      detail: vscode.l10n.t("With the permission MCP Portals Read, or Write to make changes"),
    },
    ...(fromEnvironment() === undefined ? [] : [environmentRung()]),
    {
      choice: "key",
      label: vscode.l10n.t("Use an email and Global API Key (legacy)"),
      iconPath: new vscode.ThemeIcon("mail"),
    },
    {
      choice: "demo",
      label: vscode.l10n.t("Open the demo account"),
      iconPath: new vscode.ThemeIcon("beaker"),
      detail: vscode.l10n.t("Runs on this machine, needs no account at Cloudflare"),
    },
  ];
}

function environmentRung(): Rung {
  return {
    choice: "environment",
    label: vscode.l10n.t("Use CLOUDFLARE_API_TOKEN from the environment"),
    iconPath: new vscode.ThemeIcon("terminal"),
  };
}
