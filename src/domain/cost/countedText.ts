import { jsonText } from "../../base/jsonText.ts";
import type { ExposedCapability } from "../catalogue/serverCatalogue.ts";
import type { ModelDefinition } from "../clients/client.ts";
import { exposedDefinition } from "../clients/exposedDefinition.ts";
import type { Connection } from "../portals/endpoint.ts";

/**
 * The text of a tool whose tokens a request to a model has. With one token more for each tool it
 * meets the figures that others have published of three servers within 0.1 %; those count one list
 * of all tools. The output schema and the annotations aren't sent to models. Safe for definitions
 * nested to any depth.
 */
export function countedText({ name, description, inputSchema }: ModelDefinition): string {
  return jsonText({
    name,
    ...(description === undefined ? {} : { description }),
    ...(inputSchema === undefined ? {} : { parameters: inputSchema }),
  });
}

/** The same of a tool under its exposed name. */
export function exposedText(shown: ExposedCapability): string {
  return countedText(exposedDefinition(shown));
}

/** A tool of which only the name is listed; MCP asks for a schema all the same. */
export function nameText(name: string): string {
  return countedText({ name, inputSchema: { type: "object" } });
}

/**
 * The portal's own tools that take the place of all others. Their names and parameters are
 * Cloudflare's; their descriptions aren't known, so a sum with them is an estimate.
 */
export function portalTexts(connection: Connection): readonly string[] {
  switch (connection) {
    case "allTools":
      return [];
    case "minimizeTools":
      return [QUERY_TOOLS];
    case "searchAndExecute":
      return [QUERY_TOOLS, EXECUTE];
    case "codeMode":
      return [CODE_SEARCH, CODE_EXECUTE];
  }
}

const QUERY_TOOLS = portalTool(
  "portal_query_tools",
  "Finds tools of this portal by words and returns their names, descriptions and input schemas.",
  ["query"],
);
const EXECUTE = portalTool(
  "portal_execute",
  "Runs a tool of this portal that portal_query_tools has found, with the arguments that it takes.",
  ["tool", "arguments"],
);
const CODE_SEARCH = portalTool(
  "portal_codemode_search",
  "Finds methods of the object codemode by words and returns their types in TypeScript.",
  ["query"],
);
const CODE_EXECUTE = portalTool(
  "portal_codemode_execute",
  "Runs JavaScript that calls methods of the object codemode and returns what it returns.",
  ["code"],
);

function portalTool(name: string, description: string, parameters: readonly string[]): string {
  const properties = Object.fromEntries(parameters.map((key) => [key, { type: "string" }]));
  return countedText({
    name,
    description,
    inputSchema: { type: "object", properties, required: parameters },
  });
}
