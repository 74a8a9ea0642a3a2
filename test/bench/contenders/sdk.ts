import Cloudflare from "cloudflare";
import type { Endpoint } from "../emulator.ts";

/** Fetches the same with Cloudflare's own client. */
export async function listSdk(endpoint: Endpoint): Promise<readonly unknown[]> {
  const client = new Cloudflare({ baseURL: endpoint.url, apiToken: endpoint.token });
  const params = { account_id: endpoint.accountId, per_page: 100 };
  const found: unknown[] = [];
  for await (const server of client.zeroTrust.access.aiControls.mcp.servers.list(params)) {
    found.push(server);
  }
  return found;
}
