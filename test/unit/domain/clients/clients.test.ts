import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { Capability } from "../../../../src/domain/catalogue/capability.ts";
import {
  catalogueOf,
  type ExposedCapability,
} from "../../../../src/domain/catalogue/serverCatalogue.ts";
import { ALL_CLIENTS, clientOf } from "../../../../src/domain/clients/allClients.ts";
import { CLIENTS } from "../../../../src/domain/clients/clientIds.ts";
import {
  type DeliveredList,
  deliver,
  deliveredDefinition,
} from "../../../../src/domain/clients/deliver.ts";
import { capability, server } from "../../support/servers.ts";
import { CLIENT_CASES, keyOf, toolWith, withProperty } from "./support/clientCases.ts";

/** All tools and prompts of one server, as its portal exposes them. */
function exposedOf(capabilities: readonly Capability[], id = "docs"): readonly ExposedCapability[] {
  const tools = capabilities.filter(({ kind }) => kind === "tool");
  const prompts = capabilities.filter(({ kind }) => kind === "prompt");
  const catalogue = catalogueOf(server({ id, tools, prompts }));
  return [...catalogue.tools, ...catalogue.prompts];
}

/** The rows that a list gives as reasons. */
function keysIn({ items }: DeliveredList): readonly string[] {
  return items.flatMap(({ reasons }) => reasons.map(({ rule }) => keyOf(rule.match)));
}

