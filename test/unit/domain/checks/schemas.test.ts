import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import { AccountChecker } from "../../../../src/domain/checks/checkAccount.ts";
import type { Finding } from "../../../../src/domain/checks/finding.ts";
import { DEFAULT_SETTINGS } from "../../../../src/domain/checks/settings.ts";
import { CLIENTS } from "../../../../src/domain/clients/clientIds.ts";
import { upstreamReport } from "../../../../src/domain/clients/upstreamReport.ts";
import { server } from "../../support/servers.ts";
import { toolWith, withProperty } from "../clients/support/clientCases.ts";

function findingsOf(inputSchema: unknown, clients = DEFAULT_SETTINGS.clients): readonly Finding[] {
  const one = server({ tools: [toolWith(inputSchema)], prompts: [] });
  const found = new AccountChecker().check([one], { ...DEFAULT_SETTINGS, clients }).get(one.id);
  return (found ?? []).filter(({ rule }) => rule.startsWith("schema/"));
}

/** Schemas as generators and people write them: legal, and taken by every client of the default. */
const HARMLESS: Readonly<Record<string, unknown>> = {
  "zod, with draft-07": {
    $schema: "http://json-schema.org/draft-07/schema#",
    type: "object",
    properties: {
      path: { type: "string", minLength: 1, format: "uri", description: "Where it lies" },
      limit: { type: "integer", exclusiveMinimum: 0, maximum: 100, default: 20 },
      tags: { type: "array", items: { type: "string" }, minItems: 1, uniqueItems: true },
      range: { type: "array", items: [{ type: "number" }, { type: "number" }] },
      filter: { anyOf: [{ type: "string" }, { type: "null" }] },
      extra: { type: "object", additionalProperties: {}, propertyNames: { type: "string" } },
    },
    required: ["path"],
    additionalProperties: false,
  },
  "pydantic, with definitions": {
    $defs: {
      Color: { enum: ["red", "green"], title: "Color", type: "string" },
      Node: {
        type: "object",
        title: "Node",
        properties: {
          color: { $ref: "#/$defs/Color" },
          children: { type: "array", items: { $ref: "#/$defs/Node" }, default: [] },
        },
        required: ["color"],
      },
    },
    type: "object",
    title: "Arguments",
    properties: {
      node: { $ref: "#/$defs/Node" },
      size: { anyOf: [{ type: "integer" }, { type: "null" }], default: null, title: "Size" },
      kind: { const: "all", default: "all", type: "string" },
      pair: {
        type: "array",
        items: {},
        prefixItems: [{ type: "integer" }, { type: "string" }],
        maxItems: 2,
        minItems: 2,
      },
    },
    required: ["node"],
  },
  "Go, with $id and 2020-12": {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: "https://example.com/list",
    type: "object",
    properties: {
      "page.size": { type: ["integer", "null"], minimum: 1 },
      labels: { type: "object", additionalProperties: { type: "string" } },
      when: { type: "string", pattern: "^[0-9]{4}$", examples: ["2026"] },
    },
  },
  "an OpenAPI converter, with its own keywords": {
    type: "object",
    properties: {
      id: { type: "string", nullable: true, example: "a1", deprecated: true },
      body: {
        type: "object",
        properties: {
          type: { type: "string", enum: ["array", "object"] },
          required: { type: "boolean" },
          items: { type: "array", items: { oneOf: [{ type: "string" }, { type: "number" }] } },
          enum: { type: "array", items: { type: "number", enum: [1, 2, 3] } },
        },
        required: ["type"],
        "x-internal": { type: "array" },
      },
    },
    required: ["id", "body"],
  },
  "a tool without parameters": { type: "object", properties: {}, additionalProperties: false },
  "examples and defaults that look like schemas": {
    type: "object",
    properties: {
      schema: {
        type: "object",
        default: { type: "array" },
        examples: [{ type: "array", properties: null }],
        const: { type: "array" },
      },
    },
  },
  "patterns for names": {
    type: "object",
    properties: {},
    patternProperties: { "^x y$": { type: "string" } },
    dependentRequired: { a: ["b"] },
    minProperties: 1,
  },
};

type Around = (schema: unknown) => object;

/** A keyword with one schema below it. */
const alone = (key: string): readonly [string, Around] => [
  key,
  (schema) => Object.fromEntries([[key, schema]]),
];
const inList = (key: string): readonly [string, Around] => [
  key,
  (schema) => Object.fromEntries([[key, [{}, schema]]]),
];
const inMap = (key: string): readonly [string, Around] => [
  key,
  (schema) => Object.fromEntries([[key, { a: schema }]]),
];

