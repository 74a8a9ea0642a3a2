import type { Capability } from "../../../../../src/domain/catalogue/capability.ts";
import type { Match } from "../../../../../src/domain/clients/client.ts";
import type { ClientId } from "../../../../../src/domain/clients/clientIds.ts";

/** For one row of a client's table: what it is about, and what only comes close. */
export interface ClientCase {
  readonly hit: readonly Capability[];
  readonly near: readonly Capability[];
}

/** What tells a row from the others of its table. */
export function keyOf(match: Match): string {
  switch (match.of) {
    case "construct":
      return match.kind;
    case "keyword":
      return `keyword ${[...match.among].slice(0, 2).join(" ")}`;
    default:
      return match.of;
  }
}

export function toolWith(inputSchema: unknown, rest: object = {}): Capability {
  const source = { name: "search", description: "Finds pages.", inputSchema, ...rest };
  return { kind: "tool", name: "search", description: "Finds pages.", source };
}

export function withProperty(schema: unknown, rest: object = {}): Capability {
  return toolWith({ type: "object", properties: { tags: schema }, ...rest });
}

const plain = withProperty({ type: "string" });
const named = (name: string): Capability => ({ ...plain, name });
const described = (description: string | undefined): Capability => ({ ...plain, description });
const prompt = (name: string): Capability => ({
  kind: "prompt",
  name,
  description: "Sums up.",
  source: { name },
});
const long = (length: number): Capability => named("a".repeat(length - "docs_".length));

const invalid: ClientCase = {
  hit: [
    withProperty({ type: "str" }),
    withProperty({ type: "string", minLength: "3" }),
    withProperty({ type: "string", required: true }),
    withProperty({ type: "object", properties: null }),
    withProperty({ anyOf: [] }),
    withProperty({ type: "string", description: null }),
  ],
  near: [
    withProperty({ type: ["string", "null"], minLength: 3 }),
    withProperty({ type: "array", items: [{ type: "string" }] }),
    withProperty({ type: "object", properties: { minLength: { type: "string" } } }),
    toolWith({ type: "object", properties: { a: true }, "x-order": null, required: [] }),
  ],
};
const visibleTo = (visibility: unknown): Capability =>
  toolWith({ type: "object", properties: {} }, { _meta: { ui: { visibility } } });
const hidden: ClientCase = {
  hit: [visibleTo(["app"]), visibleTo([])],
  near: [
    visibleTo(["model"]),
    visibleTo(["app", "model"]),
    visibleTo("app"),
    visibleTo(undefined),
    toolWith({ type: "object", properties: {} }, { _meta: { visibility: ["app"] } }),
    withProperty({ type: "object", properties: { _meta: { type: "string" } } }),
  ],
};
const topCombiner: ClientCase = {
  hit: ["anyOf", "oneOf", "allOf"].map((key) =>
    toolWith({ type: "object", properties: {}, [key]: [{ required: ["a"] }] }),
  ),
  near: [withProperty({ anyOf: [{ type: "string" }] }), withProperty({}, { not: {} })],
};
const nullKeyword: ClientCase = {
  hit: [
    toolWith({ type: "object", properties: null }),
    toolWith({ type: "object", properties: {}, required: null }),
  ],
  near: [toolWith({ type: "object", properties: {}, required: [] })],
};
const outputNotObject: ClientCase = {
  hit: [{ type: "array", items: {} }, null, { anyOf: [] }, "object"].map((outputSchema) =>
    toolWith({ type: "object", properties: {} }, { outputSchema }),
  ),
  near: [plain, toolWith({ type: "object", properties: {} }, { outputSchema: { type: "object" } })],
};
const noProperties: ClientCase = {
  hit: [toolWith({ type: "object" })],
  near: [toolWith({ type: "object", properties: {} }), withProperty({ type: "object" })],
};
const characters: ClientCase = {
  hit: [named("page.get"), named("a/b")],
  near: [named("page-get")],
};
const promptName: ClientCase = {
  hit: [prompt("sum up"), prompt("sum\tup")],
  near: [prompt("sum_up"), named("sum up")],
};

