import * as l10n from "@vscode/l10n";
import { isVisibleAscii } from "../../base/text.ts";
import { isLoopback } from "../account.ts";
import type { ServerPatch } from "./server.ts";

/** The secret part of a write. It is sent once, stored nowhere and never read back. */
export type UpstreamCredentials = Pick<ServerPatch, "auth_credentials" | "client_secret">;

/** How an OAuth client authenticates at the token endpoint. */
export const TOKEN_METHODS = ["client_secret_basic", "client_secret_post", "none"] as const;
export type TokenMethod = (typeof TOKEN_METHODS)[number];

/** An OAuth client that an administrator registered at the upstream. */
export interface ManualClient {
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly issuer: string;
  readonly revocationEndpoint: string;
  readonly clientId: string;
  readonly redirectUris: readonly string[];
  readonly method: TokenMethod;
  readonly scope: string;
  /** Empty for a public client, or to keep the stored secret. */
  readonly clientSecret: string;
}

/** The API wants JSON text here and refuses an object. */
export function headersCredentials(headers: ReadonlyMap<string, string>): UpstreamCredentials {
  return { auth_credentials: JSON.stringify({ headers: Object.fromEntries(headers) }) };
}

export function manualCredentials(client: ManualClient): UpstreamCredentials {
  const text = JSON.stringify({
    auth_mode: "manual",
    config: {
      authorization_endpoint: client.authorizationEndpoint,
      token_endpoint: client.tokenEndpoint,
      ...given("issuer", client.issuer),
      ...given("revocation_endpoint", client.revocationEndpoint),
    },
    registration_info: {
      client_id: client.clientId,
      ...(client.redirectUris.length === 0 ? {} : { redirect_uris: client.redirectUris }),
      token_endpoint_auth_method: client.method,
      ...given("scope", client.scope),
    },
  });
  return { auth_credentials: text, ...given("client_secret", client.clientSecret) };
}

function given<Key extends string>(key: Key, value: string): { readonly [K in Key]?: string } {
  const entry: { [K in Key]?: string } = {};
  if (value !== "") {
    entry[key] = value;
  }
  return entry;
}

/** Why a text can't be a bearer token. Cloudflare sends it after the word "Bearer". */
export function bearerProblem(text: string): string | undefined {
  if (text === "") {
    return l10n.t("Paste the token.");
  }
  if (/^[{["']/u.test(text)) {
    return l10n.t("This is JSON. For headers choose Headers instead.");
  }
  return isVisibleAscii(text)
    ? undefined
    : l10n.t('Only the token itself, without "Bearer", spaces or line breaks.');
}

/** @param taken names in use, in lower case, because the names of headers have no case */
export function headerNameProblem(name: string, taken: ReadonlySet<string>): string | undefined {
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/u.test(name)) {
    return l10n.t("A header's name has letters, digits and hyphens, and no spaces.");
  }
  return taken.has(name.toLowerCase()) ? l10n.t("This header is there already.") : undefined;
}

export function headerValueProblem(value: string): string | undefined {
  if (value.trim() === "") {
    return l10n.t("A header needs a value.");
  }
  return /^[\x20-\x7e]+$/u.test(value)
    ? undefined
    : l10n.t("A header's value has plain ASCII in it and no line breaks.");
}

/** Credentials are sent to an endpoint, so it needs https, or http on this machine. */
export function endpointProblem(text: string): string | undefined {
  const url = URL.parse(text);
  const safe =
    url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname));
  return safe ? undefined : l10n.t("A URL that starts with https.");
}

/** One or more URIs, separated by spaces or commas. A client's own scheme is allowed. */
export function redirectUris(text: string): readonly string[] {
  return text.split(/[\s,]+/u).filter((part) => part !== "");
}

export function redirectUrisProblem(text: string, needed: boolean): string | undefined {
  const uris = redirectUris(text);
  if (needed && uris.length === 0) {
    return l10n.t("At least one redirect URI is needed.");
  }
  const wrong = uris.find((uri) => !URL.canParse(uri));
  return wrong === undefined ? undefined : l10n.t("{0} isn't a URI.", wrong);
}
