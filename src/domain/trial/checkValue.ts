import * as l10n from "@vscode/l10n";
import { isRecord, type JsonRecord, sameJson } from "../../base/json.ts";
import { type JsonPath, requiredOf, schemasAt, typesOf } from "./schemaNodes.ts";

/** Where a value isn't as its schema says. */
export interface Mismatch {
  readonly path: JsonPath;
  readonly message: string;
}

const MOST_MISMATCHES = 20;
/** A larger value is looked at no further, because a stranger sends it. */
const MOST_VALUES = 20_000;

/**
 * Holds a value against a schema that an upstream wrote: types, required properties, lists of values
 * and properties that aren't allowed. Patterns aren't run, because a stranger's may never end; where
 * a schema leaves a choice, any of the choices will do.
 */
export function checkValue(schema: unknown, value: unknown): readonly Mismatch[] {
  const found: Mismatch[] = [];
  const waiting: { readonly path: JsonPath; readonly value: unknown }[] = [{ path: [], value }];
  let left = MOST_VALUES;
  for (let at = waiting.pop(); at !== undefined && left > 0; at = waiting.pop()) {
    left -= 1;
    const { path } = at;
    const schemas = schemasAt(schema, path);
    found.push(...mismatchesIn(schemas, at.value).map((message) => ({ path, message })));
    if (found.length >= MOST_MISMATCHES) {
      break;
    }
    if (schemas.length > 0) {
      waiting.push(
        ...childrenOf(at.value).map(([key, child]) => ({ path: [...path, key], value: child })),
      );
    }
  }
  return found.slice(0, MOST_MISMATCHES);
}

function childrenOf(value: unknown): readonly (readonly [string | number, unknown])[] {
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => [index, item]);
  }
  return isRecord(value) ? Object.entries(value) : [];
}

function mismatchesIn(schemas: readonly JsonRecord[], value: unknown): readonly string[] {
  const types = [...new Set(schemas.flatMap(typesOf))];
  if (types.length > 0 && !types.some((type) => isOf(type, value))) {
    return [l10n.t("It isn't of the type {0}.", types.join(" | "))];
  }
  const choices = schemas.flatMap((each) => (Array.isArray(each["enum"]) ? each["enum"] : []));
  const messages: string[] = [];
  if (choices.length > 0 && !choices.some((choice) => sameJson(choice, value))) {
    messages.push(l10n.t("It isn't one of the values that the schema lists."));
  }
  if (isRecord(value)) {
    messages.push(...mismatchesOfObject(schemas, value));
  }
  return messages;
}

/** A choice among schemas may ask for other properties, so only what all agree on counts. */
function mismatchesOfObject(schemas: readonly JsonRecord[], value: JsonRecord): readonly string[] {
  const [first] = schemas;
  if (first === undefined || schemas.length > 1) {
    return [];
  }
  const missing = requiredOf(first).filter((name) => !Object.hasOwn(value, name));
  const { properties, additionalProperties } = first;
  const known = isRecord(properties) ? properties : {};
  const others =
    additionalProperties === false
      ? Object.keys(value).filter((name) => !Object.hasOwn(known, name))
      : [];
  return [
    ...missing.map((name) => l10n.t("The property {0} is missing.", JSON.stringify(name))),
    ...others.map((name) => l10n.t("The schema has no property {0}.", JSON.stringify(name))),
  ];
}

function isOf(type: string, value: unknown): boolean {
  switch (type) {
    case "object":
      return isRecord(value);
    case "array":
      return Array.isArray(value);
    case "null":
      return value === null;
    case "integer":
      return Number.isInteger(value);
    case "number":
    case "string":
    case "boolean":
      return typeof value === type;
    default:
      return true;
  }
}
