import { CLIENTS } from "../clients/clientIds.ts";
import type { AssistantToolName } from "./toolNames.ts";

/** A tool as models read it. They read English, whatever the language of the window is. */
export interface AssistantTool {
  /** How people name it with `#`. */
  readonly reference: string;
  readonly description: string;
  readonly properties: Readonly<Record<string, object>>;
  readonly required: readonly string[];
}

const SERVER = { type: "string", description: "Id or name of a server" };
const PORTAL = { type: "string", description: "Id or name of a portal" };
const ONE = "Give a server or a portal.";

export const ASSISTANT_TOOL_TABLE: Readonly<Record<AssistantToolName, AssistantTool>> = {
  list: {
    reference: "mcpPortalsList",
    description:
      "Lists the MCP servers and MCP server portals of the Cloudflare accounts that are open in MCP Portals.",
    properties: {},
    required: [],
  },
  read: {
    reference: "mcpPortalsRead",
    description: `Reads the document of a server or portal: its settings, tools, prompts and overrides. ${ONE} With a tool it reads that tool's definition on the server.`,
    properties: {
      server: SERVER,
      portal: PORTAL,
      tool: { type: "string", description: "Upstream name of a tool of the server" },
    },
    required: [],
  },
  problems: {
    reference: "mcpPortalsProblems",
    description: "Lists problems that checks found, of one server, one portal or all.",
    properties: { server: SERVER, portal: PORTAL },
    required: [],
  },
  explain: {
    reference: "mcpPortalsExplain",
    description:
      "Says why users don't see a portal, a server in it or a tool, link by link from DNS to the client.",
    properties: {
      portal: PORTAL,
      target: { type: "string", description: "Id of a server, or a tool's exposed name" },
      email: { type: "string", description: "Email of the user who doesn't see it" },
      client: { type: "string", enum: CLIENTS },
    },
    required: ["portal"],
  },
  clients: {
    reference: "mcpPortalsClients",
    description: `Says which tools an MCP client drops, refuses or alters, and why. ${ONE}`,
    properties: { server: SERVER, portal: PORTAL, client: { type: "string", enum: CLIENTS } },
    required: ["client"],
  },
  costs: {
    reference: "mcpPortalsCosts",
    description: `Says how many context tokens the tool definitions take. ${ONE}`,
    properties: { server: SERVER, portal: PORTAL },
    required: [],
  },
  propose: {
    reference: "mcpPortalsPropose",
    description: `Opens changes to the document of a server or portal as an unsaved diff. Nothing is saved: the person does that. ${ONE} Read the document first.`,
    properties: {
      server: SERVER,
      portal: PORTAL,
      changes: {
        type: "array",
        items: {
          type: "object",
          properties: {
            path: {
              type: "array",
              items: { type: "string" },
              description: 'Keys from the top, such as ["tools", "search", "alias"]',
            },
            json: { type: "string", description: "The new value as JSON; absent removes the key" },
          },
          required: ["path"],
        },
      },
    },
    required: ["changes"],
  },
};

export function assistantInputSchema({ properties, required }: AssistantTool): object {
  return { type: "object", properties, ...(required.length > 0 ? { required } : {}) };
}
