import { Connector } from "../../../../src/cloudflare/connect.ts";
import type { CloudflareClient } from "../../../../src/domain/cloudflareClient.ts";
import { type Emulator, startEmulator } from "../../../../src/emulator/start.ts";
import { HastyClock } from "./fakeClock.ts";

/** The emulator's demo account, and a client of it over a real socket. */
export interface EmulatedClient {
  readonly emulator: Emulator;
  readonly api: CloudflareClient;
  close(): Promise<void>;
}

export async function emulatedClient(): Promise<EmulatedClient> {
  const emulator = await startEmulator({ seed: "demo" });
  const { url, token, accountId } = emulator;
  const connection = new Connector().connect({
    apiRoot: url,
    credential: { kind: "token", token },
    userAgent: "test/1",
    clock: new HastyClock(),
  });
  return {
    emulator,
    api: connection.client(accountId),
    async close() {
      await connection.close();
      await emulator.close();
    },
  };
}
