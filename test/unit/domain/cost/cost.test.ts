import { deepEqual, equal, ok } from "node:assert/strict";
import type { Capability } from "../../../../src/domain/catalogue/capability.ts";
import {
  catalogueOf,
  type ExposedCapability,
} from "../../../../src/domain/catalogue/serverCatalogue.ts";
import { clientOf } from "../../../../src/domain/clients/allClients.ts";
import { deliver } from "../../../../src/domain/clients/deliver.ts";
import { claudeRange, claudeTokens } from "../../../../src/domain/cost/claude.ts";
import { costInClient } from "../../../../src/domain/cost/clientCost.ts";
import { countedText, exposedText, portalTexts } from "../../../../src/domain/cost/countedText.ts";
import { costOfMapping, costOfPortal } from "../../../../src/domain/cost/portalCost.ts";
import { repeatedTexts } from "../../../../src/domain/cost/repeatedTexts.ts";
import {
  type CountTokens,
  costByConnection,
  costOfCatalogue,
  costOfTool,
  type TokenCounts,
} from "../../../../src/domain/cost/sums.ts";
import { mappedCatalogueOf } from "../../../../src/domain/portals/exposure.ts";
import type { Server } from "../../../../src/domain/servers/server.ts";
import { growthOf } from "../../support/growth.ts";
import { mapping, portal } from "../../support/portals.ts";
import { capability, server } from "../../support/servers.ts";

/** A character is a token, so that every character that is counted shows. */
const byCharacter: CountTokens = (text) => text.length;

const countsBy = (count: CountTokens): TokenCounts => ({
  ofText: count,
  ofTool: (shown) => count(exposedText(shown)),
});
const characters = countsBy(byCharacter);

const schema = { type: "object", properties: { query: { type: "string" } }, required: ["query"] };

function tool(name: string, description: string, inputSchema: object = schema): Capability {
  const source = {
    name,
    description,
    inputSchema,
    outputSchema: { type: "object" },
    annotations: { readOnlyHint: true },
    title: "Another text",
  };
  return { kind: "tool", name, description, source };
}

const docs = server({
  id: "docs",
  tools: [tool("search", "Finds pages."), tool("delete", "Deletes a page.")],
  prompts: [capability("prompt", "summarise")],
});

const exposedOf = (one: Server): readonly ExposedCapability[] => {
  const { tools, prompts } = catalogueOf(one);
  return [...tools, ...prompts];
};

describe("the text of a tool that is counted", () => {
  it("is its name, its description and its input schema as parameters, in this order", () => {
    const text = countedText({ name: "search", description: "Finds pages.", inputSchema: schema });
    equal(
      text,
      '{"name":"search","description":"Finds pages.","parameters":{"type":"object",' +
        '"properties":{"query":{"type":"string"}},"required":["query"]}}',
    );
  });

  it("has the exposed name and the overridden description, and nothing else of the definition", () => {
    const [shown] = exposedOf({
      ...docs,
      toolOverrides: new Map([["search", { name: "search", alias: "find", description: "Short" }]]),
    });
    ok(shown !== undefined);
    equal(
      exposedText(shown),
      JSON.stringify({ name: "docs_find", description: "Short", parameters: schema }),
    );
  });

  it("leaves out what isn't there", () => equal(countedText({ name: "a" }), '{"name":"a"}'));

  it("may be nested to any depth", () => {
    const deep: object = JSON.parse(`${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`);
    const [shown] = exposedOf(server({ tools: [tool("deep", "Deep", deep)] }));
    ok(shown !== undefined && exposedText(shown).length > 60_000);
  });
});

