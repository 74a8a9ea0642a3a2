import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { toNodeHandler } from "@modelcontextprotocol/node";
import { createMcpHandler, type McpServerFactory } from "@modelcontextprotocol/server";
import type { Resolve } from "../sync/fetchCatalogue.ts";
import { isLocalRequest } from "../wire/http.ts";

/** An upstream with its own hostname. */
export interface Upstream {
  readonly hostname: string;
  readonly factory: McpServerFactory;
  /** The bearer token that it requires. */
  readonly token?: () => string;
}

/**
 * No service has this port, no machine gives it to whoever asks for any, and fetch doesn't refuse it
 * as it does 1 and 7.
 */
const CLOSED_PORT = 4;

type NodeHandler = ReturnType<typeof toNodeHandler>;

/**
 * MCP servers on one loopback port, and the private DNS that maps the demo account's hostnames to
 * it. All other names go to the real network.
 */
export class UpstreamHost {
  readonly #upstreams = new Map<string, { upstream: Upstream; handle: NodeHandler }>();
  readonly #closed = new Set<string>();
  #family: { suffix: string; handle: NodeHandler } | undefined;
  #server: Server | undefined;
  #port = 0;

  add(upstream: Upstream): void {
    const handle = toNodeHandler(createMcpHandler(upstream.factory));
    this.#upstreams.set(upstream.hostname, { upstream, handle });
  }

  /** Adds a hostname whose port refuses connections. */
  addClosed(hostname: string): void {
    this.#closed.add(hostname);
  }

  /** Serves every hostname with this ending. Each server is created when it is requested. */
  addFamily(suffix: string, build: (hostname: string) => ReturnType<McpServerFactory>): void {
    const handler = createMcpHandler(({ requestInfo }) => {
      return build(new URL(requestInfo?.url ?? "").pathname.split("/")[1] ?? "");
    });
    this.#family = { suffix, handle: toNodeHandler(handler) };
  }

  async listen(): Promise<void> {
    this.#server = createServer((request, response) => {
      if (!isLocalRequest(request.headers)) {
        return response.writeHead(403).end();
      }
      const [, hostname = ""] = (request.url ?? "").split("/");
      const found = this.#upstreams.get(hostname);
      const handle = found?.handle ?? this.#familyOf(hostname)?.handle;
      if (!handle) {
        return response.writeHead(404).end();
      }
      const token = found?.upstream.token?.();
      if (token !== undefined && request.headers.authorization !== `Bearer ${token}`) {
        return response.writeHead(401, CHALLENGE).end("The access token is not valid");
      }
      const { method = "GET", url = "/" } = request;
      // The handler itself refuses bodies over 4 MiB.
      return handle(Object.assign(request, { method, url }), response).catch((error: unknown) => {
        process.stderr.write(`emulator: ${String(error)}\n`);
        response.destroy();
      });
    });
    this.#port = await listenOn(this.#server, 0);
  }

  readonly resolve: Resolve = (url) => {
    if (this.#closed.has(url.hostname)) {
      return new URL(`http://127.0.0.1:${CLOSED_PORT}/`);
    }
    if (!this.#upstreams.has(url.hostname) && !this.#familyOf(url.hostname)) {
      return url;
    }
    return new URL(`http://127.0.0.1:${this.#port}/${url.hostname}${url.pathname}`);
  };

  #familyOf(hostname: string) {
    const family = this.#family;
    return family && hostname.endsWith(family.suffix) ? family : undefined;
  }

  close(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }
}

const CHALLENGE = { "content-type": "text/plain", "www-authenticate": "Bearer" };

/** Listens on loopback. Resolves with the port. */
export async function listenOn(server: Server, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(port, "127.0.0.1", resolve);
  await promise;
  server.off("error", reject);
  return portOf(server.address());
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") {
    throw new Error("The server has no port");
  }
  return address.port;
}
