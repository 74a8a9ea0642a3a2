import * as vscode from "vscode";
import { listed } from "../../model/sentence.ts";
import type { Server } from "../../model/server/server.ts";
import {
  bearerProblem,
  headerNameProblem,
  headersCredentials,
  headerValueProblem,
} from "../../model/server/upstreamCredentials.ts";
import { checkedInput } from "../../ui/forms/checkedInput.ts";
import { checkedPick } from "../../ui/forms/checkedPick.ts";
import { reasonOf } from "../../ui/report.ts";
import { type FormTexts, textsOf } from "./chooseWay.ts";
import type { Send } from "./setCredentials.ts";

export function askBearer(server: Server, send: Send): Promise<Server | undefined> {
  const { title, placeHolder } = textsOf(server);
  return checkedInput({
    title,
    prompt: `${vscode.l10n.t("The bearer token for the upstream.")} ${placeHolder}`,
    password: true,
    validate: (text) => bearerProblem(text.trim()),
    accept: (text) => send({ auth_credentials: text.trim() }),
    explain: reasonOf,
  });
}

/** One header after the other, until the person has them all. */
export async function askHeaders(texts: FormTexts, send: Send): Promise<Server | undefined> {
  const headers = new Map<string, string>();
  for (;;) {
    if (!(await askHeader(texts, headers))) return undefined;
    const next = await askNext(texts, headers, send);
    if (next !== "more") return next;
  }
}

/** False when it was dismissed. */
async function askHeader({ title }: FormTexts, headers: Map<string, string>): Promise<boolean> {
  const taken = new Set([...headers.keys()].map((name) => name.toLowerCase()));
  const name = await checkedInput({
    title,
    prompt: vscode.l10n.t("Name of the header"),
    placeholder: "X-Api-Key",
    validate: (text) => headerNameProblem(text.trim(), taken),
    accept: async (text) => text.trim(),
  });
  if (name === undefined) return false;
  const value = await checkedInput({
    title,
    prompt: vscode.l10n.t("Value of {0}", name),
    password: true,
    validate: headerValueProblem,
    accept: async (text) => text.trim(),
  });
  if (value === undefined) return false;
  headers.set(name, value);
  return true;
}

function askNext(
  { title, placeHolder }: FormTexts,
  headers: ReadonlyMap<string, string>,
  send: Send,
): Promise<Server | "more" | undefined> {
  return checkedPick<vscode.QuickPickItem & { readonly more: boolean }, Server | "more">({
    title,
    placeholder: placeHolder,
    items: [
      {
        more: false,
        label: vscode.l10n.t("Save"),
        iconPath: new vscode.ThemeIcon("check"),
        description: listed([...headers.keys()]),
      },
      {
        more: true,
        label: vscode.l10n.t("Add another header…"),
        iconPath: new vscode.ThemeIcon("add"),
      },
    ],
    accept: async ({ more }) => (more ? "more" : send(headersCredentials(headers))),
    explain: reasonOf,
  });
}
