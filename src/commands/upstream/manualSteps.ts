import * as vscode from "vscode";
import type { Server } from "../../model/server/server.ts";
import { TOKEN_METHODS, type TokenMethod } from "../../model/server/upstreamCredentials.ts";
import { checkedInput } from "../../ui/forms/checkedInput.ts";
import { checkedPick } from "../../ui/forms/checkedPick.ts";
import type { Answer, Step, StepContext } from "../../ui/forms/steps.ts";
import { textStep } from "../../ui/forms/textStep.ts";
import { reasonOf } from "../../ui/report.ts";
import type { CredentialForm } from "./credentialForm.ts";

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

export function field(
  title: string,
  key: ClientKey,
  prompt: string,
  problem: (text: string) => string | undefined,
): Step<ClientKey> {
  return textStep({ key, title, prompt, problem });
}

export function methodStep(title: string): Step<ClientKey> {
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
export function secretInput(
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
  if (isPublic) return vscode.l10n.t("Client secret; a public client has none");
  return mayKeep
    ? vscode.l10n.t("Client secret; left empty, the stored one is kept")
    : vscode.l10n.t("Client secret");
}

export function needed(text: string): string | undefined {
  return text.trim() === "" ? vscode.l10n.t("This can't be empty.") : undefined;
}

export function optional(problem: (text: string) => string | undefined) {
  return (text: string): string | undefined => (text === "" ? undefined : problem(text));
}
