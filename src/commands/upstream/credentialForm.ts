import * as vscode from "vscode";
import type { Server } from "../../model/server/server.ts";
import { bearerProblem, type UpstreamCredentials } from "../../model/server/upstreamCredentials.ts";
import { checkedInput } from "../../ui/forms/checkedInput.ts";
import type { BACK, Place } from "../../ui/forms/steps.ts";
import { reasonOf } from "../../ui/report.ts";
import { askHeaders, type HeaderKey } from "./headersForm.ts";
import { askManualClient } from "./manualForm.ts";
import { type ClientKey, needed } from "./manualSteps.ts";

/** The kinds of credentials that are entered here. */
export const WAYS = ["bearer", "headers", "manual", "secret"] as const;
export type Way = (typeof WAYS)[number];

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
export interface Typed {
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
export function askCredentials(way: Way, form: CredentialForm, send: Send, place: Place): Sent {
  switch (way) {
    case "bearer":
      return askSecret(
        form,
        vscode.l10n.t("The bearer token for the upstream."),
        bearerProblem,
        (token) => send({ auth_credentials: token }),
        place,
      );
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

function askSecret(
  { title, note }: CredentialForm,
  prompt: string,
  problem: (text: string) => string | undefined,
  accept: (secret: string) => Promise<Server>,
  { at, back }: Place,
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
