import { isRecord, type JsonRecord, sameJson } from "../../base/json.ts";
import type { CapabilityKind } from "../catalogue/capability.ts";
import type { Definition } from "./baseline.ts";
import { type Parameter, parametersOf } from "./parameters.ts";

/**
 * What a change means, the worst first: the tool may do more than was accepted; callers that worked
 * may fail; callers go on as before; only texts differ.
 */
export const IMPACTS = ["widening", "breaking", "compatible", "text"] as const;
export type Impact = (typeof IMPACTS)[number];

export const HINTS = [
  "readOnlyHint",
  "destructiveHint",
  "idempotentHint",
  "openWorldHint",
] as const;
export type Hint = (typeof HINTS)[number];

/** What of a parameter differs. */
export type ParameterChange =
  | "added"
  | "addedRequired"
  | "removed"
  | "nowRequired"
  | "nowOptional"
  | "type"
  | "default"
  | "enum"
  | "text"
  | "schema";

/** One difference between two definitions of a capability. */
export type Detail = { readonly impact: Impact } & (
  | { readonly of: "title" | "description" }
  | { readonly of: "parameter"; readonly name: string; readonly how: ParameterChange }
  /** A part of the input schema that belongs to no parameter. */
  | { readonly of: "inputSchema" }
  | { readonly of: "outputSchema"; readonly how: "added" | "removed" | "changed" }
  /** An annotation; undefined where the upstream doesn't set it. */
  | { readonly of: "hint"; readonly hint: Hint; readonly before: unknown; readonly after: unknown }
  /** Any other key, such as `_meta` or `icons`. */
  | { readonly of: "key"; readonly key: string }
);

const TEXTS = ["title", "description"] as const;
/** The keys that are compared by what they mean. */
const READ: ReadonlySet<string> = new Set([
  ...TEXTS,
  "name",
  "inputSchema",
  "outputSchema",
  "annotations",
  "arguments",
]);

/** The differences between two definitions. The name isn't one: a rename is a change of its own. */
export function detailsOf(
  kind: CapabilityKind,
  before: Definition,
  after: Definition,
): readonly Detail[] {
  if (before === after) {
    return [];
  }
  const found = [
    ...hintDetails(annotationsOf(before), annotationsOf(after)),
    ...parameterDetails(parametersOf(kind, before), parametersOf(kind, after)),
    ...inputDetails(before, after),
    ...outputDetails(before["outputSchema"], after["outputSchema"]),
    ...TEXTS.filter((key) => !sameJson(before[key], after[key])).map(
      (of): Detail => ({ of, impact: "text" }),
    ),
    ...otherDetails(before, after),
  ];
  return found.length > 0 ? found : malformedDetails(before, after);
}

/** Differences in what isn't as MCP has it, such as a parameter that is required and has no schema. */
function malformedDetails(before: Definition, after: Definition): readonly Detail[] {
  return keysOf(before, after)
    .filter((key) => key !== "name" && !sameJson(before[key], after[key]))
    .map((key) => ({ of: "key", key, impact: "breaking" }));
}

function annotationsOf({ annotations }: Definition): JsonRecord {
  return isRecord(annotations) ? annotations : {};
}

function hintDetails(before: JsonRecord, after: JsonRecord): readonly Detail[] {
  const hints = HINTS.filter((hint) => !sameJson(before[hint], after[hint])).map(
    (hint): Detail => ({
      of: "hint",
      hint,
      before: before[hint],
      after: after[hint],
      impact: widens(hint, before[hint], after[hint]) ? "widening" : "text",
    }),
  );
  const others = keysOf(before, after).filter(
    (key) => !HINTS.some((hint) => hint === key) && !sameJson(before[key], after[key]),
  );
  return [...hints, ...others.map((key): Detail => ({ of: "key", key, impact: "text" }))];
}

/**
 * A hint that isn't set says nothing, and by the MCP specification (2025-11-25) the worst is to be
 * taken for true: so it widens a tool to set `destructiveHint`, and also to take its false away.
 */
