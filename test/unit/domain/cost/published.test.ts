import { equal, ok } from "node:assert/strict";
import { countTokens } from "gpt-tokenizer/encoding/o200k_base";
import { isRecord } from "../../../../src/base/json.ts";
import { countedText } from "../../../../src/domain/cost/countedText.ts";
import { costOfTexts } from "../../../../src/domain/cost/sums.ts";
import { countTokens as countOurs } from "../../../../src/engine/cost/tokenizerProgram.ts";
import { fetchPublished, PUBLISHED, toolsOfPublished } from "./support/publishedServers.ts";

/** The share of a published figure that ours may be off by. */
const TOLERANCE = 0.001;

type Definition = Readonly<Record<string, unknown>>;

/** As our costs count a tool. */
function ours({ name, description, inputSchema }: Definition): string {
  ok(typeof name === "string" && typeof description === "string" && isRecord(inputSchema));
  return countedText({ name, description, inputSchema });
}

/** As the figures were counted: all tools as one list, each with its schema under MCP's own key. */
function theirs(tools: readonly Definition[]): string {
  return JSON.stringify(
    tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema })),
  );
}

describe("the published costs of servers", function () {
  this.timeout(180_000);
  let folder: string;
  before(async () => {
    folder = await fetchPublished();
  });

  for (const server of PUBLISHED) {
    it(`are met for ${server.name}, within 0.1 %`, async () => {
      const tools = await toolsOfPublished(folder, server);
      equal(tools.length, server.tools);
      // Otherwise these aren't the definitions that were counted there.
      equal(countTokens(theirs(tools)), server.tokens);
      const { tokens } = costOfTexts(tools.map(ours), countOurs);
      const off = Math.abs(tokens - server.tokens) / server.tokens;
      ok(off <= TOLERANCE, `${tokens} tokens instead of ${server.tokens}`);
    });
  }
});
