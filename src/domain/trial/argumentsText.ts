import { jsonText } from "../../base/jsonText.ts";
import {
  type JsonPath,
  propertiesOf,
  requiredOf,
  schemasAt,
  textOf,
  typesOf,
} from "./schemaNodes.ts";

const INDENTED_DEPTH = 20;
/** Required objects within required objects are filled in down to this depth. */
const MOST_DEPTH = 5;

/** The arguments to begin with: what is required, with the default or what comes first. */
export function argumentsText(schema: unknown): string {
  return `${jsonText(valueFor(schema, []) ?? {}, INDENTED_DEPTH)}\n`;
}

function valueFor(root: unknown, path: JsonPath): unknown {
  const schemas = schemasAt(root, path);
  for (const key of ["default", "const"]) {
    const given = schemas.find((schema) => schema[key] !== undefined);
    if (given !== undefined) {
      return given[key];
    }
  }
  const [choice] = choicesIn(schemas);
  if (choice !== undefined) {
    return choice;
  }
  const type = path.length === 0 ? "object" : schemas.flatMap(typesOf)[0];
  switch (type) {
    case "object":
      return path.length > MOST_DEPTH ? {} : objectFor(root, path);
    case "array":
      return [];
    case "boolean":
      return false;
    case "number":
    case "integer":
      return numberOf(schemas);
    case "null":
      return null;
    default:
      return "";
  }
}

function objectFor(root: unknown, path: JsonPath): unknown {
  const schemas = schemasAt(root, path);
  const names = new Set(schemas.flatMap(requiredOf));
  // By definition, because a plain assignment to `__proto__` would set the prototype.
  return Object.fromEntries([...names].map((name) => [name, valueFor(root, [...path, name])]));
}

function numberOf(schemas: readonly Readonly<Record<string, unknown>>[]): number {
  const least = schemas.map(({ minimum }) => minimum).find((each) => typeof each === "number");
  return typeof least === "number" ? least : 0;
}

function choicesIn(schemas: readonly Readonly<Record<string, unknown>>[]): readonly unknown[] {
  return schemas.flatMap((schema) => (Array.isArray(schema["enum"]) ? schema["enum"] : []));
}

/** What completion proposes. All texts are untrusted. */
export interface Proposal {
  /** JSON: a property with its value, or a value. */
  readonly insert: string;
  readonly label: string;
  readonly description: string | undefined;
  readonly isRequired: boolean;
}

/** The properties of the object at a place that it doesn't have yet, the required ones first. */
export function proposedProperties(
  root: unknown,
  path: JsonPath,
  known: ReadonlySet<string>,
): readonly Proposal[] {
  const schemas = schemasAt(root, path);
  const required = new Set(schemas.flatMap(requiredOf));
  const names = new Set(schemas.flatMap(propertiesOf).map(([name]) => name));
  return [...names]
    .filter((name) => !known.has(name))
    .map((name) => ({
      label: name,
      insert: `${JSON.stringify(name)}: ${jsonText(valueFor(root, [...path, name]))}`,
      description: describedAt(root, [...path, name]),
      isRequired: required.has(name),
    }))
    .sort((one, other) => Number(other.isRequired) - Number(one.isRequired));
}

/** The values that a schema lists or defaults to. */
export function proposedValues(root: unknown, path: JsonPath): readonly Proposal[] {
  const schemas = schemasAt(root, path);
  const listed = [
    ...schemas.flatMap((schema) =>
      ["default", "const"].flatMap((key) => (schema[key] === undefined ? [] : [schema[key]])),
    ),
    ...choicesIn(schemas),
    ...(schemas.flatMap(typesOf).includes("boolean") ? [true, false] : []),
  ].map((value) => jsonText(value));
  return [...new Set(listed)].map((insert) => ({
    label: insert,
    insert,
    description: undefined,
    isRequired: false,
  }));
}

/** What the schema says of a place; undefined where it says nothing. */
export function describedAt(root: unknown, path: JsonPath): string | undefined {
  const schemas = schemasAt(root, path);
  return (
    schemas.map((schema) => textOf(schema, "description")).find(Boolean) ??
    schemas.map((schema) => textOf(schema, "title")).find(Boolean)
  );
}
