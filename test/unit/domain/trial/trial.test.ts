import { deepEqual, equal, ok } from "node:assert/strict";
import {
  argumentsText,
  describedAt,
  proposedProperties,
  proposedValues,
} from "../../../../src/domain/trial/argumentsText.ts";
import { checkValue } from "../../../../src/domain/trial/checkValue.ts";

const SCHEMA = JSON.parse(`{
  "type": "object",
  "required": ["query", "state", "page", "exact", "sort", "__proto__"],
  "properties": {
    "query": { "type": "string", "description": "Words to look for" },
    "state": { "enum": ["open", "closed"] },
    "page": { "type": "integer", "minimum": 1 },
    "exact": { "type": "boolean" },
    "sort": { "$ref": "#/$defs/sort" },
    "limit": { "type": "number", "default": 20, "title": "Limit" },
    "labels": { "type": "array", "items": { "enum": ["a", "b"] } },
    "__proto__": { "type": "null" }
  },
  "$defs": { "sort": { "type": "object", "required": ["by"], "properties": { "by": { "const": "age" } } } }
}`) as unknown;

describe("The arguments of a tool that is tried", () => {
  it("begin with what is required, by default, constant, first choice or type", () =>
    equal(
      argumentsText(SCHEMA).replace(/\s+/g, " "),
      '{ "query": "", "state": "open", "page": 1, "exact": false, "sort": { "by": "age" }, "__proto__": null } ',
    ));

  it("begin empty where the schema is none, or refers to itself for ever", () => {
    for (const schema of [undefined, null, 7, [], {}, { type: "object", required: "x" }]) {
      equal(argumentsText(schema), "{}\n");
    }
    const endless = { type: "object", required: ["next"], properties: { next: { $ref: "#" } } };
    ok(argumentsText(endless).length < 500);
    const circle = { anyOf: [{ $ref: "#" }], $ref: "#/anyOf/0", required: ["a"] };
    equal(argumentsText(circle).replace(/\s+/g, ""), '{"a":""}');
  });

  it("are completed by the properties that aren't there, the required ones first", () => {
    const proposed = proposedProperties(SCHEMA, [], new Set(["query", "sort", "__proto__"]));
    deepEqual(
      proposed.map(({ insert }) => insert),
      ['"state": "open"', '"page": 1', '"exact": false', '"limit": 20', '"labels": []'],
    );
    equal(describedAt(SCHEMA, ["query"]), "Words to look for");
    equal(describedAt(SCHEMA, ["limit"]), "Limit");
    equal(describedAt(SCHEMA, ["state"]), undefined);
  });

  it("are completed by the values that the schema lists, below references too", () => {
    const values = (...path: readonly (string | number)[]) =>
      proposedValues(SCHEMA, path).map(({ insert }) => insert);
    deepEqual(values("state"), ['"open"', '"closed"']);
    deepEqual(values("exact"), ["true", "false"]);
    deepEqual(values("limit"), ["20"]);
    deepEqual(values("labels", 0), ['"a"', '"b"']);
    deepEqual(values("sort", "by"), ['"age"']);
    deepEqual(values("nowhere"), []);
  });
});

describe("A value that is held against its schema", () => {
  const told = (value: unknown, schema: unknown = SCHEMA): readonly string[] =>
    checkValue(schema, value).map(({ path, message }) => `${path.join("/")}: ${message}`);

  it("is fine as the schema says, and where it says nothing", () => {
    deepEqual(told(JSON.parse(argumentsText(SCHEMA))), []);
    deepEqual(told({ a: [{ b: 1 }] }, {}), []);
    deepEqual(told(1.5, { type: ["string", "number"] }), []);
    deepEqual(told({ b: 1 }, { anyOf: [{ required: ["a"] }, { required: ["b"] }] }), []);
    deepEqual(told("x", { type: "string", pattern: "(a+)+$" }), []);
  });

  it("is told where it isn't, with the place", () => {
    const closed = { type: "object", properties: { a: { type: "string" } }, required: ["a"] };
    deepEqual(told({}, closed), [': The property "a" is missing.']);
    deepEqual(told({ a: 1, b: 2 }, { ...closed, additionalProperties: false }), [
      ': The schema has no property "b".',
      "a: It isn't of the type string.",
    ]);
    deepEqual(told([], closed), [": It isn't of the type object."]);
    deepEqual(told(1.5, { type: "integer" }), [": It isn't of the type integer."]);
    deepEqual(told({ labels: ["a", "c"] }, { ...(SCHEMA as object), required: [] }), [
      "labels/1: It isn't one of the values that the schema lists.",
    ]);
  });

  it("is told at most twenty times", () => {
    const many = Array.from({ length: 1000 }, () => "x");
    equal(told(many, { items: { type: "number" } }).length, 20);
  });
});