/** Every place in which a schema can stand. */
const PLACES: ReadonlyMap<string, Around> = new Map([
  ...["not", "if", "then", "else", "contains", "contentSchema", "propertyNames"].map(alone),
  ...["additionalProperties", "unevaluatedProperties", "items"].map(alone),
  ...["additionalItems", "unevaluatedItems"].map(alone),
  ...["anyOf", "oneOf", "allOf", "prefixItems"].map(inList),
  ...["properties", "patternProperties", "$defs", "definitions"].map(inMap),
  ...["dependentSchemas", "dependencies"].map(inMap),
  ["items, as a list", (schema) => ({ items: [{}, schema] })],
]);

describe("the checks of schemas", () => {
  for (const [what, schema] of Object.entries(HARMLESS)) {
    it(`are silent over what is legal and harmless: ${what}`, () => {
      const found = findingsOf(schema).map(({ rule, message }) => `${rule}: ${message}`);
      deepEqual(found, []);
    });
  }

  for (const [place, around] of PLACES) {
    it(`look at a schema in ${place}`, () => {
      const schema = { type: "object", properties: { outer: around({ type: "array" }) } };
      deepEqual(
        findingsOf(schema).map(({ rule }) => rule),
        ["schema/array-items"],
      );
      const [finding] = findingsOf({ type: "object", properties: { outer: around({ type: 1 }) } });
      equal(finding?.rule, "schema/draft");
    });
  }

  it("tell the place, how many more there are, and what each client does", () => {
    const tags = { type: "array" };
    const [finding] = findingsOf({ type: "object", properties: { a: tags, b: tags, "c/d": tags } });
    equal(
      finding?.message,
      '/inputSchema/properties/a is an array without "items". There are 2 more such places. ' +
        'VS Code fails the request: "Failed to validate tool".',
    );
    deepEqual(finding.path, ["tools", "search"]);
  });

  it("tell a null that loses the whole list once, and not as an illegal value too", () => {
    deepEqual(
      findingsOf({ type: "object", properties: null }).map(({ rule }) => rule),
      ["schema/null"],
    );
    deepEqual(
      findingsOf({ type: "object", properties: { a: { required: true } }, required: null })
        .map(({ rule }) => rule)
        .sort(),
      ["schema/draft", "schema/null"],
    );
  });

  it("tell what a schema of an older draft means to a client that takes draft-07", () => {
    const age = { type: "number", minimum: 0, exclusiveMinimum: true };
    const $schema = "http://json-schema.org/draft-04/schema#";
    const [finding] = findingsOf({ $schema, type: "object", properties: { age } });
    match(finding?.message ?? "", /exclusiveMinimum .*draft-07.*VS Code leaves the tool out/u);
  });

  it("speak of no client that isn't in use where they are for it alone", () => {
    const variants = { oneOf: [{ type: "string" }, { type: "number" }] };
    const schema = { type: "object", properties: { variants, size: { exclusiveMinimum: 0 } } };
    deepEqual(findingsOf(schema), []);
    const rules = findingsOf(schema, new Set(CLIENTS)).map(({ rule }) => rule);
    deepEqual(rules, ["schema/refused-keywords", "schema/dropped-keywords"]);
  });
});

describe("a report for the upstream", () => {
  it("says where what is wrong, which clients mind it, and who says so", () => {
    const report = upstreamReport(
      toolWith({
        type: "object",
        properties: { tags: { type: "array" }, size: { type: "number", exclusiveMinimum: 0 } },
        anyOf: [{ required: ["tags"] }],
      }),
    );
    ok(report !== undefined);
    match(report, /^The definition of the tool search isn't taken as it is by MCP clients:\n/u);
    match(report, /^- \/inputSchema\/properties\/tags\n {2}.*without "items"\.\n {2}- VS Code: /mu);
    match(report, /Claude Code: .*\n.*VS Code: .*Source: /u);
    match(report, /microsoft\/vscode#284536/u);
    match(report, /^- \/inputSchema\/properties\/size\/exclusiveMinimum\n/mu);
    match(report, /Gemini: The Gemini API doesn't know the keyword/u);
  });

  it("names clients that mind the same thing together", () => {
    const tool = toolWith({ type: "object", properties: {} }, { outputSchema: { type: "array" } });
    match(upstreamReport(tool) ?? "", /- Claude Code, Gemini: .*lose the whole list/u);
  });

  it("isn't there where no client minds anything, nor for what all keep or some models lose", () => {
    const harmless = withProperty({ type: "string", default: "a", format: "uri" });
    equal(upstreamReport(harmless), undefined);
  });

  it("holds nothing that isn't the upstream's own", () => {
    const tool = { ...toolWith({ type: "object" }), description: "An administrator's text" };
    doesNotMatch(upstreamReport(tool) ?? "", /administrator/u);
  });
});
