import * as vscode from "vscode";
import type { NewServer, Server } from "../../model/server/server.ts";
import { checkedPick } from "../../ui/forms/checkedPick.ts";
import { type Answer, type Answers, endWith, type Step } from "../../ui/forms/steps.ts";
import { reasonOf } from "../../ui/report.ts";
import {
  askCredentials,
  type CredentialForm,
  nothingTyped,
  type Send,
} from "../upstream/credentialForm.ts";
import { type Key, title } from "./addServerSteps.ts";

const CREDENTIAL_WAYS = ["bearer", "headers", "manual"] as const;
type CredentialWay = (typeof CREDENTIAL_WAYS)[number];
type Authentication = CredentialWay | "none" | "dashboard";

/** Adds the server at Cloudflare; rejects when that refuses. */
export type Add = (server: NewServer) => Promise<Server>;

interface WayItem extends vscode.QuickPickItem {
  readonly way: Authentication;
}

/** Sends where nothing more is to be asked. */
export function authenticationStep(add: Add): Step<Key, Server> {
  return {
    key: "way",
    ask: ({ at, back, answers, value }) => {
      const items = wayItems();
      return checkedPick<WayItem, Answer<Server>>({
        title: title(),
        placeholder: vscode.l10n.t(
          "How does Cloudflare authenticate with it? Adding can't be undone, only deleted again",
        ),
        at,
        back,
        items,
        active: items.find(({ way }) => way === value),
        accept: async ({ way }) => {
          const isAll = way === "none" || way === "dashboard";
          return isAll ? { end: await add(bodyOf(answers, way)) } : { text: way };
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

export function credentialStep(add: Add): Step<Key, Server> {
  const form = credentialForm();
  return {
    key: "credential",
    async ask({ answers, ...place }) {
      const way = CREDENTIAL_WAYS.find((known) => known === answers.get("way"));
      if (way === undefined) return undefined;
      const send: Send = (credentials) => add({ ...bodyOf(answers, way), ...credentials });
      return endWith(await askCredentials(way, form, send, place));
    },
  };
}

function credentialForm(): CredentialForm {
  return {
    title: title(),
    note: vscode.l10n.t("Confirming adds the server."),
    confirm: vscode.l10n.t("Add Server"),
    isCallbackShared: false,
    hasSecret: false,
    typed: nothingTyped(),
  };
}

/** The answers so far as what the API wants. */
function bodyOf(answers: Answers<Key>, way: Authentication): NewServer {
  return {
    id: answers.get("id") ?? "",
    name: answers.get("name") ?? "",
    hostname: answers.get("hostname") ?? "",
    auth_type: authType(way),
  };
}

function authType(way: Authentication): NewServer["auth_type"] {
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
