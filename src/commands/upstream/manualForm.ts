import * as vscode from "vscode";
import type { Server } from "../../model/server/server.ts";
import {
  endpointProblem,
  manualCredentials,
  redirectUris,
  redirectUrisProblem,
  TOKEN_METHODS,
} from "../../model/server/upstreamCredentials.ts";
import { type Answers, askPart, type Place, type Step } from "../../ui/forms/steps.ts";
import type { CredentialForm, Send, Sent } from "./credentialForm.ts";
import { type ClientKey, field, methodStep, needed, optional, secretInput } from "./manualSteps.ts";

/** An OAuth client that is registered with the upstream by hand: nine questions, back and forth. */
export function askManualClient(form: CredentialForm, send: Send, place: Place): Sent {
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
