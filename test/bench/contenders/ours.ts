import { Connector } from "../../../src/cloudflare/connect.ts";
import type { Server } from "../../../src/domain/servers/server.ts";
import type { Endpoint } from "../emulator.ts";

/** Fetches the whole list with our client. Returns it, so that it stays in memory. */
export async function listOurs(endpoint: Endpoint): Promise<readonly Server[]> {
  const connection = new Connector().connect({
    apiRoot: endpoint.url,
    credential: { kind: "token", token: endpoint.token },
    userAgent: "bench",
  });
  const { items } = await connection.client(endpoint.accountId).listServers();
  await connection.close();
  return items;
}
