import { parseServer } from "../../src/cloudflare/servers.ts";
import { catalogueOf } from "../../src/domain/catalogue/serverCatalogue.ts";
import { Search } from "../../src/domain/search.ts";
import type { Server } from "../../src/domain/servers/server.ts";
import { wireServer } from "./catalogues.ts";
import { compared, inTurn, type Result } from "./result.ts";

const SERVERS = 1000;
const TOOLS = 25;
const ROUNDS = 5;
/**
 * Queries as they are typed, letter by letter: one in the words of one catalogue, one across three
 * texts.
 */
const QUERIES = ["compare_invoice", "server 500 revision"].flatMap((text) =>
  [...text].map((_, at) => text.slice(0, at + 1)),
);

/** The time of a keystroke in Find Tool or Prompt…, next to the least that a filter needs. */
export async function benchSearching(): Promise<readonly Result[]> {
  const text = JSON.stringify(Array.from({ length: SERVERS }, (_, at) => wireServer(at, TOOLS)));
  const servers: readonly Server[] = (JSON.parse(text) as readonly unknown[]).map((each) =>
    parseServer(each),
  );
  const first = timed(() => new Search(servers).find("", 200));
  const runs = {
    ours: async () => {
      const search = new Search(servers);
      return perKeystroke((query) => search.find(query, 200).count);
    },
    filter: async () => perKeystroke((query) => filter(servers, query)),
    parse: async () => timed(() => JSON.parse(text)),
  };
  await inTurn(1, runs);
  const { ours, filter: plain, parse } = await inTurn(ROUNDS, runs);
  return [
    compared("find in 25,000, a keystroke, CPU ms: ours / includes", ours, plain, 0.5),
    compared("find in 25,000, slowest keystroke, CPU ms: ours / 50", slowest(servers), 50, 1),
    compared("find in 25,000, opening, CPU ms: ours / JSON.parse", first, parse, 1),
  ];
}

function perKeystroke(run: (query: string) => number): number {
  return timed(() => QUERIES.map(run)) / QUERIES.length;
}

/** The slowest letter, without reuse of the results of earlier letters. */
function slowest(servers: readonly Server[]): number {
  return Math.max(...QUERIES.map((query) => timed(() => new Search(servers).find(query, 200))));
}

/** Searches every text for the words, without ranking. */
function filter(servers: readonly Server[], query: string): number {
  const words = query.toLowerCase().split(" ").filter(Boolean);
  let count = 0;
  for (const server of servers) {
    const { tools, prompts } = catalogueOf(server);
    for (const { label, name, exposedName, description = "" } of [...tools, ...prompts]) {
      const text = `${label} ${name} ${exposedName} ${server.name} ${description}`.toLowerCase();
      if (words.every((word) => text.includes(word))) {
        count += 1;
      }
    }
  }
  return count;
}

function timed(run: () => unknown): number {
  const before = process.threadCpuUsage();
  run();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}
