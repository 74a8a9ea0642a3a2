import type { Capability } from "../../../../../src/domain/catalogue/capability.ts";

/** A tool's description, or another unusual part of a tool or prompt. */
export type Specimen = string | ToolSpecimen | PromptSpecimen;

interface ToolSpecimen {
  readonly tool: Readonly<Record<string, unknown>>;
}

interface PromptSpecimen {
  readonly prompt: Readonly<Record<string, unknown>>;
}

/** The rest is that of an ordinary tool or prompt. */
export function capabilityOf(specimen: Specimen): Capability {
  if (typeof specimen === "string") {
    return capabilityOf({ tool: { description: specimen } });
  }
  const source =
    "tool" in specimen
      ? { name: "sum", description: "Adds two numbers.", inputSchema: { type: "object" } }
      : { name: "sum_up", description: "Asks for a summary." };
  const own: Readonly<Record<string, unknown>> =
    "tool" in specimen ? specimen.tool : specimen.prompt;
  const { name, description } = { ...source, ...own };
  return {
    kind: "tool" in specimen ? "tool" : "prompt",
    name: String(name),
    description: String(description),
    source: { ...source, ...own },
  };
}

/** A tool with one parameter. */
export function parameter(name: string, schema: Readonly<Record<string, unknown>>): Specimen {
  return { tool: { inputSchema: { type: "object", properties: { [name]: schema } } } };
}