describe("the table of a client", () => {
  it("is there for each, with a case for each of its rows", () => {
    deepEqual(
      ALL_CLIENTS.map(({ id }) => id),
      CLIENTS,
    );
    for (const { id, rules } of ALL_CLIENTS) {
      const keys = rules.map((rule) => keyOf(rule.match));
      deepEqual(Object.keys(CLIENT_CASES[id]).sort(), keys.sort(), id);
    }
  });

  for (const client of ALL_CLIENTS) {
    for (const rule of client.rules) {
      const key = keyOf(rule.match);
      const { hit, near } = CLIENT_CASES[client.id][key] ?? { hit: [], near: [] };

      it(`of ${client.name} says of ${key} why, who says so and since when`, () => {
        match(rule.why(), /\S.*[.)"]$/u);
        match(rule.source, /\S/u);
        match(rule.since, /\S/u);
      });

      it(`of ${client.name} finds ${key}, and nothing in what only comes close`, () => {
        if (key === "sameName") {
          ok(keysIn(deliver(client, exposedOf(hit))).includes(key));
          ok(!keysIn(deliver(client, exposedOf(near))).includes(key));
          return;
        }
        for (const each of hit) {
          const found = keysIn(deliver(client, exposedOf([each])));
          ok(found.includes(key), JSON.stringify(each.source));
        }
        for (const each of near) {
          const found = keysIn(deliver(client, exposedOf([each])));
          ok(!found.includes(key), JSON.stringify(each.source));
        }
      });
    }
  }

  it("of Gemini refuses a name that starts with a digit", () => {
    const tools = [capability("tool", "search")];
    deepEqual(
      deliver(clientOf("gemini"), exposedOf(tools, "1password")).items[0]?.effect,
      "refused",
    );
    deepEqual(
      deliver(clientOf("gemini"), exposedOf(tools, "onepassword")).items[0]?.effect,
      undefined,
    );
  });
});

describe("what a client gets", () => {
  const plain = withProperty({ type: "string" });
  const many = (count: number) =>
    exposedOf(Array.from({ length: count }, (_, index) => ({ ...plain, name: `tool${index}` })));
  const effectsOf = (list: DeliveredList) => list.items.map(({ effect }) => effect);

  it("has the names that the client makes", () => {
    const exposed = exposedOf([{ ...plain, name: "page.get" }]);
    deepEqual(
      ALL_CLIENTS.map((client) => deliver(client, exposed, "Demo Portal").items[0]?.name),
      [
        "mcp_demo_portal_docs_page_get",
        "mcp__Demo_Portal__docs_page_get",
        "docs_page.get",
        "docs_page.get",
        "mcp__Demo_Portal__docs_page_get",
        "docs_page.get",
        "docs_page.get",
      ],
    );
  });

  it("has names cut as the client cuts them", () => {
    const name = `${"a".repeat(50)}${"b".repeat(50)}`;
    const exposed = exposedOf([{ ...plain, name }]);
    const nameIn = (id: Parameters<typeof clientOf>[0]) =>
      deliver(clientOf(id), exposed, "demo").items[0]?.name ?? "";
    equal(nameIn("vscode"), `mcp_demo_docs_${name}`.slice(0, 64));
    equal(nameIn("gemini"), `docs_${"a".repeat(23)}___${"b".repeat(32)}`);
    equal(nameIn("gemini").length, 63);
    equal(nameIn("claude-code"), `mcp__demo__docs_${name}`);
    match(nameIn("codex"), /^mcp__demo__docs_a{8}…$/u);
  });

  it("leaves out what is off, and keeps the order", () => {
    const tools = [capability("tool", "a"), capability("tool", "b"), capability("tool", "c")];
    const exposed = catalogueOf(
      server({ tools, prompts: [], toolOverrides: [{ name: "b", enabled: false }] }),
    ).tools;
    deepEqual(
      deliver(clientOf("cursor"), exposed).items.map(({ shown }) => shown.name),
      ["a", "c"],
    );
  });

  it("has names of several servers compete", () => {
    const [one, two] = [exposedOf([{ ...plain, name: "b.c" }], "a"), exposedOf([plain], "d")];
    const three = exposedOf([{ ...plain, name: "b_c" }], "a");
    const list = deliver(clientOf("vscode"), [...one, ...two, ...three]);
    deepEqual(effectsOf(list), ["altered", undefined, "dropped"]);
  });

  it("points at the place in the definition, and counts the others", () => {
    const odd = { type: "object", properties: { "a/b": { type: "array" }, c: { type: "array" } } };
    const [item] = deliver(clientOf("vscode"), exposedOf([withProperty(odd)])).items;
    deepEqual(
      item?.reasons.map(({ pointer, count }) => [pointer, count]),
      [["/inputSchema/properties/tags/properties/a~1b", 2]],
    );
  });

  it("is lost whole because of one tool, which is named", () => {
    const broken = toolWith(
      { type: "object", properties: {} },
      { outputSchema: { type: "array" } },
    );
    const exposed = exposedOf([plain, { ...broken, name: "list" }]);
    for (const id of ["claude-code", "gemini"] as const) {
      const [effect] = deliver(clientOf(id), exposed).effects;
      ok(effect?.of === "tools" && effect.loses === "list", id);
      deepEqual(
        effect.because.map(({ shown }) => shown.name),
        ["list"],
      );
    }
    deepEqual(deliver(clientOf("vscode"), exposed).effects, []);
  });

  it("is refused with the request because of one tool, which is named", () => {
    const exposed = exposedOf([{ ...withProperty({ type: "array" }), name: "bad" }, plain]);
    const [effect] = deliver(clientOf("vscode"), exposed).effects;
    ok(effect?.of === "tools" && effect.loses === "request");
    equal(effect.because[0]?.shown.name, "bad");
  });

  it("is over a limit where the client takes all tools into one request", () => {
    const list = deliver(clientOf("openai"), many(129));
    deepEqual(
      list.effects.map((effect) => (effect.of === "count" ? effect.count : effect.of)),
      [129],
    );
    deepEqual(deliver(clientOf("openai"), many(128)).effects, []);
  });

  it("loses the tools after the last that the client takes", () => {
    const effects = effectsOf(deliver(clientOf("windsurf"), many(102)));
    deepEqual(
      effects.map((effect, index) => (effect === undefined ? "" : `${effect} ${index}`)).join(""),
      "dropped 100dropped 101",
    );
  });

  it("is deferred where the client searches, from as many tools as it does", () => {
    deepEqual(effectsOf(deliver(clientOf("claude-code"), many(1))), ["deferred"]);
    deepEqual(new Set(effectsOf(deliver(clientOf("codex"), many(99)))), new Set([undefined]));
    deepEqual(new Set(effectsOf(deliver(clientOf("codex"), many(100)))), new Set(["deferred"]));
  });

  it("isn't called altered for what some models alone get altered", () => {
    const exposed = exposedOf([withProperty({ type: "string", default: "a" })]);
    const [item] = deliver(clientOf("vscode"), exposed).items;
    equal(item?.effect, undefined);
    equal(item?.reasons[0]?.rule.models?.(), "gpt-4*");
  });

  it("is the same object while the list is the same", () => {
    const exposed = many(3);
    equal(deliver(clientOf("vscode"), exposed), deliver(clientOf("vscode"), exposed));
    ok(deliver(clientOf("vscode"), exposed) !== deliver(clientOf("vscode"), exposed, "other"));
  });
});

describe("an altered definition", () => {
  const definitionIn = (id: Parameters<typeof clientOf>[0], tool: Capability) => {
    const [item] = deliver(clientOf(id), exposedOf([tool])).items;
    ok(item !== undefined);
    return deliveredDefinition(item);
  };

  it("has no combiner at the top and no required name that isn't a property in VS Code", () => {
    const tool = toolWith({
      type: "object",
      properties: { a: { type: "string" } },
      required: ["a", "b"],
      anyOf: [{ required: ["a"] }],
    });
    const before = JSON.stringify(tool);
    deepEqual(definitionIn("vscode", tool).inputSchema, {
      type: "object",
      properties: { a: { type: "string" } },
      required: ["a"],
    });
    equal(JSON.stringify(tool), before);
  });

  it("has a description in VS Code, and properties", () => {
    const tool = { ...toolWith({ type: "object" }), description: undefined };
    const { description, inputSchema } = definitionIn("vscode", tool);
    equal(description, "<empty>");
    deepEqual(inputSchema, { type: "object", properties: {} });
  });

  it("has a description cut in Claude Code", () => {
    const tool = { ...withProperty({ type: "string" }), description: "a".repeat(3000) };
    equal(definitionIn("claude-code", tool).description?.length, 2048);
  });

  it("has the keywords that Codex keeps, at every depth", () => {
    const tool = withProperty({
      type: "array",
      items: { oneOf: [{ const: "a" }, { const: "b" }], description: "One of two" },
      format: "x",
    });
    deepEqual(definitionIn("codex", tool).inputSchema, {
      type: "object",
      properties: { tags: { type: "array", items: { description: "One of two" } } },
    });
    deepEqual(definitionIn("codex", withProperty({ const: "a", title: "A" })).inputSchema, {
      type: "object",
      properties: { tags: { enum: ["a"], title: "A" } },
    });
  });

  it("is the exposed one where nothing is altered", () => {
    const tool = withProperty({ type: "string" });
    deepEqual(definitionIn("openai", tool), {
      name: "docs_search",
      description: "Finds pages.",
      inputSchema: tool.source["inputSchema"],
    });
  });
});
