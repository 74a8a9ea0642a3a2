import { isRecord, type JsonRecord } from "../../base/json.ts";

/** One schema inside of a tool's definition, and the way that leads to it. */
export interface SchemaNode {
  readonly schema: JsonRecord;
  readonly parent: SchemaNode | undefined;
  /** The key that leads here from the parent's schema, or from the definition. */
  readonly key: string;
  /** The name or index below it, for a map or a list of schemas. */
  readonly name: string | undefined;
}

/**
 * Visits a schema and every schema in it, in breadth. It uses no recursion, because a stranger
 * decides how deep a schema is, and it doesn't follow `$ref`, so that a circle is no circle here.
 * @param key the property of the definition that holds the schema
 */
export function walkSchema(root: unknown, key: string, visit: (node: SchemaNode) => void): void {
  if (!isRecord(root)) {
    return;
  }
  const found: SchemaNode[] = [{ schema: root, parent: undefined, key, name: undefined }];
  // The list grows while it is read.
  for (const node of found) {
    visit(node);
    addChildren(node, found);
  }
}

/** How the schemas below a keyword are held; `items` is a schema or a list of them. */
type Holding = "schema" | "list" | "map" | "either";

/** Every keyword with schemas below it, of all drafts from 4 to 2020-12. */
const HOLDING: ReadonlyMap<string, Holding> = new Map([
  ["properties", "map"],
  ["patternProperties", "map"],
  ["$defs", "map"],
  ["definitions", "map"],
  ["dependentSchemas", "map"],
  ["dependencies", "map"],
  ["anyOf", "list"],
  ["oneOf", "list"],
  ["allOf", "list"],
  ["prefixItems", "list"],
  ["items", "either"],
  ["additionalItems", "schema"],
  ["additionalProperties", "schema"],
  ["contains", "schema"],
  ["contentSchema", "schema"],
  ["else", "schema"],
  ["if", "schema"],
  ["not", "schema"],
  ["propertyNames", "schema"],
  ["then", "schema"],
  ["unevaluatedItems", "schema"],
  ["unevaluatedProperties", "schema"],
]);

function addChildren(parent: SchemaNode, found: SchemaNode[]): void {
  const { schema } = parent;
  for (const key in schema) {
    const value = schema[key];
    // Most values of a schema are texts, which hold nothing.
    if (typeof value !== "object" || value === null) {
      continue;
    }
    const holding = HOLDING.get(key);
    if (holding === undefined) {
      continue;
    }
    if (holding === "map") {
      addEntries(parent, key, value, found);
    } else if (Array.isArray(value)) {
      addItems(parent, key, value, found);
    } else if (holding !== "list" && isRecord(value)) {
      found.push({ schema: value, parent, key, name: undefined });
    }
  }
}

function addEntries(parent: SchemaNode, key: string, map: object, found: SchemaNode[]): void {
  if (!isRecord(map)) {
    return;
  }
  for (const name in map) {
    const schema = map[name];
    if (isRecord(schema)) {
      found.push({ schema, parent, key, name });
    }
  }
}

function addItems(
  parent: SchemaNode,
  key: string,
  list: readonly unknown[],
  found: SchemaNode[],
): void {
  for (const [index, schema] of list.entries()) {
    if (isRecord(schema)) {
      found.push({ schema, parent, key, name: String(index) });
    }
  }
}

/** The JSON pointer (RFC 6901) from the definition to a place in a schema. */
export function pointerOf(node: SchemaNode, ...keys: readonly string[]): string {
  const steps: (readonly string[])[] = [keys];
  for (let at: SchemaNode | undefined = node; at !== undefined; at = at.parent) {
    steps.push(at.name === undefined ? [at.key] : [at.key, at.name]);
  }
  return `/${steps.reverse().flat().map(escaped).join("/")}`;
}

function escaped(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}
