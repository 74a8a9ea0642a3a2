import { isRecord, type JsonRecord } from "../../base/json.ts";

/** A place in a JSON value, from the top. */
export type JsonPath = readonly (string | number)[];

/** Deeper places aren't looked at. No honest schema goes deeper. */
const MOST_DEPTH = 40;
const CHOICES = ["anyOf", "oneOf", "allOf"] as const;

/** The schemas that apply at a place: several where there is a choice. An upstream wrote them. */
export function schemasAt(root: unknown, path: JsonPath): readonly JsonRecord[] {
  let found = expanded(root, root);
  for (const key of path.slice(0, MOST_DEPTH)) {
    found = found.flatMap((schema) => expanded(root, below(schema, key)));
  }
  return path.length > MOST_DEPTH ? [] : found;
}

function below(schema: JsonRecord, key: string | number): unknown {
  if (typeof key === "number") {
    const { items } = schema;
    return Array.isArray(items) ? items[key] : items;
  }
  const { properties, additionalProperties } = schema;
  return isRecord(properties) && Object.hasOwn(properties, key)
    ? properties[key]
    : additionalProperties;
}

/** A schema with those that it refers to and chooses from, each once. */
function expanded(root: unknown, schema: unknown): readonly JsonRecord[] {
  const found = new Set<JsonRecord>();
  const waiting = [schema];
  for (let next = waiting.pop(); waiting.length > 0 || next !== undefined; next = waiting.pop()) {
    if (!isRecord(next) || found.has(next)) {
      continue;
    }
    found.add(next);
    if (typeof next["$ref"] === "string") {
      waiting.push(referred(root, next["$ref"]));
    }
    for (const key of CHOICES) {
      const choices = next[key];
      waiting.push(...(Array.isArray(choices) ? choices : []));
    }
  }
  return [...found];
}

/** Only references within the document are followed. */
function referred(root: unknown, reference: string): unknown {
  if (reference !== "#" && !reference.startsWith("#/")) {
    return undefined;
  }
  let at = root;
  for (const part of reference.split("/").slice(1)) {
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    at = isRecord(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  }
  return at;
}

export function propertiesOf(schema: JsonRecord): readonly (readonly [string, unknown])[] {
  return isRecord(schema["properties"]) ? Object.entries(schema["properties"]) : [];
}

export function requiredOf(schema: JsonRecord): readonly string[] {
  const { required } = schema;
  return Array.isArray(required) ? required.filter((name) => typeof name === "string") : [];
}

export function textOf(schema: JsonRecord, key: "description" | "title"): string | undefined {
  const text = schema[key];
  return typeof text === "string" && text !== "" ? text : undefined;
}

/** The types that a schema names; none where it takes any. */
export function typesOf({ type }: JsonRecord): readonly string[] {
  const all: readonly unknown[] = Array.isArray(type) ? type : [type];
  return all.filter((each) => typeof each === "string");
}
