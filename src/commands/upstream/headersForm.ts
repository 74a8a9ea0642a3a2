import * as vscode from "vscode";
import { listed } from "../../model/sentence.ts";
import type { Server } from "../../model/server/server.ts";
import {
  headerNameProblem,
  headersCredentials,
  headerValueProblem,
} from "../../model/server/upstreamCredentials.ts";
import { checkedInput } from "../../ui/forms/checkedInput.ts";
import { checkedPick } from "../../ui/forms/checkedPick.ts";
import type { At } from "../../ui/forms/question.ts";
import { askSteps, BACK, type Place, type Step } from "../../ui/forms/steps.ts";
import { textStep } from "../../ui/forms/textStep.ts";
import { reasonOf } from "../../ui/report.ts";
import type { CredentialForm, Send, Sent } from "./credentialForm.ts";

type Key = "name" | "value" | "next";
type Headers = ReadonlyMap<string, string>;

/**
 * One header after the other, until the person has them all.
 * @param before the headers that are there already
 */
export async function askHeaders(
  form: CredentialForm,
  send: Send,
  place: Place,
  before: Headers = new Map(),
): Sent {
  let sent: Server | undefined;
  const answers = await askSteps<Key>(
    [
      nameStep(form, before),
      valueStep(form),
      {
        key: "next",
        async ask(context) {
          const name = context.answers.get("name") ?? "";
          const headers = new Map([...before, [name, context.answers.get("value") ?? ""]]);
          const next = await askOn(form, send, context, headers);
          if (next === undefined || next === BACK) return next;
          sent = next;
          return { text: "" };
        },
      },
    ],
    place,
  );
  return sent ?? (answers === BACK ? BACK : undefined);
}

/** Sends the headers, or asks for more of them, until the person goes neither way. */
async function askOn(form: CredentialForm, send: Send, place: Place, headers: Headers): Sent {
  for (;;) {
    const next = await askNext(form, send, place, headers);
    if (next !== "more") return next;
    const further = await askHeaders(form, send, placeAfter(place.at), headers);
    if (further !== BACK) return further;
  }
}

function placeAfter({ step, total }: At): Place {
  return { at: { step: step + 1, total: total + 1 }, back: BACK };
}

function nameStep({ title }: CredentialForm, before: Headers): Step<Key> {
  const taken = new Set([...before.keys()].map((name) => name.toLowerCase()));
  return textStep<Key>({
    key: "name",
    title,
    prompt: vscode.l10n.t("Name of the header"),
    placeholder: "X-Api-Key",
    problem: (text) => headerNameProblem(text, taken),
  });
}

function valueStep({ title }: CredentialForm): Step<Key> {
  return {
    key: "value",
    ask: ({ answers, value, at, back }) =>
      checkedInput<{ readonly text: string } | typeof BACK>({
        title,
        prompt: vscode.l10n.t("Value of {0}", answers.get("name") ?? ""),
        value: value ?? "",
        password: true,
        at,
        back,
        validate: headerValueProblem,
        accept: async (text) => ({ text: text.trim() }),
      }),
  };
}

function askNext(
  { title, note, confirm }: CredentialForm,
  send: Send,
  { at, back }: Place,
  headers: Headers,
): Promise<Server | "more" | typeof BACK | undefined> {
  type Item = vscode.QuickPickItem & { readonly more: boolean };
  return checkedPick<Item, Server | "more" | typeof BACK>({
    title,
    placeholder: note,
    at,
    back,
    items: [
      {
        more: false,
        label: confirm,
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
