import * as vscode from "vscode";
import {
  serverIdProblem,
  serverIdWarning,
  serverNameProblem,
  serverUrlProblem,
  suggestServerId,
} from "../../model/server/newServer.ts";
import type { NewServer, Server } from "../../model/server/server.ts";
import { bearerProblem } from "../../model/server/upstreamCredentials.ts";
import { checkedInput } from "../../ui/forms/checkedInput.ts";
import { checkedPick } from "../../ui/forms/checkedPick.ts";
import type { BACK, Step } from "../../ui/forms/steps.ts";
import { textStep } from "../../ui/forms/textStep.ts";
import { reasonOf } from "../../ui/report.ts";

export type Key = "name" | "id" | "hostname" | "way" | "credential";
type Way = "none" | "bearer" | "headers" | "dashboard" | "manual";
/** Adds the server at Cloudflare; rejects when that refuses. */
export type Add = (server: NewServer) => Promise<Server>;

export function title(): string {
  return vscode.l10n.t("Add a server");
}

export function plainSteps(taken: ReadonlySet<string>): readonly Step<Key>[] {
  return [
    textStep<Key>({
      key: "name",
      title: title(),
      prompt: vscode.l10n.t("Name, as people see it"),
      problem: serverNameProblem,
    }),
    textStep<Key>({
      key: "id",
      title: title(),
      prompt: vscode.l10n.t(
        "Id: portals put it before the names of its tools, and it can't be changed later",
      ),
      value: (answers) => suggestServerId(answers.get("name") ?? "", taken),
      problem: (id) => serverIdProblem(id, taken),
      warning: serverIdWarning,
    }),
    textStep<Key>({
      key: "hostname",
      title: title(),
      prompt: vscode.l10n.t("URL of the MCP server; it can't be changed later"),
      placeholder: "https://docs.example.com/mcp",
      problem: serverUrlProblem,
    }),
  ];
}

interface WayItem extends vscode.QuickPickItem {
  readonly way: Way;
}

/** Sends where nothing more is to be asked. */
export function wayStep(add: Add): Step<Key> {
  return {
    key: "way",
    ask: ({ at, buttons, answers, value }) => {
      const items = wayItems();
      return checkedPick<WayItem, { readonly text: string } | typeof BACK>({
        title: title(),
        placeholder: vscode.l10n.t(
          "How does Cloudflare authenticate with it? Adding can't be undone, only deleted again",
        ),
        at,
        buttons,
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

export function bearerStep(add: Add): Step<Key> {
  return {
    key: "credential",
    applies: (answers) => answers.get("way") === "bearer",
    ask: ({ at, buttons, answers }) =>
      checkedInput<{ readonly text: string } | typeof BACK>({
        title: title(),
        prompt: vscode.l10n.t("The bearer token for the upstream."),
        password: true,
        at,
        buttons,
        validate: (text) => bearerProblem(text.trim()),
        accept: async (text) => {
          await add({ ...bodyOf(answers, "bearer"), auth_credentials: text.trim() });
          // Answers are kept as long as the form; the credential isn't.
          return { text: "" };
        },
        explain: reasonOf,
      }),
  };
}

/** The answers so far as what the API wants. */
export function bodyOf(answers: ReadonlyMap<Key, string>, way: Way): NewServer {
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
