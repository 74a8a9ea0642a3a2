import { isRecord, type JsonRecord } from "../../base/json.ts";
import { memoize } from "../../base/memo.ts";
import { draftOf, legalOf } from "./keywordValues.ts";
import { pointerOf, type SchemaNode, walkSchema } from "./schemaWalk.ts";

/** What some client minds in a tool's definition. */
export type ConstructKind =
  | "inputNotObject"
  | "noProperties"
  | "topCombiner"
  | "topCondition"
  | "nullKeyword"
  | "outputNotObject"
  | "arrayWithoutItems"
  | "propertyName"
  | "requiredUnknown"
  | "enumNotString"
  | "severalVariants"
  | "tuple"
  | "nullableType"
  | "longText"
  | "illegalValue"
  | "notDraft07"
  | "hiddenFromModels";

export interface Occurrence {
  /** The JSON pointer into the definition. */
  readonly pointer: string;
  /** The keyword or the name that it is about. It is untrusted. */
  readonly about: string;
}

export interface Occurrences {
  /** The first few. */
  readonly first: readonly Occurrence[];
  readonly count: number;
}

export interface Constructs {
  readonly kinds: ReadonlyMap<ConstructKind, Occurrences>;
  /** The keywords below, which some client drops or refuses. */
  readonly keywords: ReadonlyMap<string, Occurrences>;
}

/** A hostile schema may have a thousand of a kind; a person reads the first few. */
const MOST_OCCURRENCES = 3;

/** The most characters of a parameter's description for models `gpt-4*`, as VS Code cuts it. */
export const PARAMETER_TEXT_MOST = 1024;
/** Source: Anthropic's API, "Property keys should match pattern": `^[a-zA-Z0-9_.-]{1,64}$`. */
const PROPERTY_NAME_MOST = 64;
const PROPERTY_NAME_CHARACTERS: Uint8Array = Uint8Array.from({ length: 128 }, (_, code) =>
  Number(/[a-zA-Z0-9_.-]/.test(String.fromCharCode(code))),
);

/** Keywords that are more than types, names and descriptions, which every client keeps. */
export const REMARKABLE_KEYWORDS: ReadonlySet<string> = new Set([
  "allOf",
  "const",
  "contains",
  "default",
  "else",
  "exclusiveMaximum",
  "exclusiveMinimum",
  "format",
  "if",
  "maxContains",
  "maxItems",
  "maxLength",
  "maxProperties",
  "maximum",
  "minContains",
  "minItems",
  "minLength",
  "minProperties",
  "minimum",
  "multipleOf",
  "not",
  "oneOf",
  "pattern",
  "patternProperties",
  "propertyNames",
  "then",
  "unevaluatedItems",
  "unevaluatedProperties",
  "uniqueItems",
]);

const NONE: Constructs = { kinds: new Map(), keywords: new Map() };

/**
 * Finds in one pass everything in a tool's definition that a client's table names. Linear in its
 * size. Memoized by the definition's identity.
 */
export const constructsOf = memoize((source: JsonRecord): Constructs => {
  const finder = new Finder();
  finder.readMeta(source["_meta"]);
  finder.readInput(source["inputSchema"]);
  if (Object.hasOwn(source, "outputSchema")) {
    finder.readOutput(source["outputSchema"]);
  }
  return finder.found();
});

class Finder {
  // Made when something is found, which nearly no tool has.
  #kindsFound: Map<ConstructKind, Gathered> | undefined;
  #keywordsFound: Map<string, Gathered> | undefined;

