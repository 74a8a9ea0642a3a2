import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { connect, type Socket } from "node:net";

export interface TestProxy {
  readonly url: string;
  /** `CONNECT host:port` and the credentials of each requested tunnel. */
  readonly tunnels: readonly string[];
  close(): Promise<void>;
}

/** Tunnels all requests to one local port, whatever host they name. */
export async function startProxy(port: number, status = 200): Promise<TestProxy> {
  const tunnels: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((_, response) => response.writeHead(status).end());
  server.on("connect", (request: IncomingMessage, socket: Socket) => {
    tunnels.push(`${request.url} ${request.headers["proxy-authorization"] ?? "-"}`);
    sockets.add(socket);
    socket.on("error", () => undefined);
    if (status !== 200) {
      socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
      return;
    }
    const target = connect(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connected\r\n\r\n");
      target.pipe(socket).pipe(target);
    });
    sockets.add(target);
    target.on("error", () => undefined);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const at = typeof address === "object" ? address?.port : undefined;
  return {
    url: `http://user:p%40ss@127.0.0.1:${at}`,
    tunnels,
    async close() {
      for (const socket of sockets) {
        socket.destroy();
      }
      server.close();
      await once(server, "close");
    },
  };
}
