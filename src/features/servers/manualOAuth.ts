import * as vscode from "vscode";
import { reasonOf } from "../../domain/diagnosis/apiErrors.ts";
import type { Server } from "../../domain/servers/server.ts";
import {
  endpointProblem,
  manualCredentials,
  redirectUris,
  redirectUrisProblem,
  TOKEN_METHODS,
  type TokenMethod,
} from "../../domain/servers/upstreamCredentials.ts";
import { checkedInput, checkedPick } from "../../editor/inputs.ts";
import {
  type Answer,
  type Answers,
  askPart,
  type Step,
  type StepContext,
  type StepPosition,
  textStep,
} from "../../editor/multiStepInput.ts";
import type { CredentialForm, Send, Sent } from "./upstreamCredentials.ts";

/** An OAuth client that is registered with the upstream by hand: nine questions, back and forth. */
export function askManualClient(form: CredentialForm, send: Send, place: StepPosition): Sent {
  const { title, isCallbackShared: shared } = form;
  const steps: readonly Step<ClientKey, Server>[] = [
    field(title, "authorizationEndpoint", vscode.l10n.t("Authorization endpoint"), endpointProblem),
    field(title, "tokenEndpoint", vscode.l10n.t("Token endpoint"), endpointProblem),
    field(title, "issuer", vscode.l10n.t("Issuer; may be left empty"), optional(endpointProblem)),
    field(
      title,
      "revocationEndpoint",
      vscode.l10n.t("Revocation endpoint; may be left empty"),
      optional(endpointProblem),
    ),
    field(title, "clientId", vscode.l10n.t("Client id"), needed),
    field(
      title,
      "redirectUris",
      shared
        ? vscode.l10n.t("Redirect URIs, apart by spaces; may be left empty")
        : vscode.l10n.t("Redirect URIs, apart by spaces"),
      (text) => redirectUrisProblem(text, !shared),
    ),
    methodStep(title),
    field(
      title,
      "scope",
      vscode.l10n.t("Scopes, apart by spaces; may be left empty"),
      () => undefined,
    ),
    {
      key: "clientSecret",
      ask: (context) =>
        secretInput(form, context, (clientSecret) =>
          send(manualCredentials(clientOf(context.answers, clientSecret))),
        ),
    },
  ];
  return askPart(steps, place, form.typed.client);
}

function clientOf(answers: Answers<ClientKey>, clientSecret: string) {
  const text = (key: ClientKey): string => answers.get(key) ?? "";
  return {
    authorizationEndpoint: text("authorizationEndpoint"),
    tokenEndpoint: text("tokenEndpoint"),
    issuer: text("issuer"),
    revocationEndpoint: text("revocationEndpoint"),
    clientId: text("clientId"),
    redirectUris: redirectUris(text("redirectUris")),
    method: TOKEN_METHODS.find((known) => known === text("method")) ?? "client_secret_basic",
    scope: text("scope"),
    clientSecret,
  };
}

export type ClientKey =
  | "authorizationEndpoint"
  | "tokenEndpoint"
  | "issuer"
  | "revocationEndpoint"
  | "clientId"
  | "redirectUris"
  | "method"
  | "scope"
  | "clientSecret";

function field(
  title: string,
  key: ClientKey,
  prompt: string,
  problem: (text: string) => string | undefined,
): Step<ClientKey> {
  return textStep({ key, title, prompt, problem });
}

function methodStep(title: string): Step<ClientKey> {
  return {
    key: "method",
    ask: ({ value, at, back }) => {
      const items = methodItems();
      return checkedPick<MethodItem, Answer>({
        title,
        placeholder: vscode.l10n.t("How is the secret shown to the token endpoint?"),
        at,
        back,
        items,
        active: items.find(({ method }) => method === value),
        accept: async ({ method }) => ({ text: method }),
      });
    },
  };
}

type MethodItem = vscode.QuickPickItem & { readonly method: TokenMethod };

function methodItems(): readonly MethodItem[] {
  return TOKEN_METHODS.map((method) => ({
    method,
    label: methodInWords(method),
    description: method,
  }));
}

function methodInWords(method: TokenMethod): string {
  switch (method) {
    case "client_secret_basic":
      return vscode.l10n.t("In the Authorization header");
    case "client_secret_post":
      return vscode.l10n.t("In the body");
    case "none":
      return vscode.l10n.t("Not at all: a public client");
  }
}

/** The last question: confirming it sends the whole. */
function secretInput(
  { title, hasSecret }: CredentialForm,
  { at, back, answers }: StepContext<ClientKey>,
  send: (secret: string) => Promise<Server>,
): Promise<Answer<Server> | undefined> {
  const isPublic = answers.get("method") === "none";
  return checkedInput<Answer<Server>>({
    title,
    prompt: secretPrompt(isPublic, hasSecret),
    password: true,
    at,
    back,
    validate: (text) => (isPublic || hasSecret ? undefined : needed(text.trim())),
    accept: async (text) => ({ end: await send(text.trim()) }),
    explain: reasonOf,
  });
}

function secretPrompt(isPublic: boolean, mayKeep: boolean): string {
  if (isPublic) {
    return vscode.l10n.t("Client secret; a public client has none");
  }
  return mayKeep
    ? vscode.l10n.t("Client secret; left empty, the stored one is kept")
    : vscode.l10n.t("Client secret");
}

export function needed(text: string): string | undefined {
  return text.trim() === "" ? vscode.l10n.t("This can't be empty.") : undefined;
}

function optional(problem: (text: string) => string | undefined) {
  return (text: string): string | undefined => (text === "" ? undefined : problem(text));
}
