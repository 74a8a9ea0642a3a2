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
import type { Answer, BACK, MultiStepInput } from "../../editor/multiStepInput.ts";
import type { CredentialForm, Send } from "./credentialForm.ts";

/** Asks nine questions about an OAuth client that an administrator registered at the upstream. */
export async function askManualClient(
  input: MultiStepInput,
  form: CredentialForm,
  send: Send,
): Promise<Server> {
  const { title, isCallbackShared: shared } = form;
  const answers = form.typed.client;
  input.expect(9);
  const authorizationEndpoint = await input.text(answers.authorizationEndpoint, {
    title,
    prompt: vscode.l10n.t("Authorization endpoint"),
    problem: endpointProblem,
  });
  const tokenEndpoint = await input.text(answers.tokenEndpoint, {
    title,
    prompt: vscode.l10n.t("Token endpoint"),
    problem: endpointProblem,
  });
  const issuer = await input.text(answers.issuer, {
    title,
    prompt: vscode.l10n.t("Issuer; may be left empty"),
    problem: optional(endpointProblem),
  });
  const revocationEndpoint = await input.text(answers.revocationEndpoint, {
    title,
    prompt: vscode.l10n.t("Revocation endpoint; may be left empty"),
    problem: optional(endpointProblem),
  });
  const clientId = await input.text(answers.clientId, {
    title,
    prompt: vscode.l10n.t("Client id"),
    problem: needed,
  });
  const uris = await input.text(answers.redirectUris, {
    title,
    prompt: shared
      ? vscode.l10n.t("Redirect URIs, separated by spaces; may be left empty")
      : vscode.l10n.t("Redirect URIs, separated by spaces"),
    problem: (text) => redirectUrisProblem(text, !shared),
  });
  const method = await askTokenMethod(input, title, answers.method);
  const scope = await input.text(answers.scope, {
    title,
    prompt: vscode.l10n.t("Scopes, separated by spaces; may be left empty"),
    problem: () => undefined,
  });
  const client = {
    authorizationEndpoint,
    tokenEndpoint,
    issuer,
    revocationEndpoint,
    clientId,
    redirectUris: redirectUris(uris),
    method,
    scope,
  };
  return sendWithSecret(input, form, method === "none", (clientSecret) =>
    send(manualCredentials({ ...client, clientSecret })),
  );
}

function askTokenMethod(
  input: MultiStepInput,
  title: string,
  answer: Answer<TokenMethod>,
): Promise<TokenMethod> {
  return input.ask(answer, ({ value, at, back }) => {
    const items = methodItems();
    return checkedPick<MethodItem, TokenMethod | typeof BACK>({
      title,
      placeholder: vscode.l10n.t("How is the secret sent to the token endpoint?"),
      at,
      back,
      items,
      active: items.find(({ method }) => method === value),
      accept: async ({ method }) => method,
    });
  });
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

/** Asks for the secret. Confirming this last question sends everything. */
function sendWithSecret(
  input: MultiStepInput,
  { title, hasSecret, typed }: CredentialForm,
  isPublic: boolean,
  send: (secret: string) => Promise<Server>,
): Promise<Server> {
  return input.ask(typed.client.sent, ({ at, back }) =>
    checkedInput<Server | typeof BACK>({
      title,
      prompt: secretPrompt(isPublic, hasSecret),
      password: true,
      at,
      back,
      validate: (text) => (isPublic || hasSecret ? undefined : needed(text.trim())),
      accept: (text) => send(text.trim()),
      explain: reasonOf,
    }),
  );
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
