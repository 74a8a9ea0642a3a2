import { Connector } from "../../../../src/cloudflare/connect.ts";
import type { TransportOptions } from "../../../../src/cloudflare/transport/createTransport.ts";
import { type ApiError, isApiError } from "../../../../src/domain/apiError.ts";
import type { CloudflareClient, Connection } from "../../../../src/domain/cloudflareClient.ts";
import { HastyClock } from "./fakeClock.ts";
import { RawServer, type Respond } from "./rawServer.ts";

export const account = "0123456789abcdef0123456789abcdef";
export const token = "secret-token-0123456789";

/** A server and a client of it. Ending both fails where something is left open. */
export interface SetUp {
  readonly server: RawServer;
  readonly connector: Connector;
  readonly connection: Connection;
  readonly api: CloudflareClient;
  readonly clock: HastyClock;
  close(): Promise<void>;
}

export async function setUp(
  respond: Respond,
  options: Partial<TransportOptions> = {},
): Promise<SetUp> {
  const server = await RawServer.start(respond);
  const clock = new HastyClock();
  const connector = new Connector();
  const connection = connector.connect({
    apiRoot: server.root,
    credential: { kind: "token", token },
    userAgent: "test/1",
    clock,
    ...options,
  });
  return {
    server,
    connector,
    connection,
    api: connection.client(account),
    clock,
    async close() {
      await connection.close();
      await server.idle();
      await server.close();
    },
  };
}

/** The ApiError with which a call must fail. */
export async function failure(call: Promise<unknown>): Promise<ApiError> {
  const outcome = await call.then(
    () => new Error("the call succeeded"),
    (error: unknown) => error,
  );
  if (isApiError(outcome)) {
    return outcome;
  }
  throw outcome;
}
