import * as vscode from "vscode";
import type { NewServer, Server } from "../../model/server/server.ts";
import { checkedPick } from "../../ui/forms/checkedPick.ts";
import { type Answers, BACK, type Step } from "../../ui/forms/steps.ts";
import { reasonOf } from "../../ui/report.ts";
import { askCredentials, type CredentialForm, type Send } from "../upstream/credentialForm.ts";
import { type Key, title } from "./addServerSteps.ts";

const CREDENTIAL_WAYS = ["bearer", "headers", "manual"] as const;
type CredentialWay = (typeof CREDENTIAL_WAYS)[number];
type Way = CredentialWay | "none" | "dashboard";

/** Adds the server at Cloudflare; rejects when that refuses. */
export type Add = (server: NewServer) => Promise<Server>;

interface WayItem extends vscode.QuickPickItem {
  readonly way: Way;
}

/** Sends where nothing more is to be asked. */
export function wayStep(add: Add): Step<Key> {
  return {
    key: "way",
    ask: ({ at, back, answers, value }) => {
      const items = wayItems();
      return checkedPick<WayItem, { readonly text: string } | typeof BACK>({
        title: title(),
        placeholder: vscode.l10n.t(
          "How does Cloudflare authenticate with it? Adding can't be undone, only deleted again",
        ),
        at,
        back,
        items,
        active: items.find(({ way }) => way === value),
        accept: async ({ way }) => {
          if (way === "none" || way === "dashboard") await add(bodyOf(answers, way));
          return { text: way };
        },
        explain: reasonOf,
      });
    },
  };
}

/** What asks for more comes first: one Enter too many adds nothing. */
function wayItems(): readonly WayItem[] {
  return [
    { way: "bearer", label: vscode.l10n.t("Bearer token"), iconPath: new vscode.ThemeIcon("key") },
    {
      way: "headers",
      label: vscode.l10n.t("Headers"),
      iconPath: new vscode.ThemeIcon("list-flat"),
    },
    {
      way: "dashboard",
      label: vscode.l10n.t("OAuth, authenticated in the dashboard"),
      iconPath: new vscode.ThemeIcon("link-external"),
    },
    {
      way: "manual",
      label: vscode.l10n.t("OAuth client of your own"),
      iconPath: new vscode.ThemeIcon("lock"),
    },
    { way: "none", label: vscode.l10n.t("Not at all"), iconPath: new vscode.ThemeIcon("globe") },
  ];
}

export function credentialStep(add: Add): Step<Key> {
  return {
    key: "credential",
    applies: (answers) => credentialWay(answers) !== undefined,
    async ask({ answers, at, back }) {
      const way = credentialWay(answers);
      if (way === undefined) return undefined;
      const send: Send = (credentials) => add({ ...bodyOf(answers, way), ...credentials });
      const added = await askCredentials(way, credentialForm(), send, { at, back });
      // Answers are kept as long as the form; the credential isn't.
      return added === undefined || added === BACK ? added : { text: "" };
    },
  };
}

function credentialWay(answers: Answers<Key>): CredentialWay | undefined {
  return CREDENTIAL_WAYS.find((way) => way === answers.get("way"));
}

function credentialForm(): CredentialForm {
  return {
    title: title(),
    note: vscode.l10n.t("Confirming adds the server."),
    confirm: vscode.l10n.t("Add Server"),
    isCallbackShared: false,
    hasSecret: false,
  };
}

/** The answers so far as what the API wants. */
export function bodyOf(answers: Answers<Key>, way: Way): NewServer {
  return {
    id: answers.get("id") ?? "",
    name: answers.get("name") ?? "",
    hostname: answers.get("hostname") ?? "",
    auth_type: authType(way),
  };
}

function authType(way: Way): NewServer["auth_type"] {
  switch (way) {
    case "none":
      return "unauthenticated";
    case "bearer":
    case "headers":
      return "bearer";
    case "dashboard":
    case "manual":
      return "oauth";
  }
}