function widens(hint: Hint, before: unknown, after: unknown): boolean {
  switch (hint) {
    case "readOnlyHint":
      return before === true && after !== true;
    case "destructiveHint":
    case "openWorldHint":
      return after === true ? before !== true : before === false && after !== false;
    case "idempotentHint":
      return false;
  }
}

function parameterDetails(
  before: ReadonlyMap<string, Parameter>,
  after: ReadonlyMap<string, Parameter>,
): readonly Detail[] {
  const removed = [...before.keys()]
    .filter((name) => !after.has(name))
    .map((name): Detail => ({ of: "parameter", name, how: "removed", impact: "breaking" }));
  const others = [...after].flatMap(([name, parameter]) => {
    const old = before.get(name);
    return old === undefined
      ? addedDetail(name, parameter)
      : changedParameter(name, old, parameter);
  });
  return [...removed, ...others];
}

function addedDetail(name: string, { required }: Parameter): Detail {
  return required
    ? { of: "parameter", name, how: "addedRequired", impact: "breaking" }
    : { of: "parameter", name, how: "added", impact: "compatible" };
}

function changedParameter(name: string, before: Parameter, after: Parameter): readonly Detail[] {
  const found: Detail[] = [];
  const add = (how: ParameterChange, impact: Impact): void => {
    found.push({ of: "parameter", name, how, impact });
  };
  if (before.required !== after.required) {
    add(after.required ? "nowRequired" : "nowOptional", after.required ? "breaking" : "compatible");
  }
  const differs = (key: string): boolean => !sameJson(before.schema[key], after.schema[key]);
  if (differs("type")) {
    add("type", "breaking");
  }
  if (differs("enum")) {
    add("enum", isWider(before.schema["enum"], after.schema["enum"]) ? "compatible" : "breaking");
  }
  if (differs("default")) {
    // Callers who leave the parameter out get something else.
    add("default", "breaking");
  }
  const others = keysOf(before.schema, after.schema).filter(
    (key) => !["type", "enum", "default"].includes(key) && differs(key),
  );
  if (others.some((key) => PARAMETER_TEXTS.has(key))) {
    add("text", "text");
  }
  if (others.some((key) => !PARAMETER_TEXTS.has(key))) {
    // What it means for callers can't be told in general.
    add("schema", "breaking");
  }
  return found;
}

const PARAMETER_TEXTS: ReadonlySet<string> = new Set([
  "title",
  "description",
  "examples",
  "$comment",
]);

/** True when each value that was allowed still is. */
function isWider(before: unknown, after: unknown): boolean {
  if (after === undefined) {
    return true;
  }
  return (
    Array.isArray(before) &&
    Array.isArray(after) &&
    before.every((value: unknown) => after.some((other: unknown) => sameJson(value, other)))
  );
}

function inputDetails(before: Definition, after: Definition): readonly Detail[] {
  const [old, now] = [recordIn(before, "inputSchema"), recordIn(after, "inputSchema")];
  const isSame = keysOf(old, now)
    .filter((key) => key !== "properties" && key !== "required")
    .every((key) => sameJson(old[key], now[key]));
  return isSame ? [] : [{ of: "inputSchema", impact: "breaking" }];
}

function outputDetails(before: unknown, after: unknown): readonly Detail[] {
  if (sameJson(before, after)) {
    return [];
  }
  if (before === undefined) {
    return [{ of: "outputSchema", how: "added", impact: "compatible" }];
  }
  const how = after === undefined ? "removed" : "changed";
  return [{ of: "outputSchema", how, impact: "breaking" }];
}

function otherDetails(before: Definition, after: Definition): readonly Detail[] {
  return keysOf(before, after)
    .filter((key) => !READ.has(key) && !sameJson(before[key], after[key]))
    .map((key) => ({ of: "key", key, impact: "text" }));
}

function recordIn(definition: Definition, key: string): JsonRecord {
  const value = definition[key];
  return isRecord(value) ? value : {};
}

function keysOf(one: JsonRecord, other: JsonRecord): readonly string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])];
}
