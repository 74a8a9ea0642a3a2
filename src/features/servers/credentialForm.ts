import type { Server } from "../../domain/servers/server.ts";
import type { TokenMethod, UpstreamCredentials } from "../../domain/servers/upstreamCredentials.ts";
import { Answer } from "../../editor/multiStepInput.ts";

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

export interface HeaderAnswers {
  readonly name: Answer<string>;
  readonly value: Answer<string>;
  readonly next: Answer<Server | "more">;
}

export function headerAnswers(): HeaderAnswers {
  return { name: new Answer(), value: new Answer(), next: new Answer() };
}

export function nothingTyped(): Typed {
  return { bearer: new Answer(), secret: new Answer(), client: clientAnswers(), headers: [] };
}

/** The answers about an OAuth client, kept while the user goes back and forth. */
function clientAnswers() {
  return {
    authorizationEndpoint: new Answer<string>(),
    tokenEndpoint: new Answer<string>(),
    issuer: new Answer<string>(),
    revocationEndpoint: new Answer<string>(),
    clientId: new Answer<string>(),
    redirectUris: new Answer<string>(),
    method: new Answer<TokenMethod>(),
    scope: new Answer<string>(),
    sent: new Answer<Server>(),
  };
}

/** Sends credentials to Cloudflare. Resolves when they are saved. */
export type Send = (credentials: UpstreamCredentials) => Promise<Server>;
