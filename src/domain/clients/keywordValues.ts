import { isRecord, type JsonRecord } from "../../base/json.ts";

/** The drafts of JSON Schema whose keywords take different values. */
export type Draft = "draft-04" | "draft-06" | "draft-07" | "2019-09" | "2020-12";

/**
 * The draft that a schema names. Undefined where it names none: MCP takes 2020-12 then, but many
 * servers write draft-07 and no client minds, so what either of them allows is legal.
 */
export function draftOf({ $schema }: JsonRecord): Draft | undefined {
  if (typeof $schema !== "string") {
    return undefined;
  }
  return DRAFTS.find((draft) => $schema.includes(draft));
}

const DRAFTS: readonly Draft[] = ["draft-04", "draft-06", "draft-07", "2019-09", "2020-12"];

/**
 * What tells whether a draft allows a keyword to have a value; undefined for a keyword that may have
 * any. Schemas below it aren't looked at, and a text isn't parsed. Source: the meta-schemas of the
 * drafts at json-schema.org.
 */
export function legalOf(keyword: string): Legal | undefined {
  return LEGAL.get(keyword);
}

export type Legal = (value: unknown, draft: Draft | undefined) => boolean;

const TYPES: ReadonlySet<unknown> = new Set([
  "array",
  "boolean",
  "integer",
  "null",
  "number",
  "object",
  "string",
]);

const isText: Legal = (value) => typeof value === "string";
const isSwitch: Legal = (value) => typeof value === "boolean";
const isNumber: Legal = (value) => typeof value === "number";
const isCount: Legal = (value) => Number.isInteger(value) && Number(value) >= 0;
const isSchema: Legal = (value) => typeof value === "boolean" || isRecord(value);
const isSchemaList: Legal = (value, draft) =>
  Array.isArray(value) && value.length > 0 && value.every((item) => isSchema(item, draft));
const isType: Legal = (value) =>
  Array.isArray(value)
    ? value.length > 0 && value.every((type) => TYPES.has(type))
    : TYPES.has(value);
const isTextList: Legal = (value) =>
  Array.isArray(value) && value.every((item) => typeof item === "string");
const isBound: Legal = (value, draft) =>
  draft === "draft-04" ? typeof value === "boolean" : typeof value === "number";

const isSchemaMap: Legal = (value, draft) => {
  if (!isRecord(value)) {
    return false;
  }
  for (const name in value) {
    if (!isSchema(value[name], draft)) {
      return false;
    }
  }
  return true;
};

/** A list of schemas means a tuple up to 2019-09; from 2020-12 on that is `prefixItems`. */
const isItems: Legal = (value, draft) =>
  isSchema(value, draft) || (draft !== "2020-12" && Array.isArray(value));

const LEGAL: ReadonlyMap<string, Legal> = new Map<string, Legal>([
  ["$ref", isText],
  ["additionalItems", isSchema],
  ["additionalProperties", isSchema],
  ["allOf", isSchemaList],
  ["anyOf", isSchemaList],
  ["contains", isSchema],
  ["description", isText],
  ["else", isSchema],
  ["enum", (value) => Array.isArray(value)],
  ["exclusiveMaximum", isBound],
  ["exclusiveMinimum", isBound],
  ["format", isText],
  ["if", isSchema],
  ["items", isItems],
  ["maxItems", isCount],
  ["maxLength", isCount],
  ["maxProperties", isCount],
  ["maximum", isNumber],
  ["minItems", isCount],
  ["minLength", isCount],
  ["minProperties", isCount],
  ["minimum", isNumber],
  ["multipleOf", (value) => typeof value === "number" && value > 0],
  ["not", isSchema],
  ["oneOf", isSchemaList],
  ["pattern", isText],
  ["patternProperties", isSchemaMap],
  ["properties", isSchemaMap],
  ["propertyNames", isSchema],
  ["required", isTextList],
  ["then", isSchema],
  ["title", isText],
  ["type", isType],
  ["uniqueItems", isSwitch],
]);
