import { isRecord, type JsonRecord } from "../../base/json.ts";
import type { CapabilityKind } from "../catalogue/capability.ts";
import type { Definition } from "./baseline.ts";

/** A parameter of a tool, or an argument of a prompt. */
export interface Parameter {
  readonly required: boolean;
  /** Its JSON schema; of a prompt's argument, what the upstream says of it. */
  readonly schema: JsonRecord;
}

/** By name. What isn't as MCP has it is left out here, and differs as a part of the whole. */
export function parametersOf(
  kind: CapabilityKind,
  definition: Definition,
): ReadonlyMap<string, Parameter> {
  return kind === "tool" ? inSchema(definition["inputSchema"]) : inList(definition["arguments"]);
}

function inSchema(schema: unknown): ReadonlyMap<string, Parameter> {
  if (!(isRecord(schema) && isRecord(schema["properties"]))) {
    return new Map();
  }
  const required = new Set(Array.isArray(schema["required"]) ? schema["required"] : []);
  return new Map(
    Object.entries(schema["properties"]).map(([name, value]) => [
      name,
      // A schema may be `true` or `false` too.
      { required: required.has(name), schema: isRecord(value) ? value : { value } },
    ]),
  );
}

function inList(list: unknown): ReadonlyMap<string, Parameter> {
  const parameters = new Map<string, Parameter>();
  for (const each of Array.isArray(list) ? (list as readonly unknown[]) : []) {
    if (!isRecord(each)) {
      continue;
    }
    const { name, required, ...schema } = each;
    if (typeof name === "string") {
      parameters.set(name, { required: required === true, schema });
    }
  }
  return parameters;
}
