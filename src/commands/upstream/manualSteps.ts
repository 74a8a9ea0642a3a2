import * as vscode from "vscode";
import { TOKEN_METHODS, type TokenMethod } from "../../model/server/upstreamCredentials.ts";
import { checkedInput } from "../../ui/forms/checkedInput.ts";
import { checkedPick } from "../../ui/forms/checkedPick.ts";
import type { BACK, Step, StepContext } from "../../ui/forms/steps.ts";
import { textStep } from "../../ui/forms/textStep.ts";
import { reasonOf } from "../../ui/report.ts";

export type Key =
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
  key: Key,
  prompt: string,
  problem: (text: string) => string | undefined,
): Step<Key> {
  return textStep({ key, title, prompt, problem });
}

export function methodStep(title: string): Step<Key> {
  return {
    key: "method",
    ask: ({ value, at, back }) => {
      const items = methodItems();
      return checkedPick<MethodItem, { text: string } | typeof BACK>({
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
  { title, hasSecret }: { readonly title: string; readonly hasSecret: boolean },
  { at, back, answers }: StepContext<Key>,
  accept: (secret: string) => Promise<void>,
): Promise<{ readonly text: string } | typeof BACK | undefined> {
  const isPublic = answers.get("method") === "none";
  return checkedInput<{ readonly text: string } | typeof BACK>({
    title,
    prompt: secretPrompt(isPublic, hasSecret),
    password: true,
    at,
    back,
    validate: (text) => (isPublic || hasSecret ? undefined : needed(text.trim())),
    accept: async (text) => {
      await accept(text.trim());
      return { text: "" };
    },
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