export const CLIENT_CASES: Readonly<Record<ClientId, Readonly<Record<string, ClientCase>>>> = {
  vscode: {
    inputNotObject: {
      hit: [toolWith(undefined), toolWith(null), toolWith([]), toolWith({ type: "array" })],
      near: [plain],
    },
    hiddenFromModels: hidden,
    illegalValue: invalid,
    notDraft07: {
      hit: [
        withProperty(
          { type: "number", minimum: 0, exclusiveMinimum: true },
          { $schema: "http://json-schema.org/draft-04/schema#" },
        ),
      ],
      near: [withProperty({ type: "number", exclusiveMinimum: 0 })],
    },
    arrayWithoutItems: {
      hit: [
        withProperty({ type: "array" }),
        withProperty({ type: "array", items: false }),
        withProperty({ anyOf: [{ type: "null" }, { type: "array" }] }),
        withProperty({ $ref: "#/$defs/tags" }, { $defs: { tags: { type: "array" } } }),
        withProperty({ type: "object", additionalProperties: { type: "array" } }),
      ],
      near: [
        withProperty({ type: "array", items: {} }),
        withProperty({ type: ["array", "null"] }),
        withProperty({ type: "object", properties: { type: { type: "string" } } }),
        withProperty({ default: { type: "array" } }),
        withProperty({ enum: [{ type: "array" }] }),
      ],
    },
    topCombiner,
    topCondition: {
      hit: ["not", "if", "then", "else"].map((key) =>
        toolWith({ type: "object", properties: {}, [key]: { required: ["a"] } }),
      ),
      near: [withProperty({ not: { type: "string" } })],
    },
    requiredUnknown: {
      hit: [
        withProperty({ type: "string" }, { required: ["tag"] }),
        withProperty({ type: "object", properties: {}, required: ["toString"] }),
      ],
      near: [
        withProperty({ type: "string" }, { required: ["tags"] }),
        withProperty({ anyOf: [{ required: ["a"] }] }),
        withProperty({ type: "object", required: ["a"] }),
      ],
    },
    noProperties,
    noDescription: { hit: [described(undefined), described("  ")], near: [described(".")] },
    nameForm: characters,
    nameLength: { hit: [long(50)], near: [long(49)] },
    sameName: {
      hit: [named("page.get"), named("page_get")],
      near: [named("page.get"), named("page-get")],
    },
    "keyword contains default": {
      hit: [withProperty({ type: "string", default: "a" })],
      near: [withProperty({ type: "string", title: "a" })],
    },
    longText: {
      hit: [withProperty({ description: "a".repeat(1025) })],
      near: [withProperty({ description: "a".repeat(1024) })],
    },
    tuple: {
      hit: [withProperty({ type: "array", items: [{ type: "string" }] })],
      near: [withProperty({ type: "array", items: { type: "string" } })],
    },
    nullableType: {
      hit: [withProperty({ type: ["string", "null"] })],
      near: [withProperty({ type: ["string", "number"] })],
    },
  },
  "claude-code": {
    outputNotObject,
    nullKeyword,
    topCombiner,
    propertyName: {
      hit: [
        withProperty({ type: "object", properties: { "a b": {} } }),
        withProperty({ type: "object", properties: { ["a".repeat(65)]: {} } }),
        withProperty({ type: "object", properties: { "": {} } }),
      ],
      near: [
        withProperty({ type: "object", properties: { ["a".repeat(64)]: {}, "a.b-c_d": {} } }),
        withProperty({ type: "object", patternProperties: { "^a b$": {} } }),
      ],
    },
    nameLength: { hit: [long(112)], near: [long(111)] },
    nameForm: characters,
    descriptionLength: { hit: [described("a".repeat(2049))], near: [described("a".repeat(2048))] },
    promptName,
  },
  cursor: { nameLength: { hit: [long(51)], near: [long(50)] } },
  openai: {
    noProperties,
    nameLength: { hit: [long(65)], near: [long(64)] },
    nameForm: characters,
    descriptionLength: { hit: [described("a".repeat(1025))], near: [described("a".repeat(1024))] },
  },
  codex: {
    "keyword const": { hit: [withProperty({ const: "a" })], near: [withProperty({ enum: ["a"] })] },
    severalVariants: {
      hit: [withProperty({ oneOf: [{ type: "string" }, { type: "null" }] })],
      near: [
        withProperty({ allOf: [{ type: "string" }] }),
        withProperty({ anyOf: [{ type: "string" }, { type: "null" }] }),
      ],
    },
    "keyword contains default": {
      hit: [withProperty({ type: "string", format: "uri" })],
      near: [withProperty({ type: "object", properties: { format: { type: "string" } } })],
    },
    nameForm: characters,
    nameLength: { hit: [long(48)], near: [long(47)] },
  },
  gemini: {
    outputNotObject,
    nullKeyword,
    enumNotString: {
      hit: [withProperty({ enum: [1, 2] }), withProperty({ enum: ["a", null] })],
      near: [withProperty({ enum: ["1", "2"] })],
    },
    "keyword propertyNames exclusiveMinimum": {
      hit: [
        withProperty({ type: "number", exclusiveMinimum: 0 }),
        withProperty({ type: "object", propertyNames: { pattern: "^a" } }),
      ],
      near: [withProperty({ type: "number", minimum: 0 })],
    },
    nameForm: { hit: [], near: [plain] },
    nameLength: { hit: [long(64)], near: [long(63)] },
    promptName,
  },
  windsurf: {},
};
