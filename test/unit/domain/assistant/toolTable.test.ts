import { deepEqual, ok } from "node:assert/strict";
import { countTokens } from "gpt-tokenizer/encoding/o200k_base";
import { ASSISTANT_TOOLS, assistantToolId } from "../../../../src/domain/assistant/toolNames.ts";
import {
  ASSISTANT_TOOL_TABLE,
  assistantInputSchema,
} from "../../../../src/domain/assistant/toolTable.ts";
import { catalogueOf } from "../../../../src/domain/catalogue/serverCatalogue.ts";
import { ALL_CLIENTS } from "../../../../src/domain/clients/allClients.ts";
import { deliver } from "../../../../src/domain/clients/deliver.ts";
import { server } from "../../support/servers.ts";
import { checkServer } from "../checks/support/checking.ts";

const MOST_TOKENS = 1000;
const MOST_TOKENS_A_TOOL = 250;

const definitions = ASSISTANT_TOOLS.map((name) => {
  const tool = ASSISTANT_TOOL_TABLE[name];
  const { description } = tool;
  return { name: assistantToolId(name), description, inputSchema: assistantInputSchema(tool) };
});
const ours = server({
  id: "ours",
  prompts: [],
  tools: definitions.map(({ name, description, inputSchema }) => ({
    kind: "tool",
    name,
    description,
    source: { name, description, inputSchema },
  })),
});

describe("The tools for assistants", () => {
  it("break none of our own rules", () => deepEqual(checkServer(ours), []));

  it("arrive in every client as they are", () => {
    for (const client of ALL_CLIENTS) {
      deepEqual(
        deliver(client, catalogueOf(ours).tools).items.flatMap(({ effect, shown, reasons }) =>
          effect === undefined || effect === "deferred"
            ? []
            : [[client.id, shown.name, effect, reasons.map(({ pointer }) => pointer)]],
        ),
        [],
      );
    }
  });

  it("cost little", () => {
    const costs = definitions.map(({ name, description, inputSchema: parameters }) =>
      countTokens(JSON.stringify({ name, description, parameters })),
    );
    ok(Math.max(...costs) <= MOST_TOKENS_A_TOOL, String(costs));
    ok(costs.reduce((sum, cost) => sum + cost + 1, 0) <= MOST_TOKENS, String(costs));
  });
});