describe("the cost", () => {
  const [search, remove] = exposedOf(docs);
  ok(search !== undefined && remove !== undefined);
  const ofSearch = exposedText(search).length + 1;
  const ofDelete = exposedText(remove).length + 1;

  it("of a tool is the tokens of its text and one more", () =>
    equal(costOfTool(search, characters), ofSearch));

  it("of a server is that of its tools, without prompts", () =>
    deepEqual(costOfCatalogue(catalogueOf(docs), characters), {
      tokens: ofSearch + ofDelete,
      pending: 0,
      isEstimate: false,
    }));

  it("doesn't count what is off", () => {
    const off = {
      ...docs,
      toolOverrides: new Map([["delete", { name: "delete", enabled: false }]]),
    };
    equal(costOfCatalogue(catalogueOf(off), characters).tokens, ofSearch);
  });

  it("of a portal is that of its mappings, each of which is told", () => {
    const other = server({ id: "shop", tools: [tool("buy", "Buys.")], prompts: [] });
    const servers = new Map([docs, other].map((one) => [one.id, one]));
    const both = portal({ mappings: [mapping("docs"), mapping("shop"), mapping("gone")] });
    const { total, byServer } = costOfPortal(both, (of) => {
      const known = servers.get(of.serverId);
      return known && costOfMapping(of, known, characters);
    });
    equal(byServer.get("docs")?.tokens, ofSearch + ofDelete);
    equal(total.tokens, ofSearch + ofDelete + (byServer.get("shop")?.tokens ?? 0));
  });

  it("of a mapping is that of its own names, descriptions and switches", () => {
    const own = mapping("docs", {
      toolOverrides: [
        { name: "search", alias: "find_pages", description: "Short" },
        { name: "delete", enabled: false },
      ],
    });
    const mapped = costOfMapping(own, docs, characters);
    deepEqual(mapped, costOfCatalogue(mappedCatalogueOf(own, docs), characters));
    ok(mapped.tokens > 0 && mapped.tokens !== ofSearch);
    const none = mapping("docs", { defaultDisabled: true });
    equal(costOfMapping(none, docs, characters).tokens, 0);
  });

  it("says how many tools aren't counted yet", () => {
    const counted: CountTokens = (text) => (text.includes("search") ? text.length : undefined);
    deepEqual(costOfCatalogue(catalogueOf(docs), countsBy(counted)), {
      tokens: ofSearch,
      pending: 1,
      isEstimate: false,
    });
    equal(costOfTool(remove, countsBy(counted)), undefined);
  });

  it("of the ways to search is that of two tools, however many there are", () => {
    const few = costByConnection(exposedOf(docs), characters);
    const tools = Array.from({ length: 500 }, (_, index) => tool(`tool${index}`, "A tool."));
    const many = costByConnection(exposedOf(server({ tools })), characters);
    for (const connection of ["searchAndExecute", "codeMode"] as const) {
      deepEqual(few.get(connection), many.get(connection));
      equal(portalTexts(connection).length, 2);
      equal(few.get(connection)?.isEstimate, true);
    }
    equal(few.get("allTools")?.isEstimate, false);
  });

  it("of minimized tools is that of names", () => {
    const tools = Array.from({ length: 500 }, (_, index) => tool(`tool${index}`, "a".repeat(500)));
    const costs = costByConnection(exposedOf(server({ tools, prompts: [] })), characters);
    const [all, names] = [costs.get("allTools"), costs.get("minimizeTools")];
    ok(all !== undefined && names !== undefined);
    ok(names.tokens > 500 * "docs_tool1".length && names.tokens < all.tokens / 5);
  });

  it("in a client is that of what arrives there", () => {
    const odd = { type: "object", properties: {}, anyOf: [{ required: ["a"] }] };
    const exposed = exposedOf(
      server({ tools: [tool("a", "Adds.", odd), tool("b".repeat(60), "Long")], prompts: [] }),
    );
    const costIn = (id: Parameters<typeof clientOf>[0]) =>
      costInClient(deliver(clientOf(id), exposed, "demo"), byCharacter);
    const plain = countedText({
      name: "mcp_demo_docs_a",
      description: "Adds.",
      inputSchema: EMPTY,
    });
    equal(
      costInClient(deliver(clientOf("vscode"), exposed.slice(0, 1), "demo"), byCharacter).tokens,
      plain.length + 1,
    );
    equal(costIn("openai").isEstimate, false);
    equal(costIn("claude-code").isEstimate, true);
    // What is altered is found by search all the same.
    const cut = exposedOf(server({ tools: [tool("c", "c".repeat(3000))], prompts: [] }));
    ok(costInClient(deliver(clientOf("claude-code"), cut, "demo"), byCharacter).tokens < 100);
    // Cursor drops one of the two for its name, and finds the other by search.
    ok(costIn("cursor").tokens < costIn("claude-code").tokens);
    ok(costIn("claude-code").tokens < costIn("openai").tokens);
  });

  it("for Claude is a range that is rounded outwards", () => {
    deepEqual(claudeTokens(1000), [
      { models: "≤ 4.6", least: 1020, most: 1050 },
      { models: "Opus ≥ 4.7", least: 1020, most: 1418 },
    ]);
    deepEqual(claudeRange(1000), { least: 1020, most: 1418 });
    deepEqual(claudeRange(0), { least: 0, most: 0 });
  });
});

