import { deepEqual, equal, ok } from "node:assert/strict";
import type { Capability } from "../../../../src/domain/catalogue/capability.ts";
import { catalogueOf } from "../../../../src/domain/catalogue/serverCatalogue.ts";
import { ALL_CLIENTS } from "../../../../src/domain/clients/allClients.ts";
import { copyOf } from "../../../../src/domain/clients/alterations.ts";
import { constructsOf } from "../../../../src/domain/clients/constructs.ts";
import { deliver, deliveredDefinition } from "../../../../src/domain/clients/deliver.ts";
import { upstreamReport } from "../../../../src/domain/clients/upstreamReport.ts";
import { Dice } from "../../engine/support/dice.ts";
import { growthOf } from "../../support/growth.ts";
import { server } from "../../support/servers.ts";
import { toolWith } from "./support/clientCases.ts";

/** What all clients make of a tool, altered definitions included. */
function deliverToAll(tools: readonly Capability[]): void {
  const exposed = catalogueOf(server({ tools, prompts: [] })).tools;
  for (const client of ALL_CLIENTS) {
    for (const item of deliver(client, exposed).items) {
      deliveredDefinition(item);
    }
  }
}

/** An array without items in the innermost schema. */
function nested(depth: number): object {
  let schema: object = { type: "array", const: 1 };
  for (let level = 0; level < depth; level += 1) {
    schema = { type: "object", properties: { inner: schema }, required: ["none"] };
  }
  return schema;
}

function wide(count: number): object {
  const names = Array.from({ length: count }, (_, index) => `odd name ${index}`);
  return { type: "object", properties: Object.fromEntries(names.map((name) => [name, {}])) };
}

function long(length: number): object {
  const text = "a ".repeat(length / 2);
  return {
    type: "object",
    title: text,
    properties: { [text]: { type: "string", description: text, pattern: text, enum: [text, 1] } },
    required: [`${text}!`],
  };
}

/** Keywords, names that every object has, and values that don't belong there. */
const KEYS: readonly [string, ...string[]] = [
  "type",
  "type",
  "properties",
  "properties",
  ...(
    "required items anyOf oneOf allOf not if then else enum const $ref $defs pattern minLength " +
    "exclusiveMinimum propertyNames additionalProperties default description __proto__ constructor $schema"
  ).split(" "),
];
const VALUES: readonly [unknown, ...unknown[]] = [
  null,
  true,
  -1,
  "object",
  "array",
  "#/$defs/a",
  "http://json-schema.org/draft-04/schema#",
  ["a", null],
  [],
];

function anySchema(dice: Dice, depth: number): unknown {
  if (depth === 0 || dice.chance(0.3)) {
    return dice.pick(VALUES);
  }
  if (dice.chance(0.2)) {
    return [anySchema(dice, depth - 1), anySchema(dice, depth - 1)];
  }
  const keys = Array.from({ length: dice.below(6) }, () => dice.pick(KEYS));
  return Object.fromEntries(keys.map((key) => [key, anySchema(dice, depth - 1)]));
}

describe("a hostile definition", function () {
  this.timeout(30_000);

  it("may be 10,000 levels deep", () => {
    const tool = toolWith(nested(10_000));
    deliverToAll([tool]);
    const [place] = constructsOf(tool.source).kinds.get("arrayWithoutItems")?.first ?? [];
    equal(place?.pointer, `/inputSchema${"/properties/inner".repeat(10_000)}`);
  });

  it("may refer to itself in a circle", () => {
    const tool = toolWith({
      type: "object",
      properties: { a: { $ref: "#/$defs/a" } },
      $defs: { a: { $ref: "#/$defs/b" }, b: { anyOf: [{ $ref: "#/$defs/a" }, { $ref: "#" }] } },
    });
    deliverToAll([tool]);
    deepEqual([...constructsOf(tool.source).kinds.keys()], []);
  });

  it("may be called like a property of every object", () => {
    const text =
      '{"type":"object","properties":{"__proto__":{"type":"array"},"constructor":{"const":1}},' +
      '"required":["__proto__","toString"],"__proto__":{"type":"array"}}';
    const schema: unknown = JSON.parse(text);
    const tools = ["__proto__", "constructor"].map((name) => ({ ...toolWith(schema), name }));
    deliverToAll(tools);
    const { kinds } = constructsOf(toolWith(schema).source);
    equal(kinds.get("arrayWithoutItems")?.first[0]?.pointer, "/inputSchema/properties/__proto__");
    deepEqual(
      kinds.get("requiredUnknown")?.first.map(({ about }) => about),
      ["toString"],
    );
    const copy = copyOf(schema);
    equal(JSON.stringify(copy), text);
    equal(Object.getPrototypeOf(copy), Object.prototype);
    ok(copy !== schema);
  });

  it("may have any value in place of a schema", () => {
    for (const odd of [null, 1, "a", [], [[]], {}, true, { properties: [] }, { properties: 1 }]) {
      deliverToAll([toolWith(odd)]);
      deliverToAll([toolWith({ type: "object", properties: odd, required: odd, anyOf: odd })]);
      deliverToAll([toolWith({ type: "object", properties: { a: odd } }, { outputSchema: odd })]);
    }
  });

  it("may be put together by chance, and is left as it is", () => {
    for (let seed = 1; seed <= 500; seed += 1) {
      const dice = new Dice(seed);
      const tool = toolWith(anySchema(dice, 5), { outputSchema: anySchema(dice, 2) });
      const before = JSON.stringify(tool);
      deliverToAll([tool, { ...tool, name: "other" }]);
      upstreamReport(tool);
      equal(JSON.stringify(tool), before, `seed ${seed}`);
    }
  });

  it("tells the first few of a thousand places, and their number", () => {
    const found = constructsOf(toolWith(wide(1000)).source).kinds.get("propertyName");
    equal(found?.count, 1000);
    equal(found.first.length, 3);
  });

  const shapes: readonly (readonly [string, (size: number) => object, number])[] = [
    ["depth", nested, 10_000],
    ["width", wide, 40_000],
    ["length", long, 1_000_000],
  ];
  for (const [words, schemaOf, size] of shapes) {
    it(`costs work that grows with its ${words}`, () => {
      const small = schemaOf(size / 4);
      const large = schemaOf(size);
      const times = growthOf(
        () => deliverToAll([toolWith(small)]),
        () => deliverToAll([toolWith(large)]),
        { most: 12, nothing: 4000 },
      );
      ok(times < 12, `${times.toFixed(1)} times`);
    });
  }
});
