import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type TlsOptions } from "node:tls";

/** A request as received from the socket. */
export interface Received {
  readonly method: string;
  readonly target: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Answers with any use of the socket. `number` counts requests from 1. */
export type Respond = (socket: Socket, request: Received, number: number) => void;

/** Uses sockets directly, because HTTP libraries don't send faulty answers. */
export class RawServer {
  readonly requests: Received[] = [];
  readonly origin: string;
  readonly port: number;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #arrived: (() => void)[] = [];
  readonly #gone: (() => void)[] = [];

  private constructor(server: Server, respond: Respond, tls: boolean) {
    const address = server.address();
    if (address === null || typeof address === "string") {
      throw new Error("not listening on a port");
    }
    this.#server = server;
    this.port = address.port;
    this.origin = `${tls ? "https" : "http"}://127.0.0.1:${address.port}`;
    server.on(tls ? "secureConnection" : "connection", (socket: Socket) => {
      this.#serve(socket, respond);
    });
  }

  static async start(respond: Respond, tls?: TlsOptions): Promise<RawServer> {
    const server = tls === undefined ? createServer() : createTlsServer(tls);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return new RawServer(server, respond, tls !== undefined);
  }

  get root(): string {
    return `${this.origin}/client/v4`;
  }

  /** Resolves after `count` requests have arrived. */
  async received(count: number): Promise<void> {
    while (this.requests.length < count) {
      await new Promise<void>((resolve) => this.#arrived.push(resolve));
    }
  }

  /**
   * Resolves when every client has closed its connections. After the client was closed, a leak
   * hangs here.
   */
  async idle(): Promise<void> {
    while (this.#sockets.size > 0) {
      await new Promise<void>((resolve) => this.#gone.push(resolve));
    }
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) {
      socket.destroy();
    }
    this.#server.close();
    await once(this.#server, "close");
  }

  #serve(socket: Socket, respond: Respond): void {
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    socket.on("close", () => {
      this.#sockets.delete(socket);
      wake(this.#gone);
    });
    socket.on("error", () => undefined);
    let buffered = "";
    socket.on("data", (chunk) => {
      buffered += chunk.toString("latin1");
      const request = parse(buffered);
      if (request !== undefined) {
        buffered = "";
        this.requests.push(request);
        wake(this.#arrived);
        respond(socket, request, this.requests.length);
      }
    });
  }
}

function wake(waiting: (() => void)[]): void {
  for (const resolve of waiting.splice(0)) {
    resolve();
  }
}

function parse(text: string): Received | undefined {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) {
    return undefined;
  }
  const [line = "", ...fields] = text.slice(0, end).split("\r\n");
  const [method = "", target = ""] = line.split(" ");
  const headers = new Map(
    fields.map((field) => {
      const colon = field.indexOf(":");
      return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()] as const;
    }),
  );
  const body = text.slice(end + 4);
  return body.length < Number(headers.get("content-length") ?? 0)
    ? undefined
    : { method, target, headers, body: Buffer.from(body, "latin1").toString("utf8") };
}
