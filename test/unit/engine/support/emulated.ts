import { Connector } from "../../../../src/cloudflare/connect.ts";
import { parseServer } from "../../../../src/cloudflare/servers.ts";
import type { CloudflareClient } from "../../../../src/domain/cloudflareClient.ts";
import type { Server } from "../../../../src/domain/servers/server.ts";
import { type Emulator, startEmulator } from "../../../../src/emulator/start.ts";
import type { ServerRecord } from "../../../../src/emulator/state/records.ts";
import { serverView } from "../../../../src/emulator/state/servers.ts";
import type { Fault } from "../../../../src/emulator/switches/schemas.ts";
import { DEFAULT_BEHAVIOURS } from "../../../../src/emulator/switches/schemas.ts";
import { HastyClock } from "../../cloudflare/support/fakeClock.ts";
import type { Dice } from "./dice.ts";
import type { Remote } from "./history.ts";
import { foreignWrite } from "./record.ts";

const path = "/servers/docs$";

const faults: readonly [Fault, ...Fault[]] = [
  { kind: "reset", match: { method: "PUT", path } },
  { kind: "reset", applied: true, match: { method: "PUT", path } },
  { kind: "cut", match: { method: "PUT", path } },
  { kind: "cut", match: { method: "GET", path, count: 3 } },
  { kind: "html", status: 200, applied: true, match: { method: "PUT", path } },
  { kind: "status", status: 503, applied: true, match: { method: "PUT", path } },
  { kind: "status", status: 400, code: 7001, match: { method: "PUT", path } },
  { kind: "status", status: 500, match: { method: "GET", path, count: 3 } },
  { kind: "successFalse", applied: true, match: { method: "PUT", path } },
  { kind: "body", body: "{", applied: true, match: { method: "PUT", path } },
];

/** A history's server in the real emulator, over real sockets. */
export class Emulated {
  readonly emulator: Emulator;
  readonly #closing: (() => Promise<void>)[] = [];

  private constructor(emulator: Emulator) {
    this.emulator = emulator;
  }

  static async start(record: ServerRecord): Promise<Emulated> {
    const emulator = await startEmulator({ seed: "empty" });
    emulator.control.write({ server: "docs", patch: { ...record } });
    return new Emulated(emulator);
  }

  client(): CloudflareClient {
    const { url, token, accountId } = this.emulator;
    const connection = new Connector().connect({
      apiRoot: url,
      credential: { kind: "token", token },
      userAgent: "test/1",
      clock: new HastyClock(),
    });
    this.#closing.push(() => connection.close());
    return connection.client(accountId);
  }

  remote(dice: Dice): Remote<Server> {
    const { control } = this.emulator;
    return {
      now: async () => {
        const view = serverView(this.#record(), DEFAULT_BEHAVIOURS);
        return parseServer(JSON.parse(JSON.stringify(view)));
      },
      foreign: async (entries) => {
        if (dice.chance(0.5)) {
          control.switches({ faults: [dice.pick(faults)] });
        }
        control.write({ server: "docs", patch: foreignWrite(entries)(this.#record()) });
      },
    };
  }

  async close(): Promise<void> {
    for (const close of this.#closing) {
      await close();
    }
    await this.emulator.close();
  }

  #record(): ServerRecord {
    const record = this.emulator.control.state()[0]?.servers.find(({ id }) => id === "docs");
    if (record === undefined) {
      throw new Error("The server is gone.");
    }
    return record;
  }
}