const EMPTY = { type: "object", properties: {} };
const PARAGRAPH = "Every call needs the id of an account, which list_accounts returns. Ask for it.";

describe("texts that tools repeat", () => {
  const repeating = (count: number) =>
    exposedOf(
      server({
        tools: Array.from({ length: count }, (_, index) =>
          tool(`tool${index}`, `Does thing ${index}.\n\n${PARAGRAPH}\n \n  \nMore of ${index}.`),
        ),
        prompts: [],
      }),
    );

  it("are named with the tools that have them and what the repetitions cost", () => {
    const [text, ...others] = repeatedTexts(repeating(40), byCharacter);
    deepEqual(others, []);
    equal(text?.text, PARAGRAPH);
    equal(text.tools.length, 40);
    equal(text.wasted, 39 * PARAGRAPH.length);
  });

  it("are found in parameters too", () => {
    const described = { type: "object", properties: { id: { description: PARAGRAPH } } };
    const tools = ["a", "b"].map((name) => tool(name, "Short", described));
    const [text] = repeatedTexts(exposedOf(server({ tools })), byCharacter);
    deepEqual([text?.text, text?.count], [PARAGRAPH, 2]);
  });

  it("are none where a single tool repeats itself, a text is short, or a tool is off", () => {
    const own = tool("a", `${PARAGRAPH}\n\n${PARAGRAPH}`);
    const short = ["b", "c"].map((name) => tool(name, "The id of an account."));
    deepEqual(repeatedTexts(exposedOf(server({ tools: [own, ...short] })), byCharacter), []);
    const off = server({
      tools: [tool("a", PARAGRAPH), tool("b", PARAGRAPH)],
      toolOverrides: [{ name: "b", enabled: false }],
    });
    deepEqual(repeatedTexts(exposedOf(off), byCharacter), []);
  });

  it("come the costliest first, and only so many", () => {
    const tools = Array.from({ length: 60 }, (_, index) =>
      tool(`t${index}`, `${index % 30} ${PARAGRAPH}${"!".repeat(index % 30)}`),
    );
    const found = repeatedTexts(exposedOf(server({ tools })), byCharacter, 5);
    deepEqual(
      found.map(({ wasted }) => wasted),
      [29, 28, 27, 26, 25].map((marks) => `${marks} ${PARAGRAPH}`.length + marks),
    );
  });

  it("cost work that grows with their number and length", () => {
    const hostile = (length: number) =>
      exposedOf(
        server({ tools: [tool("a", "\n \t".repeat(length)), tool("b", "x\n".repeat(length))] }),
      );
    const [small, large] = [hostile(50_000), hostile(200_000)];
    const times = growthOf(
      () => repeatedTexts(small, byCharacter),
      () => repeatedTexts(large, byCharacter),
      { most: 12, nothing: 4000 },
    );
    ok(times < 12, `${times.toFixed(1)} times`);
  });
});
