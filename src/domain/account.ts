/** 32 hex digits. */
export type AccountId = string;

export interface Account {
  readonly id: AccountId;
  readonly name: string;
}

/** The secret that authenticates requests. It is kept only in SecretStorage and in memory. */
export type Credential =
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "key"; readonly email: string; readonly key: string };

/** The answer to a token verification. Times are ISO 8601 texts. */
export interface TokenState {
  readonly id: string;
  readonly status: string;
  readonly expiresOn: string | undefined;
  readonly notBefore: string | undefined;
}

/**
 * Parses an API root. Returns undefined for a URL to which no credential may be sent. A safe root
 * is https, or http on a loopback address. It has no user name, query or fragment.
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

/**
 * Takes `hostname` as a URL has it, with IPv6 in brackets. Subdomains of localhost don't count,
 * because they may resolve to another machine.
 */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
}

/** The page of Cloudflare's dashboard where an administrator edits and authenticates a server. */
export function serverDashboardUrl(accountId: AccountId, serverId: string): string {
  return `${portalsDashboardUrl(accountId)}/mcp-server/edit/${encodeURIComponent(serverId)}`;
}

/**
 * The page of Cloudflare's dashboard that lists the portals. No public source tells the address of
 * a single portal. Cloudflare's documentation names the page "Zero Trust > Access controls > MCP
 * Portals", and the page of a server stands below this one.
 */
export function portalsDashboardUrl(accountId: AccountId): string {
  return `https://dash.cloudflare.com/${accountId}/one/access-controls/ai-controls`;
}

/**
 * The page of a zone's DNS records; without a zone the list of zones, where a person chooses one.
 * Cloudflare's documentation links to both.
 */
export function dnsDashboardUrl(accountId: AccountId, zone: string | undefined): string {
  const account = `https://dash.cloudflare.com/${accountId}`;
  return zone === undefined ? account : `${account}/${encodeURIComponent(zone)}/dns/records`;
}
