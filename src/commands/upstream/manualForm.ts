import * as vscode from "vscode";
import type { Server } from "../../model/server/server.ts";
import {
  endpointProblem,
  manualCredentials,
  redirectUris,
  redirectUrisProblem,
  TOKEN_METHODS,
} from "../../model/server/upstreamCredentials.ts";
import { checkedInput } from "../../ui/forms/checkedInput.ts";
import { askSteps, type Step } from "../../ui/forms/steps.ts";
import { reasonOf } from "../../ui/report.ts";
import { textsOf } from "./chooseWay.ts";
import { field, type Key, methodStep, needed, optional, secretInput } from "./manualSteps.ts";
import type { Send } from "./setCredentials.ts";

/** What the questions about a client depend on. */
export interface ClientFacts {
  readonly title: string;
  readonly isCallbackShared: boolean;
  readonly hasSecret: boolean;
}

export function clientFactsOf(server: Server): ClientFacts {
  return {
    title: textsOf(server).title,
    isCallbackShared: server.isSharedOauthCallbackEnabled === true,
    hasSecret: server.authConfigSummary?.hasClientSecret === true,
  };
}

/** An OAuth client that is registered with the upstream by hand: nine questions, back and forth. */
export async function askManualClient(facts: ClientFacts, send: Send): Promise<Server | undefined> {
  let sent: Server | undefined;
  const { title, isCallbackShared: shared } = facts;
  const steps: readonly Step<Key>[] = [
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
        secretInput(facts, context, async (clientSecret) => {
          sent = await send(manualCredentials(clientOf(context.answers, clientSecret)));
        }),
    },
  ];
  await askSteps(steps);
  return sent;
}

/** The secret alone: what else is stored of the client stays. */
export function askClientSecret(server: Server, send: Send): Promise<Server | undefined> {
  const { title, placeHolder } = textsOf(server);
  return checkedInput({
    title,
    prompt: `${vscode.l10n.t("The new client secret.")} ${placeHolder}`,
    password: true,
    validate: needed,
    accept: (text) => send({ client_secret: text.trim() }),
    explain: reasonOf,
  });
}

function clientOf(answers: ReadonlyMap<Key, string>, clientSecret: string) {
  const text = (key: Key): string => answers.get(key) ?? "";
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
