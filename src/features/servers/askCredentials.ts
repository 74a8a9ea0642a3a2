import * as vscode from "vscode";
import { listed } from "../../base/text.ts";
import { reasonOf } from "../../domain/diagnosis/apiErrors.ts";
import { headersInText } from "../../domain/servers/headersText.ts";
import type { Server } from "../../domain/servers/server.ts";
import {
  bearerProblem,
  headerNameProblem,
  headersCredentials,
  headerValueProblem,
} from "../../domain/servers/upstreamCredentials.ts";
import { checkedInput, checkedPick } from "../../editor/inputs.ts";
import type { Answer, BACK, MultiStepInput } from "../../editor/multiStepInput.ts";
import {
  type CredentialForm,
  type HeaderAnswers,
  headerAnswers,
  type Send,
} from "./credentialForm.ts";
import { askManualClient, needed } from "./manualOAuth.ts";

/** Kinds of credentials that are entered in VS Code. */
export type AuthMethod = "bearer" | "headers" | "manual" | "secret";

/**
 * Asks for credentials of one kind. The last question sends them, and stays open when they are
 * refused.
 */
export function askCredentials(
  input: MultiStepInput,
  method: AuthMethod,
  form: CredentialForm,
  send: Send,
): Promise<Server> {
  switch (method) {
    case "bearer":
      return askBearer(input, form, send);
    case "headers":
      return askHeaders(input, form, send);
    case "manual":
      return askManualClient(input, form, send);
    case "secret":
      return askSecret(input, form, send);
  }
}

/** Pasted headers continue in the form for headers, with their values filled in. */
async function askBearer(input: MultiStepInput, form: CredentialForm, send: Send): Promise<Server> {
  const answer = await input.ask(form.typed.bearer, ({ at, back }) =>
    checkedInput<Server | "headers" | typeof BACK>({
      title: form.title,
      prompt: `${vscode.l10n.t("The bearer token for the upstream.")} ${form.note}`,
      password: true,
      at,
      back,
      validate: (text) =>
        headersInText(text) === undefined ? bearerProblem(text.trim()) : undefined,
      warn: (text) =>
        headersInText(text) === undefined
          ? undefined
          : vscode.l10n.t("These are headers, not a token. Press Enter to use them as headers."),
      async accept(text) {
        const pasted = headersInText(text);
        if (pasted === undefined) {
          return send({ auth_credentials: text.trim() });
        }
        fillIn(form.typed.headers, 0, pasted);
        return "headers";
      },
      explain: reasonOf,
    }),
  );
  return answer === "headers" ? askHeaders(input, form, send) : answer;
}

function askSecret(
  input: MultiStepInput,
  { title, note, typed }: CredentialForm,
  send: Send,
): Promise<Server> {
  return input.ask(typed.secret, ({ at, back }) =>
    checkedInput<Server | typeof BACK>({
      title,
      prompt: `${vscode.l10n.t("The new client secret.")} ${note}`,
      password: true,
      at,
      back,
      validate: (text) => needed(text.trim()),
      accept: (text) => send({ client_secret: text.trim() }),
      explain: reasonOf,
    }),
  );
}

type Headers = ReadonlyMap<string, string>;

/** Asks for one header after another until the person sends them. */
async function askHeaders(
  input: MultiStepInput,
  form: CredentialForm,
  send: Send,
): Promise<Server> {
  const { title, typed } = form;
  const headers = new Map<string, string>();
  for (let index = 0; ; index += 1) {
    const answers = typed.headers[index] ?? headerAnswers();
    typed.headers[index] = answers;
    input.expect(3);
    const taken = new Set([...headers.keys()].map((name) => name.toLowerCase()));
    const name = await input.text(answers.name, {
      title,
      prompt: vscode.l10n.t("Name of the header"),
      placeholder: "X-Api-Key",
      problem: (text) => namesProblem(text, taken),
      warning: (text) =>
        headersInText(text) === undefined
          ? undefined
          : vscode.l10n.t("These are whole headers. Enter fills in their names and values."),
      answer: (text) => fillIn(typed.headers, index, headersInText(text)),
    });
    const value = await input.text(answers.value, {
      title,
      prompt: vscode.l10n.t("Value of {0}", name),
      password: true,
      problem: (text) => headerValueProblem(valueIn(text, name) ?? text),
      warning: (text) =>
        valueIn(text, name) === undefined
          ? undefined
          : vscode.l10n.t("This is the whole header. Enter takes the value out of it."),
      answer: (text) => valueIn(text, name),
    });
    headers.set(name, value);
    const next = await askNext(input, form, answers.next, headers, send);
    if (next !== "more") {
      return next;
    }
  }
}

/** Asks whether to send the headers or to add another one. */
function askNext(
  input: MultiStepInput,
  { title, note, confirm, typed }: CredentialForm,
  answer: Answer<Server | "more">,
  headers: Headers,
  send: Send,
): Promise<Server | "more"> {
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
  return input.ask(answer, ({ at, back }) =>
    checkedPick<Item, Server | "more" | typeof BACK>({
      title,
      placeholder: note,
      at,
      back,
      items: [done, more],
      active: typed.headers[headers.size] === undefined ? done : more,
      accept: async (item) => (item.more ? "more" : send(headersCredentials(headers))),
      explain: reasonOf,
    }),
  );
}

/**
 * Puts pasted headers into the form, in place of what was typed from this one on. Returns the name
 * of the first; undefined where nothing was pasted.
 */
function fillIn(
  typed: HeaderAnswers[],
  from: number,
  pasted: Headers | undefined,
): string | undefined {
  if (pasted === undefined) {
    return undefined;
  }
  const filled = [...pasted].map(([name, value], place) => {
    // The question that is open keeps its answers.
    const answers = (place === 0 ? typed[from] : undefined) ?? headerAnswers();
    answers.name.value = name;
    answers.value.value = value;
    return answers;
  });
  typed.splice(from, typed.length - from, ...filled);
  return filled[0]?.name.value;
}

/** What is wrong with a name, or with the names of headers that were pasted in its place. */
function namesProblem(text: string, taken: ReadonlySet<string>): string | undefined {
  const names = [...(headersInText(text)?.keys() ?? [text])];
  return names
    .map((name) => headerNameProblem(name, taken))
    .find((problem) => problem !== undefined);
}

/** The value of a header that was pasted with its name. */
function valueIn(text: string, name: string): string | undefined {
  return [...(headersInText(text) ?? [])].find(
    ([pasted]) => pasted.toLowerCase() === name.toLowerCase(),
  )?.[1];
}
