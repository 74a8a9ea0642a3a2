import type { Capability } from "../catalogue/capability.ts";
import type { Override, Overrides } from "../catalogue/overrides.ts";

/** The kind of a server in a Ref, also in journals that earlier versions wrote. */
export const SERVER = "server";

/** A value out of a known set, or one that Cloudflare has added since. */
export type Open<Known extends string> = Known | (string & Record<never, never>);

export type AuthType = Open<"oauth" | "bearer" | "unauthenticated">;
export type ServerStatus = Open<"waiting" | "ready" | "stale" | "error">;
type AuthenticationStatus = Open<"not_required" | "required" | "connected" | "stale" | "manual">;

/** Why the last sync failed, as Cloudflare tells it. */
export interface ErrorDetails {
  readonly cause: string | undefined;
  /** True when the upstream failed, false when Cloudflare couldn't reach it. */
  readonly isUpstream: boolean | undefined;
  readonly mcpCode: number | undefined;
  readonly retryable: boolean | undefined;
  readonly statusCode: number | undefined;
}

/** What Cloudflare tells of a stored credential. The credential itself is never returned. */
export interface AuthConfigSummary {
  readonly authMode: Open<"dcr" | "manual"> | undefined;
  readonly hasClientSecret: boolean | undefined;
  readonly clientSecretVersion: number | undefined;
  /** The documented keys of `config` and `registration_info`, as they may be shown and kept. */
  readonly config: Readonly<Record<string, unknown>> | undefined;
  readonly registrationInfo: Readonly<Record<string, unknown>> | undefined;
}

/**
 * An upstream MCP server as registered at Cloudflare: one shape, whatever of `null`, absent and
 * empty the API chose. Times are ISO 8601 texts, as received.
 */
export interface Server {
  readonly id: string;
  readonly name: string;
  readonly description: string | undefined;
  /** The upstream's full URL, despite its name on the wire. */
  readonly hostname: string;
  readonly authType: AuthType;
  readonly authenticationStatus: AuthenticationStatus | undefined;
  readonly authConfigSummary: AuthConfigSummary | undefined;
  readonly status: ServerStatus;
  readonly error: string | undefined;
  readonly errorDetails: ErrorDetails | undefined;
  /** `undefined` where Cloudflare didn't send the switch. */
  readonly secureWebGateway: boolean | undefined;
  readonly isSharedOauthCallbackEnabled: boolean | undefined;
  readonly createdAt: string | undefined;
  readonly createdBy: string | undefined;
  readonly modifiedAt: string | undefined;
  readonly modifiedBy: string | undefined;
  readonly lastSynced: string | undefined;
  readonly lastSuccessfulSync: string | undefined;
  /** In catalogue order; a name that came twice is here once, items without a name aren't. */
  readonly tools: readonly Capability[];
  readonly prompts: readonly Capability[];
  readonly toolOverrides: Overrides;
  readonly promptOverrides: Overrides;
  /** The object as received. Two servers with equal `received` are the same server state. */
  readonly received: Readonly<Record<string, unknown>>;
}

/** Keys of a PUT. A key that is left out keeps its value; an array replaces the whole array. */
export interface ServerPatch {
  readonly name?: string;
  readonly description?: string | null;
  readonly secure_web_gateway?: boolean;
  readonly is_shared_oauth_callback_enabled?: boolean;
  readonly updated_tools?: readonly Override[];
  readonly updated_prompts?: readonly Override[];
  /** A raw bearer, or JSON text; see the API's `auth_credentials`. */
  readonly auth_credentials?: string;
  readonly client_secret?: string;
}

/** Body of a POST that registers a server. */
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

/** What a sync answers. It carries no catalogue: read the server afterwards. */
export interface SyncOutcome {
  readonly status: ServerStatus | undefined;
  readonly error: string | undefined;
  readonly errorDetails: ErrorDetails | undefined;
}

/** A server's URL as it may be shown: user-info and query values can be secrets and are hidden. */
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

/** A text from outside with the secrets of every URL in it hidden: messages like to quote them. */
export function withShownUrls(text: string): string {
  return text.replace(/(?<![a-z0-9+.-])[a-z0-9+.-]+:\/\/[^\s"'<>`]+/giu, shownUrl);
}
