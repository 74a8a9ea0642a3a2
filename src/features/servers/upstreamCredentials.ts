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
import { checkedInput, checkedPick, type StepNumber } from "../../editor/inputs.ts";
import {
  type Answer,
  askForm,
  askPart,
  BACK,
  endWith,
  type Step,
  type StepPosition,
  textStep,
} from "../../editor/multiStepInput.ts";
import { notifyInformation } from "../../editor/notifications.ts";
import { findServer } from "../../engine/state.ts";
import type { CommandArguments, ServerTarget } from "../../manifest.ts";
import type { AppContext } from "../app.ts";
import { syncTargets } from "../sync/index.ts";
import { serverTargets } from "../targets/index.ts";
import { authenticateInDashboard } from "./authentication.ts";
import { askManualClient, type ClientKey, needed } from "./manualOAuth.ts";

/** Write-only: what is stored is never shown, and what is typed is sent and forgotten. */
export async function setUpstreamCredentials(
  app: AppContext,
  args: CommandArguments,
): Promise<void> {
  const [target] = await serverTargets(app, args, {
    title: vscode.l10n.t("Set the credentials of which server?"),
    many: false,
    writes: true,
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
  // Only a sync shows whether the upstream takes them.
  else if (sent !== undefined) {
    await syncTargets(app, [target]);
  }
}

function ask(server: Server, send: Send): Promise<Server | "dashboard" | undefined> {
  const form = formOf(server);
  return askForm<Key, Server | "dashboard">([
    wayStep(server, form),
    {
      key: "credential",
      async ask({ answers, ...place }) {
        const way = AUTH_METHODS.find((known) => known === answers.get("way"));
        return way && endWith(await askCredentials(way, form, send, place));
      },
    },
  ]);
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

type Key = "way" | "credential";
type Choice = vscode.QuickPickItem & { readonly way: AuthMethod | "dashboard" };

/** Which kind of credentials, or where they are given. */
function wayStep(server: Server, { title, note }: CredentialForm): Step<Key, "dashboard"> {
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

function takesCredentials(server: Server): boolean {
  return waysFor(server).length > 0;
}

/** Said of a server that takes none. */
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

function waysFor({ authType, authConfigSummary }: Server): readonly Choice[] {
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

type HeaderKey = "name" | "value" | "next";
type Headers = ReadonlyMap<string, string>;

/**
 * One header after the other, until the person has them all.
 * @param before the headers that are there already
 */
function askHeaders(
  form: CredentialForm,
  send: Send,
  place: StepPosition,
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
        if (next !== "more") {
          return endWith(next);
        }
        const further = await askHeaders(form, send, placeAfter(place.at), headers);
        if (further !== BACK) {
          return endWith(further);
        }
      }
    },
  };
}

function placeAfter(at: StepNumber | undefined): StepPosition {
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
  { at, back }: StepPosition,
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

/** The kinds of credentials that are entered here. */
const AUTH_METHODS = ["bearer", "headers", "manual", "secret"] as const;
type AuthMethod = (typeof AUTH_METHODS)[number];

/** Whom a form for credentials is for, and what it says. */
export interface CredentialForm {
  readonly title: string;
  /** What becomes of what is entered. */
  readonly note: string;
  /** What the last step of several does, as a button says it. */
  readonly confirm: string;
  readonly isCallbackShared: boolean;
  readonly hasSecret: boolean;
  readonly typed: Typed;
}

/** What was entered and not sent yet, for who goes back and forth. It goes with the form. */
interface Typed {
  readonly client: Map<ClientKey, string>;
  /** Of each header in turn. */
  readonly headers: Map<HeaderKey, string>[];
}

export function nothingTyped(): Typed {
  return { client: new Map(), headers: [] };
}

/** Sends credentials to Cloudflare; resolves when they are there. */
export type Send = (credentials: UpstreamCredentials) => Promise<Server>;

/** The server as Cloudflare has it then; BACK where another kind is to be chosen. */
export type Sent = Promise<Server | typeof BACK | undefined>;

/** Asks for credentials of one kind. The last question sends, and stays open when they are refused. */
export function askCredentials(
  way: AuthMethod,
  form: CredentialForm,
  send: Send,
  place: StepPosition,
): Sent {
  switch (way) {
    case "bearer":
      return askBearer(form, send, place);
    case "headers":
      return askHeaders(form, send, place);
    case "manual":
      return askManualClient(form, send, place);
    case "secret":
      return askSecret(
        form,
        vscode.l10n.t("The new client secret."),
        needed,
        (secret) => send({ client_secret: secret }),
        place,
      );
  }
}

/** Headers that are pasted here go on in the form for headers, with their values filled in. */
async function askBearer(form: CredentialForm, send: Send, { at, back }: StepPosition): Sent {
  for (;;) {
    const answer = await checkedInput<Server | PastedHeaders | typeof BACK>({
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
          : vscode.l10n.t("These are headers and no token. Enter goes on with them as headers."),
      async accept(text) {
        const pasted = headersInText(text);
        return pasted === undefined ? send({ auth_credentials: text.trim() }) : { pasted };
      },
      explain: reasonOf,
    });
    if (answer === undefined || answer === BACK || !("pasted" in answer)) {
      return answer;
    }
    const filled = [...answer.pasted].map(
      ([name, value]) =>
        new Map<HeaderKey, string>([
          ["name", name],
          ["value", value],
        ]),
    );
    form.typed.headers.splice(0, form.typed.headers.length, ...filled);
    const sent = await askHeaders(form, send, { at, back: BACK });
    if (sent !== BACK) {
      return sent;
    }
  }
}

interface PastedHeaders {
  readonly pasted: Headers;
}

function askSecret(
  { title, note }: CredentialForm,
  prompt: string,
  problem: (text: string) => string | undefined,
  accept: (secret: string) => Promise<Server>,
  { at, back }: StepPosition,
): Sent {
  return checkedInput<Server | typeof BACK>({
    title,
    prompt: `${prompt} ${note}`,
    password: true,
    at,
    back,
    validate: (text) => problem(text.trim()),
    accept: (text) => accept(text.trim()),
    explain: reasonOf,
  });
}