  get #kinds(): Map<ConstructKind, Gathered> {
    this.#kindsFound ??= new Map();
    return this.#kindsFound;
  }

  get #keywords(): Map<string, Gathered> {
    this.#keywordsFound ??= new Map();
    return this.#keywordsFound;
  }

  found(): Constructs {
    const isClean = this.#kindsFound === undefined && this.#keywordsFound === undefined;
    return isClean ? NONE : { kinds: this.#kinds, keywords: this.#keywords };
  }

  /** Source: MCP Apps, "Resource Discovery": without `visibility` a tool is for models and apps. */
  readMeta(meta: unknown): void {
    const ui = isRecord(meta) ? meta["ui"] : undefined;
    const visibility = isRecord(ui) ? ui["visibility"] : undefined;
    if (Array.isArray(visibility) && !visibility.includes("model")) {
      this.#add("hiddenFromModels", { pointer: "/_meta/ui/visibility", about: "visibility" });
    }
  }

  readInput(schema: unknown): void {
    if (!isRecord(schema) || schema["type"] !== "object") {
      this.#add("inputNotObject", { pointer: "/inputSchema", about: "inputSchema" });
    }
    if (!isRecord(schema)) {
      return;
    }
    this.#readTop(schema);
    const draft = draftOf(schema);
    walkSchema(schema, "inputSchema", (node) => {
      this.#readKeywords(node, draft);
      this.#readNode(node);
    });
  }

  readOutput(schema: unknown): void {
    if (!isRecord(schema) || schema["type"] !== "object") {
      this.#add("outputNotObject", { pointer: "/outputSchema", about: "outputSchema" });
    }
    if (isRecord(schema)) {
      this.#readNulls(schema, "/outputSchema");
    }
  }

  #readTop(schema: JsonRecord): void {
    if (schema["type"] === "object" && !Object.hasOwn(schema, "properties")) {
      this.#add("noProperties", { pointer: "/inputSchema", about: "properties" });
    }
    this.#readNulls(schema, "/inputSchema");
    for (const [key, kind] of TOP_KEYWORDS) {
      if (Object.hasOwn(schema, key)) {
        this.#add(kind, { pointer: `/inputSchema/${key}`, about: key });
      }
    }
  }

  #readNulls(schema: JsonRecord, pointer: string): void {
    for (const key of ["properties", "required"]) {
      if (schema[key] === null) {
        this.#add("nullKeyword", { pointer: `${pointer}/${key}`, about: key });
      }
    }
  }

  #readKeywords(node: SchemaNode, draft: ReturnType<typeof draftOf>): void {
    const { schema } = node;
    for (const key in schema) {
      const value = schema[key];
      if (REMARKABLE_KEYWORDS.has(key)) {
        this.#gather(this.#keywords, key, node, [key], key);
      }
      const isLegal = legalOf(key);
      if (isLegal === undefined) {
        continue;
      }
      if (!isLegal(value, draft)) {
        this.#gather(this.#kinds, "illegalValue", node, [key], key);
      } else if (draft !== "draft-07" && !isLegal(value, "draft-07")) {
        this.#gather(this.#kinds, "notDraft07", node, [key], key);
      }
    }
  }

  #readNode(node: SchemaNode): void {
    const { schema } = node;
    const { type, items, description } = schema;
    if (type === "array" && !isPresent(items)) {
      this.#gather(this.#kinds, "arrayWithoutItems", node, [], nameOf(node));
    }
    if (Array.isArray(items)) {
      this.#gather(this.#kinds, "tuple", node, ["items"], nameOf(node));
    }
    if (Array.isArray(type) && type.includes("null")) {
      this.#gather(this.#kinds, "nullableType", node, ["type"], nameOf(node));
    }
    if (typeof description === "string" && description.length > PARAMETER_TEXT_MOST) {
      this.#gather(this.#kinds, "longText", node, ["description"], nameOf(node));
    }
    this.#readEnum(node);
    this.#readVariants(node);
    this.#readNames(node);
  }

  #readEnum(node: SchemaNode): void {
    const values = node.schema["enum"];
    if (Array.isArray(values) && values.some((value) => typeof value !== "string")) {
      this.#gather(this.#kinds, "enumNotString", node, ["enum"], nameOf(node));
    }
  }

  #readVariants(node: SchemaNode): void {
    for (const key of VARIANT_KEYWORDS) {
      const variants = node.schema[key];
      if (Array.isArray(variants) && variants.length > 1) {
        this.#gather(this.#kinds, "severalVariants", node, [key], key);
      }
    }
  }

  #readNames(node: SchemaNode): void {
    const { properties, required, type } = node.schema;
    if (!isRecord(properties)) {
      return;
    }
    for (const name in properties) {
      if (!isPropertyName(name)) {
        this.#gather(this.#kinds, "propertyName", node, ["properties", name], name);
      }
    }
    if (type !== "object" || !Array.isArray(required)) {
      return;
    }
    for (let index = 0; index < required.length; index += 1) {
      const name: unknown = required[index];
      if (typeof name === "string" && !Object.hasOwn(properties, name)) {
        this.#gather(this.#kinds, "requiredUnknown", node, ["required", String(index)], name);
      }
    }
  }

  #add(kind: ConstructKind, occurrence: Occurrence): void {
    gathered(this.#kinds, kind).add(() => occurrence);
  }

  #gather<K>(
    into: Map<K, Gathered>,
    kind: K,
    node: SchemaNode,
    keys: readonly string[],
    about: string,
  ): void {
    gathered(into, kind).add(() => ({ pointer: pointerOf(node, ...keys), about }));
  }
}

/** VS Code removes all of these; Claude refuses the first three. */
const TOP_KEYWORDS: readonly (readonly [string, ConstructKind])[] = [
  ["anyOf", "topCombiner"],
  ["oneOf", "topCombiner"],
  ["allOf", "topCombiner"],
  ["not", "topCondition"],
  ["if", "topCondition"],
  ["then", "topCondition"],
  ["else", "topCondition"],
];

const VARIANT_KEYWORDS = ["oneOf", "allOf"] as const;

/** Read character by character: names are short, and an expression takes three times as long. */
function isPropertyName(name: string): boolean {
  for (let index = 0; index < name.length; index += 1) {
    if ((PROPERTY_NAME_CHARACTERS[name.charCodeAt(index)] ?? 0) === 0) {
      return false;
    }
  }
  return name.length > 0 && name.length <= PROPERTY_NAME_MOST;
}

/** VS Code takes `items: false` for none at all. */
function isPresent(items: unknown): boolean {
  return items !== undefined && items !== null && items !== false;
}

/** The property, or whatever key leads to the schema. */
function nameOf({ key, name }: SchemaNode): string {
  return name ?? key;
}

/** Counts all and keeps the first few, whose pointers alone are made. */
class Gathered implements Occurrences {
  readonly first: Occurrence[] = [];
  count = 0;

  add(make: () => Occurrence): void {
    this.count += 1;
    if (this.first.length < MOST_OCCURRENCES) {
      this.first.push(make());
    }
  }
}

function gathered<K>(into: Map<K, Gathered>, kind: K): Gathered {
  const known = into.get(kind);
  if (known !== undefined) {
    return known;
  }
  const fresh = new Gathered();
  into.set(kind, fresh);
  return fresh;
}
