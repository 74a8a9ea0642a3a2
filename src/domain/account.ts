/** 32 hex digits. */
export type AccountId = string;

export interface Account {
  readonly id: AccountId;
  readonly name: string;
}

/** What a request is signed with. Lives in SecretStorage and in memory, nowhere else. */
export type Credential =
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "key"; readonly email: string; readonly key: string };

/** The answer of a token verification. Times are ISO 8601 texts. */
export interface TokenState {
  readonly id: string;
  readonly status: string;
  readonly expiresOn: string | undefined;
  readonly notBefore: string | undefined;
}

/**
 * The root as a URL where a credential may be sent to it: https, or http on a loopback address, and
 * neither a user name nor a query in it. Undefined for anything else.
 */
export function safeRoot(text: string): URL | undefined {
  const url = URL.parse(text);
  if (url === null) {
    return undefined;
  }
  const bare = url.username === "" && url.password === "" && url.search === "" && url.hash === "";
  const transport =
    url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname));
  return bare && transport ? url : undefined;
}

/** `hostname` as a URL has it: IPv6 in brackets. Names under localhost may resolve elsewhere. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
}

/** Where an administrator edits and authenticates a server in Cloudflare's dashboard. */
export function dashboardUrl(accountId: AccountId, serverId: string): string {
  return `https://dash.cloudflare.com/${accountId}/one/access-controls/ai-controls/mcp-server/edit/${encodeURIComponent(serverId)}`;
}
