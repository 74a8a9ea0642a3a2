import { parseServer } from "../../src/cloudflare/servers.ts";
import { catalogueOf, type ExposedCapability } from "../../src/domain/catalogue/serverCatalogue.ts";
import { ALL_CLIENTS } from "../../src/domain/clients/allClients.ts";
import { deliver } from "../../src/domain/clients/deliver.ts";
import { wireServer } from "./catalogues.ts";
import { threadTime } from "./measures.ts";
import { compared, inTurn, type Result } from "./result.ts";

const SERVERS = 1000;
const TOOLS = 100;
const ROUNDS = 5;

/** The time to say what every client gets of a large account, next to the time to read its text. */
export async function benchDelivering(): Promise<readonly Result[]> {
  const text = JSON.stringify(
    Array.from({ length: SERVERS }, (_, index) => wireServer(index, TOOLS)),
  );
  const runs = {
    ours: async () => deliverTime(exposedOf(text)),
    parse: async () => threadTime(() => JSON.parse(text)),
  };
  await inTurn(1, runs);
  const { ours, parse } = await inTurn(ROUNDS, runs);
  const name = "deliver 100,000 tools to all clients, CPU ms: ours / JSON.parse";
  return [compared(name, ours, parse, 2)];
}

/** New objects, because values memoized by identity would make it look fast. */
function exposedOf(text: string): readonly ExposedCapability[] {
  const wire: readonly unknown[] = JSON.parse(text);
  return wire.flatMap((server) => catalogueOf(parseServer(server)).tools);
}

function deliverTime(exposed: readonly ExposedCapability[]): number {
  return threadTime(() => {
    for (const client of ALL_CLIENTS) {
      deliver(client, exposed);
    }
  });
}
