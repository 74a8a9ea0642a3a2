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
import {
  type Answer,
  askPart,
  BACK,
  endWith,
  type Place,
  type Step,
} from "../../ui/forms/steps.ts";
import { textStep } from "../../ui/forms/textStep.ts";
import { reasonOf } from "../../ui/report.ts";
import type { CredentialForm, Send, Sent } from "./credentialForm.ts";

export type HeaderKey = "name" | "value" | "next";
type Headers = ReadonlyMap<string, string>;

/**
 * One header after the other, until the person has them all.
 * @param before the headers that are there already
 */
export function askHeaders(
  form: CredentialForm,
  send: Send,
  place: Place,
  before: Headers = new Map(),
): Sent {
  const answers = form.typed.headers[before.size] ?? new Map<HeaderKey, string>();
  form.typed.headers[before.size] = answers;
  return askPart<HeaderKey, Server>(
    [nameStep(form, before), valueStep(form), nextStep(form, send, before)],
    place,
    answers,
  );
}

/** Sends the headers, or asks for more of them, until the person goes neither way. */
function nextStep(form: CredentialForm, send: Send, before: Headers): Step<HeaderKey, Server> {
  return {
    key: "next",
    async ask({ answers, ...place }) {
      const headers = new Map([...before, [answers.get("name") ?? "", answers.get("value") ?? ""]]);
      for (;;) {
        const next = await askNext(form, send, place, headers);
        if (next !== "more") return endWith(next);
        const further = await askHeaders(form, send, placeAfter(place.at), headers);
        if (further !== BACK) return endWith(further);
      }
    },
  };
}

function placeAfter(at: At | undefined): Place {
  return { at: at && { step: at.step + 1, total: at.total + 1 }, back: BACK };
}

function nameStep({ title }: CredentialForm, before: Headers): Step<HeaderKey> {
  const taken = new Set([...before.keys()].map((name) => name.toLowerCase()));
  return textStep<HeaderKey>({
    key: "name",
    title,
    prompt: vscode.l10n.t("Name of the header"),
    placeholder: "X-Api-Key",
    problem: (text) => headerNameProblem(text, taken),
  });
}

function valueStep({ title }: CredentialForm): Step<HeaderKey> {
  return {
    key: "value",
    ask: ({ answers, value, at, back }) =>
      checkedInput<Answer>({
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
  { title, note, confirm, typed }: CredentialForm,
  send: Send,
  { at, back }: Place,
  headers: Headers,
): Promise<Server | "more" | typeof BACK | undefined> {
  type Item = vscode.QuickPickItem & { readonly more: boolean };
  const done: Item = {
    more: false,
    label: confirm,
    iconPath: new vscode.ThemeIcon("check"),
    description: listed([...headers.keys()]),
  };
  const more: Item = {
    more: true,
    label: vscode.l10n.t("Add another header…"),
    iconPath: new vscode.ThemeIcon("add"),
  };
  return checkedPick<Item, Server | "more" | typeof BACK>({
    title,
    placeholder: note,
    at,
    back,
    items: [done, more],
    active: typed.headers[headers.size] === undefined ? done : more,
    accept: async (item) => (item.more ? "more" : send(headersCredentials(headers))),
    explain: reasonOf,
  });
}
