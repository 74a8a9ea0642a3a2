import type { Capability } from "../catalogue/capability.ts";
import type { Override, Overrides } from "../catalogue/overrides.ts";

/** The kind of a server in a Ref. Journals of earlier versions hold it, so it must not change. */
export const SERVER = "server";

/** A known value, or one that Cloudflare has added since. */
export type Open<Known extends string> = Known | (string & Record<never, never>);

export type AuthType = Open<"oauth" | "bearer" | "unauthenticated">;
export type ServerStatus = Open<"waiting" | "ready" | "stale" | "error">;
type AuthenticationStatus = Open<"not_required" | "required" | "connected" | "stale" | "manual">;

/** Why the last sync failed, in Cloudflare's words. */
export interface ErrorDetails {
  readonly cause: string | undefined;
  /** True when the upstream failed, false when Cloudflare couldn't reach it. */
  readonly isUpstream: boolean | undefined;
  readonly mcpCode: number | undefined;
  readonly retryable: boolean | undefined;
  readonly statusCode: number | undefined;
}

/** Facts about a stored credential. Cloudflare never returns the credential itself. */
export interface AuthConfigSummary {
  readonly authMode: Open<"dcr" | "manual"> | undefined;
  readonly hasClientSecret: boolean | undefined;
  readonly clientSecretVersion: number | undefined;
  /** The documented keys of `config` and `registration_info`, which hold no secrets. */
  readonly config: Readonly<Record<string, unknown>> | undefined;
  readonly registrationInfo: Readonly<Record<string, unknown>> | undefined;
}

/**
 * An MCP server as registered at Cloudflare. Null, absent and empty values of the API are brought
 * into one form. Times are ISO 8601 texts, as received.
 */
export interface Server {
  readonly id: string;
  readonly name: string;
  readonly description: string | undefined;
  /** The upstream's full URL, although the API calls it `hostname`. */
  readonly hostname: string;
  readonly authType: AuthType;
  readonly authenticationStatus: AuthenticationStatus | undefined;
  readonly authConfigSummary: AuthConfigSummary | undefined;
  readonly status: ServerStatus;
  readonly error: string | undefined;
  readonly errorDetails: ErrorDetails | undefined;
  /** Undefined where Cloudflare sent no value. */
  readonly secureWebGateway: boolean | undefined;
  readonly isSharedOauthCallbackEnabled: boolean | undefined;
  readonly createdAt: string | undefined;
  readonly createdBy: string | undefined;
  readonly modifiedAt: string | undefined;
  readonly modifiedBy: string | undefined;
  readonly lastSynced: string | undefined;
  readonly lastSuccessfulSync: string | undefined;
  /**
   * In catalogue order. A name that occurred twice is here once; items without a name are left out.
   */
  readonly tools: readonly Capability[];
  readonly prompts: readonly Capability[];
  readonly toolOverrides: Overrides;
  readonly promptOverrides: Overrides;
  /** The object as received. Servers with equal `received` are in the same state. */
  readonly received: Readonly<Record<string, unknown>>;
}

/** The body of a PUT. A key that is left out keeps its value; an array replaces the whole array. */
export interface ServerPatch {
  readonly name?: string;
  readonly description?: string | null;
  readonly secure_web_gateway?: boolean;
  readonly is_shared_oauth_callback_enabled?: boolean;
  readonly updated_tools?: readonly Override[];
  readonly updated_prompts?: readonly Override[];
  /** A bearer token, or JSON text; see the API's `auth_credentials`. */
  readonly auth_credentials?: string;
  readonly client_secret?: string;
}

/** The body of the POST that registers a server. */
export interface NewServer {
  readonly id: string;
  readonly name: string;
  readonly hostname: string;
  readonly auth_type: AuthType;
  readonly description?: string;
  readonly auth_credentials?: string;
  readonly client_secret?: string;
  readonly is_shared_oauth_callback_enabled?: boolean;
  readonly secure_web_gateway?: boolean;
  readonly updated_tools?: readonly Override[];
  readonly updated_prompts?: readonly Override[];
}

/** The answer to a sync. It has no catalogue, so the server has to be read afterwards. */
export interface SyncResponse {
  readonly status: ServerStatus | undefined;
  readonly error: string | undefined;
  readonly errorDetails: ErrorDetails | undefined;
}

/**
 * A URL that may be shown. User name, password and query values can be secrets and are replaced by
 * "…".
 */
export function shownUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null) {
    return text.replace(/\/\/[^/@]*@/u, "//…@").replace(/=[^&#]*/gu, "=…");
  }
  if (url.username === "" && url.password === "" && url.search === "") {
    return text;
  }
  const userInfo = url.username === "" && url.password === "" ? "" : "…@";
  const query = [...url.searchParams.keys()].map((key) => `${encodeURIComponent(key)}=…`).join("&");
  return `${url.protocol}//${userInfo}${url.host}${url.pathname}${query === "" ? "" : `?${query}`}${url.hash}`;
}

/** Hides the secrets of every URL in a foreign text, because messages often quote URLs. */
export function withShownUrls(text: string): string {
  return text.replace(/(?<![a-z0-9+.-])[a-z0-9+.-]+:\/\/[^\s"'<>`]+/giu, shownUrl);
}
