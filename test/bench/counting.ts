import { setImmediate as nextTurn } from "node:timers/promises";
import { parseServer } from "../../src/cloudflare/servers.ts";
import { catalogueOf, type ExposedCapability } from "../../src/domain/catalogue/serverCatalogue.ts";
import { AccountTokens } from "../../src/engine/cost/accountTokens.ts";
import { ThreadTokenizer, type Tokenizer } from "../../src/engine/cost/tokenizer.ts";
import type { SharedJson } from "../../src/engine/ports.ts";
import type { Bundles } from "./bundles.ts";
import { wireServer } from "./catalogues.ts";
import { fresh } from "./fresh.ts";
import { compared, inTurn, type Result } from "./result.ts";

const ROUNDS = 7;
const PROGRAM = new URL("../../src/engine/cost/tokenizerProgram.ts", import.meta.url);

/** Tools of which no two have the same text. */
export function differentTools(count: number): readonly ExposedCapability[] {
  const servers = Array.from({ length: count / 100 }, (_, index) => wireServer(index, 100));
  return servers.flatMap((server) => catalogueOf(parseServer(server)).tools);
}

/**
 * Counting from a cold start, again where nothing changed, and how long it holds the host. Both
 * contenders are bundled as the product is, and read the tokenizer's ranks from a file of their own.
 */
export async function benchCounting(bundles: Bundles): Promise<readonly Result[]> {
  const { ours, alone } = await inTurn(ROUNDS, {
    ours: () => fresh(bundles.countOurs, "5000", bundles.tokenizer),
    alone: () => fresh(bundles.countAlone, "5000"),
  });
  const longest = await longestStretch(differentTools(25_000));
  return [
    compared("count 5,000 tools, cold, ms: ours / gpt-tokenizer alone", ours, alone, 1.15),
    compared("tools tokenized where nothing changed", await tokenizedAgain(), 1, 0),
    compared("longest stretch in the host, counting 25,000 tools, CPU ms", longest, 1, 50),
  ];
}

/** Resolves when all tools are counted. */
export function counted(
  tokenizer: Tokenizer,
  tools: readonly ExposedCapability[],
  file?: SharedJson,
) {
  return new Promise<void>((resolve, reject) => {
    const tokens = new AccountTokens({
      tokenizer,
      file,
      onFailure: reject,
      onDidCount: () => ask(),
    });
    const ask = (): void => {
      if (tools.map(tokens.ofTool).every((count) => count !== undefined)) {
        resolve();
      }
    };
    ask();
  });
}

async function tokenizedAgain(): Promise<number> {
  const tools = differentTools(5000);
  let kept: unknown;
  const file: SharedJson = {
    read: () => kept,
    updateNow: (change) => {
      kept = change(kept);
    },
    update: async (change) => {
      kept = change(kept);
    },
  };
  let texts = 0;
  const counting: Tokenizer = {
    count: (given) => {
      texts += given.length;
      return Promise.resolve(given.map(({ length }) => length));
    },
  };
  await counted(counting, tools, file);
  await nextTurn();
  texts = 0;
  await counted(counting, differentTools(5000), file);
  return texts;
}

/** The most CPU time of this thread between two turns of the event loop. */
async function longestStretch(tools: readonly ExposedCapability[]): Promise<number> {
  const tokenizer = new ThreadTokenizer(PROGRAM);
  let isOver = false;
  const all = counted(tokenizer, tools).finally(() => {
    isOver = true;
  });
  let longest = 0;
  let last = threadMs();
  while (!isOver) {
    await nextTurn();
    const now = threadMs();
    longest = Math.max(longest, now - last);
    last = now;
  }
  await all;
  tokenizer.dispose();
  return longest;
}

function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
