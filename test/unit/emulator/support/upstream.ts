import { createServer, type RequestListener, type Server } from "node:http";
import { McpServer } from "@modelcontextprotocol/server";
import { listenOn, UpstreamHost } from "../../../../src/emulator/upstreams/host.ts";
import { buildServer, type Offer } from "../../../../src/emulator/upstreams/spec.ts";

const running: Server[] = [];
const hosts: UpstreamHost[] = [];

/** Any HTTP server on loopback. `closeUpstreams` closes it. */
export async function upstream(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  running.push(server);
  return `http://127.0.0.1:${await listenOn(server, 0)}/mcp`;
}

/** A real MCP server, whose offer is read with each request. */
export async function mcpUpstream(offer: () => Offer | McpServer): Promise<string> {
  const host = new UpstreamHost();
  hosts.push(host);
  host.add({
    hostname: "up.example",
    factory: () => {
      const offered = offer();
      return offered instanceof McpServer ? offered : buildServer(offered);
    },
  });
  await host.listen();
  return host.resolve(new URL("https://up.example/mcp")).href;
}

export function closeUpstreams(): void {
  for (const server of running.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  for (const host of hosts.splice(0)) {
    host.close();
  }
}
