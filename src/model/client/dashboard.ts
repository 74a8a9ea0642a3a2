import type { AccountId } from "./account.ts";

/** Where an administrator edits and authenticates a server in Cloudflare's dashboard. */
export function dashboardUrl(accountId: AccountId, serverId: string): string {
  return `https://dash.cloudflare.com/${accountId}/one/access-controls/ai-controls/mcp-server/edit/${encodeURIComponent(serverId)}`;
}
