import * as vscode from "vscode";
import { listed } from "../../base/text.ts";
import { reasonOf } from "../../domain/diagnosis/apiErrors.ts";
import { headersInText } from "../../domain/servers/headersText.ts";
import type { Server } from "../../domain/servers/server.ts";
import { serverKind } from "../../domain/servers/serverKind.ts";
import {
  bearerProblem,
  headerNameProblem,
  headersCredentials,
  headerValueProblem,
  type UpstreamCredentials,
} from "../../domain/servers/upstreamCredentials.ts";
import { checkedInput, checkedPick } from "../../editor/inputs.ts";
import { Answer, askForm, type BACK, type MultiStepInput } from "../../editor/multiStepInput.ts";
import { notifyInformation } from "../../editor/notifications.ts";
import { findServer } from "../../engine/state.ts";
import type { CommandArguments, ServerTarget } from "../../manifest.ts";
import type { AppContext } from "../app.ts";
import { syncTargets } from "../sync/index.ts";
import { serverTargets } from "../targets/index.ts";
import { authenticateInDashboard } from "./authentication.ts";
import { askManualClient, clientAnswers, needed } from "./manualOAuth.ts";

/**
 * Sets credentials, which are write-only: stored ones are never shown, and typed ones are sent and
 * not kept.
 */
export async function setUpstreamCredentials(
  app: AppContext,
  args: CommandArguments,
): Promise<void> {
  const [target] = await serverTargets(app, args, {
    title: vscode.l10n.t("Set the credentials of which server?"),
    many: false,
    applies: takesCredentials,
  });
  const server =
    target && findServer(app.store.state, target.accountId, target.serverId)?.optimistic;
  if (target === undefined || server === undefined) {
    return;
  }
  if (!takesCredentials(server)) {
    void notifyInformation(takesNone(server));
    return;
  }
  const sent = await ask(server, (credentials) => send(app, target, credentials));
  if (sent === "dashboard") {
    await authenticateInDashboard(app, target);
  }
  // Only a sync shows whether the upstream accepts them.
  else if (sent !== undefined) {
    await syncTargets(app, [target]);
  }
}

function ask(server: Server, send: Send): Promise<Server | "dashboard" | undefined> {
  const form = formOf(server);
  const answer = new Answer<AuthMethod | "dashboard">();
  return askForm(async (input) => {
    input.expect(2);
    const method = await askMethod(input, server, form, answer);
    return method === "dashboard" ? method : askCredentials(input, method, form, send);
  });
}

async function send(
  app: AppContext,
  { accountId, serverId }: ServerTarget,
  credentials: UpstreamCredentials,
): Promise<Server> {
  const session = app.sessions.get(accountId);
  if (session === undefined) {
    throw new Error(vscode.l10n.t("The account was signed out."));
  }
  return session.operations(serverKind).send(serverId, credentials);
}

type Choice = vscode.QuickPickItem & { readonly method: AuthMethod | "dashboard" };

/** Asks for the kind of credentials. OAuth leads to the dashboard. */
function askMethod(
  input: MultiStepInput,
  server: Server,
  { title, note }: CredentialForm,
  answer: Answer<AuthMethod | "dashboard">,
): Promise<AuthMethod | "dashboard"> {
  return input.ask(answer, ({ value, at, back }) => {
    const items = methodsFor(server);
    return checkedPick<Choice, AuthMethod | "dashboard" | typeof BACK>({
      title,
      placeholder: note,
      at,
      back,
      items,
      active: items.find(({ method }) => method === value),
      accept: async ({ method }) => method,
    });
  });
}

function formOf(server: Server): CredentialForm {
  return {
    title: vscode.l10n.t("Upstream credentials of {0}", server.name),
    note: storedInWords(server),
    confirm: vscode.l10n.t("Save"),
    isCallbackShared: server.isSharedOauthCallbackEnabled === true,
    hasSecret: server.authConfigSummary?.hasClientSecret === true,
    typed: nothingTyped(),
  };
}

/** Tells that something is stored, but never what. */
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

function takesCredentials(server: Server): boolean {
  return methodsFor(server).length > 0;
}

/** Explains why a server takes no credentials. */
function takesNone(server: Server): string {
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

function methodsFor({ authType, authConfigSummary }: Server): readonly Choice[] {
  if (authType === "bearer") {
    return [bearer(), headers()];
  }
  if (authType !== "oauth") {
    return [];
  }
  return authConfigSummary?.authMode === "manual"
    ? [secret(), manual(), dashboard()]
    : [dashboard(), manual()];
}

function bearer(): Choice {
  return {
    method: "bearer",
    label: vscode.l10n.t("Bearer token"),
    iconPath: new vscode.ThemeIcon("key"),
    detail: vscode.l10n.t("Sent to the upstream as its Authorization header"),
  };
}

function headers(): Choice {
  return {
    method: "headers",
    label: vscode.l10n.t("Headers"),
    iconPath: new vscode.ThemeIcon("list-flat"),
    detail: vscode.l10n.t("Any headers, as names and values"),
  };
}

function dashboard(): Choice {
  return {
    method: "dashboard",
    label: vscode.l10n.t("Authenticate in the dashboard"),
    iconPath: new vscode.ThemeIcon("link-external"),
    detail: vscode.l10n.t("For OAuth with dynamic registration; only an administrator can"),
  };
}

function manual(): Choice {
  return {
    method: "manual",
    label: vscode.l10n.t("OAuth client of your own"),
    iconPath: new vscode.ThemeIcon("lock"),
    detail: vscode.l10n.t("Endpoints, client id and secret, entered by hand"),
  };
}

function secret(): Choice {
  return {
    method: "secret",
    label: vscode.l10n.t("New client secret"),
    iconPath: new vscode.ThemeIcon("key"),
    detail: vscode.l10n.t("The rest of the OAuth client stays as it is"),
  };
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

/** Kinds of credentials that are entered in VS Code. */
type AuthMethod = "bearer" | "headers" | "manual" | "secret";

/** The server that a form for credentials is for, and its texts. */
export interface CredentialForm {
  readonly title: string;
  /** Tells what happens to the input. */
  readonly note: string;
  /** The label of the last step, as a button. */
  readonly confirm: string;
  readonly isCallbackShared: boolean;
  readonly hasSecret: boolean;
  readonly typed: Typed;
}

/**
 * Input that wasn't sent yet, kept while the user goes back and forth. It is dropped with the form.
 */
interface Typed {
  readonly bearer: Answer<Server | "headers">;
  readonly secret: Answer<Server>;
  readonly client: ReturnType<typeof clientAnswers>;
  /** One entry for each header, in order. */
  readonly headers: HeaderAnswers[];
}

interface HeaderAnswers {
  readonly name: Answer<string>;
  readonly value: Answer<string>;
  readonly next: Answer<Server | "more">;
}

function headerAnswers(): HeaderAnswers {
  return { name: new Answer(), value: new Answer(), next: new Answer() };
}

export function nothingTyped(): Typed {
  return { bearer: new Answer(), secret: new Answer(), client: clientAnswers(), headers: [] };
}

/** Sends credentials to Cloudflare. Resolves when they are saved. */
export type Send = (credentials: UpstreamCredentials) => Promise<Server>;

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
