import { parseServer } from "../../src/cloudflare/servers.ts";
import { AccountChecker } from "../../src/domain/checks/checkAccount.ts";
import { DEFAULT_SETTINGS } from "../../src/domain/checks/settings.ts";
import type { Server } from "../../src/domain/servers/server.ts";
import { wireServer } from "./catalogues.ts";
import { threadTime } from "./measures.ts";
import { compared, inTurn, type Result } from "./result.ts";

const SERVERS = 1000;
const TOOLS = 100;
const ROUNDS = 5;

/** The time of the checks of a large account, next to the time to read its text. */
export async function benchChecks(): Promise<readonly Result[]> {
  const text = JSON.stringify(
    Array.from({ length: SERVERS }, (_, index) => wireServer(index, TOOLS)),
  );
  const runs = {
    ours: async () => checkTime(readAll(text)),
    parse: async () => threadTime(() => JSON.parse(text)),
  };
  await inTurn(1, runs);
  const { ours, parse } = await inTurn(ROUNDS, runs);
  const name = "check 100,000 capabilities, CPU ms: ours / JSON.parse";
  return [compared(name, ours, parse, 3), oneChanged(readAll(text))];
}

/** New objects, because values memoized by identity would make a check look fast. */
function readAll(text: string): readonly Server[] {
  const wire: readonly unknown[] = JSON.parse(text);
  return wire.map((server) => parseServer(server));
}

function checkTime(servers: readonly Server[]): number {
  return threadTime(() => new AccountChecker().check(servers, DEFAULT_SETTINGS));
}

/** When one server of a thousand changes, the others aren't checked again. */
function oneChanged(servers: readonly Server[]): Result {
  const checker = new AccountChecker();
  const all = threadTime(() => checker.check(servers, DEFAULT_SETTINGS));
  const [first, ...rest] = servers;
  if (first === undefined) {
    throw new Error("no servers");
  }
  const one = threadTime(() =>
    checker.check([{ ...first, name: "Changed" }, ...rest], DEFAULT_SETTINGS),
  );
  return compared("check again, 1 of 1,000 servers changed: one / all", one, all, 0.05);
}
