import { parseServer } from "../../src/cloudflare/servers.ts";
import type { Endpoint } from "./emulator.ts";
import { compared, inTurn, type Result } from "./result.ts";

const rounds = 60;

/** The time to read a page beyond that of parsing its JSON. */
export async function benchParsing(endpoint: Endpoint): Promise<readonly Result[]> {
  const text = await onePage(endpoint);
  const runs = {
    ours: async () =>
      timed(() => (JSON.parse(text) as Body).result.map((item) => parseServer(item))),
    parse: async () => timed(() => (JSON.parse(text) as Body).result),
  };
  await inTurn(10, runs);
  const { ours, parse } = await inTurn(rounds, runs);
  return [compared("parse and check a page, ms: ours / JSON.parse", ours, parse, 1.3)];
}

interface Body {
  readonly result: readonly unknown[];
}

function timed(read: () => readonly unknown[]): number {
  const startedAt = process.cpuUsage();
  const { length } = read();
  const { user, system } = process.cpuUsage(startedAt);
  if (length !== 100) {
    throw new Error(`${length} servers instead of 100`);
  }
  return (user + system) / 1000;
}

async function onePage({ url, accountId, token }: Endpoint): Promise<string> {
  const response = await fetch(
    `${url}/accounts/${accountId}/access/ai-controls/mcp/servers?page=1&per_page=100`,
    { headers: { authorization: `Bearer ${token}` } },
  );
  return response.text();
}
