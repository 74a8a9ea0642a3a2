import { isRecord, type JsonRecord } from "../../base/json.ts";
import type { ModelDefinition } from "./client.ts";
import { walkSchema } from "./schemaWalk.ts";

type Alteration = (definition: ModelDefinition) => ModelDefinition;
type MutableRecord = Record<string, unknown>;

/** Removes keywords from the top of the input schema. */
export function withoutTopKeywords(keywords: readonly string[]): Alteration {
  return (definition) => {
    const { inputSchema } = definition;
    if (inputSchema === undefined) {
      return definition;
    }
    const kept = Object.entries(inputSchema).filter(([key]) => !keywords.includes(key));
    return { ...definition, inputSchema: Object.fromEntries(kept) };
  };
}

/** Removes what isn't a property from each list of required ones. */
export const withoutUnknownRequired: Alteration = onEachSchema((schema) => {
  const { properties, required } = schema;
  if (schema["type"] === "object" && isRecord(properties) && Array.isArray(required)) {
    schema["required"] = required.filter((name) => Object.hasOwn(properties, String(name)));
  }
});

/** Keeps these keywords of each schema, and those that carry the definitions that it refers to. */
export function keepingKeywords(kept: ReadonlySet<string>): Alteration {
  return onEachSchema((schema) => {
    for (const key of Object.keys(schema)) {
      if (!kept.has(key)) {
        delete schema[key];
      }
    }
  });
}

/** A single constant becomes a choice of one. */
export const constAsEnum: Alteration = onEachSchema((schema) => {
  if (Object.hasOwn(schema, "const")) {
    schema["enum"] = [schema["const"]];
    delete schema["const"];
  }
});

export function withDescription(describe: (description: string) => string): Alteration {
  return (definition) => ({ ...definition, description: describe(definition.description ?? "") });
}

export const withProperties: Alteration = (definition) => ({
  ...definition,
  inputSchema: { ...definition.inputSchema, properties: {} },
});

/** Changes each schema of a copy in place. */
function onEachSchema(change: (schema: MutableRecord) => void): Alteration {
  return (definition) => {
    const inputSchema = copyOf(definition.inputSchema);
    if (!isRecord(inputSchema)) {
      return definition;
    }
    walkSchema(inputSchema, "inputSchema", ({ schema }) => change(mutable(schema)));
    return { ...definition, inputSchema };
  };
}

function mutable(schema: JsonRecord): MutableRecord {
  return schema;
}

/**
 * A copy of a result of JSON.parse, made without recursion. `structuredClone` and JSON.stringify
 * overflow where a stranger nests deep enough.
 */
export function copyOf(value: unknown): unknown {
  const top: unknown[] = [value];
  const waiting: (MutableRecord | unknown[])[] = [top];
  for (let into = waiting.pop(); into !== undefined; into = waiting.pop()) {
    for (const [key, item] of Object.entries(into)) {
      const copy = shallowCopy(item);
      if (copy !== undefined) {
        // A plain assignment to `__proto__` would change the prototype.
        Object.defineProperty(into, key, { ...SET, value: copy });
        waiting.push(copy);
      }
    }
  }
  return top[0];
}

const SET = { configurable: true, enumerable: true, writable: true } as const;

function shallowCopy(value: unknown): MutableRecord | unknown[] | undefined {
  if (Array.isArray(value)) {
    return [...value];
  }
  return isRecord(value) ? Object.fromEntries(Object.entries(value)) : undefined;
}
