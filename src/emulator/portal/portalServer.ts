import { Server } from "@modelcontextprotocol/server";
import * as z from "zod";
import type { Emulation } from "../emulation.ts";
import type { Account } from "../state/accounts.ts";
import type { PortalRecord } from "../state/records.ts";
import type { Behaviours } from "../switches/schemas.ts";
import { outgoingHeaders, withUpstream } from "../sync/fetchCatalogue.ts";
import { isRecord } from "../wire/json.ts";
import type { ExposedItem, Exposure } from "./exposure.ts";

/** The mode that the query of the portal's URL asks for. */
export type ConnectMode = "plain" | "minimize" | "search" | "code";

/** Servers that a visitor turned off with the portal's own tools. */
export type Toggles = Set<string>;

export interface Session {
  readonly emulation: Emulation;
  readonly account: Account;
  readonly portal: PortalRecord;
  /** Computed once for a session. Users see changes after reconnecting. */
  readonly exposure: Exposure;
  readonly way: ConnectMode;
  readonly toggledOff: Toggles;
}

/** The portal's policy for Code Mode comes first; otherwise the query decides. */
export function wayOf({ code_mode }: PortalRecord, query: URLSearchParams): ConnectMode {
  const asked = query.get("codemode");
  const isCode =
    code_mode === "enforced" ||
    (code_mode === "default_on" && asked !== "off") ||
    (code_mode === "opt_in" && asked === "search_and_execute");
  if (isCode) {
    return "code";
  }
  switch (query.get("optimize_context")) {
    case "minimize_tools":
      return "minimize";
    case "search_and_execute":
      return "search";
    default:
      return "plain";
  }
}

type Tool = Readonly<Record<string, unknown>> & { readonly name: string };

const noArguments = { type: "object", properties: {} } as const;

const LIST_SERVERS: Tool = {
  name: "portal_list_servers",
  description: "Lists the servers of this portal and whether each is enabled.",
  inputSchema: noArguments,
};
const TOGGLE_SERVERS: Tool = {
  name: "portal_toggle_servers",
  description: "Opens a page where servers are enabled and disabled.",
  inputSchema: noArguments,
};
const TOGGLE_SERVER: Tool = {
  name: "portal_toggle_single_server",
  description: "Enables or disables one server of this portal.",
  inputSchema: {
    type: "object",
    properties: {
      server_id: { type: "string" },
      action: { type: "string", enum: ["toggle", "untoggle"] },
    },
    required: ["server_id", "action"],
  },
};
const queryInput = { type: "object", properties: { query: { type: "string" } } } as const;
const QUERY_TOOLS: Tool = {
  name: "portal_query_tools",
  description: "Finds tools by words and returns their definitions.",
  inputSchema: queryInput,
};
const EXECUTE: Tool = {
  name: "portal_execute",
  description: "Runs a tool that portal_query_tools found.",
  inputSchema: {
    type: "object",
    properties: { tool: { type: "string" }, arguments: { type: "object" } },
    required: ["tool"],
  },
};
const CODE_SEARCH: Tool = {
  name: "portal_codemode_search",
  description: "Finds methods of codemode by words and returns their types.",
  inputSchema: queryInput,
};
const CODE_EXECUTE: Tool = {
  name: "portal_codemode_execute",
  description: "Runs JavaScript that calls methods of codemode.",
  inputSchema: { type: "object", properties: { code: { type: "string" } }, required: ["code"] },
};

/** The MCP server for one client of a portal. */
export function portalServer(session: Session): Server {
  const server = new Server(
    { name: session.portal.name, version: "1.0.0" },
    { capabilities: { tools: {}, prompts: {} } },
  );
  // Own schemas, because Cloudflare passes on definitions as upstreams sent them. The SDK's types
  // would require them to be valid.
  server.setRequestHandler("tools/list", { params: listParams }, () => ({
    tools: listedTools(session),
  }));
  server.setRequestHandler("prompts/list", { params: listParams }, () => ({
    prompts: on(session, "prompts").map(({ definition }) => definition),
  }));
  server.setRequestHandler("tools/call", { params: callParams }, ({ name, arguments: args }) =>
    callTool(session, name, args),
  );
  server.setRequestHandler("prompts/get", { params: callParams }, ({ name, arguments: args }) => {
    const item = on(session, "prompts").find(({ exposedName }) => exposedName === name);
    if (!item) {
      throw new Error(`Unknown prompt: ${name}`);
    }
    return getPrompt(session, item, args);
  });
  return server;
}

const listParams = z.looseObject({}).optional();
const callParams = z.looseObject({
  name: z.string(),
  arguments: z.record(z.string(), z.unknown()).default({}),
});

/** Items of the servers that the visitor hasn't turned off. */
function on({ exposure, toggledOff }: Session, kind: "tools" | "prompts"): readonly ExposedItem[] {
  return exposure[kind].filter(({ serverId }) => !toggledOff.has(serverId));
}

function listedTools(session: Session): readonly Tool[] {
  const { nativeTools } = session.emulation.controls.behaviours();
  const native = [LIST_SERVERS, TOGGLE_SERVERS, TOGGLE_SERVER];
  const definitions = on(session, "tools").map(({ exposedName, definition }) => ({
    ...definition,
    name: exposedName,
  }));
  switch (session.way) {
    case "plain":
      return [...native, ...definitions];
    case "minimize": {
      const names = definitions.map(({ name }) => ({ name, inputSchema: { type: "object" } }));
      return [...nativeIn(native, nativeTools), QUERY_TOOLS, ...names];
    }
    case "search":
      return [...nativeIn(native, nativeTools), QUERY_TOOLS, EXECUTE];
    case "code":
      return [...nativeIn(native, nativeTools), CODE_SEARCH, CODE_EXECUTE];
  }
}

function nativeIn(native: readonly Tool[], nativeTools: Behaviours["nativeTools"]) {
  return nativeTools === "always" ? native : [];
}

type Arguments = Readonly<Record<string, unknown>>;

type Answered = Readonly<Record<string, unknown>>;

async function callTool(session: Session, name: string, args: Arguments): Promise<Answered> {
  switch (name) {
    case LIST_SERVERS.name:
      return text(serversInWords(session));
    case TOGGLE_SERVERS.name:
      return text("Choose servers with portal_toggle_single_server.");
    case TOGGLE_SERVER.name:
      return toggle(session, args);
    case QUERY_TOOLS.name:
      return text(JSON.stringify(matching(session, args)));
    case CODE_SEARCH.name:
      return text(JSON.stringify(matching(session, args).map(asMethod)));
    case CODE_EXECUTE.name:
      return { ...text("The emulator lists Code Mode and runs no code."), isError: true };
    case EXECUTE.name:
      return await passOn(session, String(args["tool"] ?? ""), asArguments(args["arguments"]));
    default:
      return await passOn(session, name, args);
  }
}

async function passOn(session: Session, exposedName: string, args: Arguments): Promise<Answered> {
  const item = on(session, "tools").find((tool) => tool.exposedName === exposedName);
  if (!item) {
    return { ...text(`Unknown tool: ${exposedName}`), isError: true };
  }
  return await withUpstream(upstreamOf(session, item), (client) =>
    client.callTool({ name: item.name, arguments: { ...args } }),
  );
}

function getPrompt(session: Session, item: ExposedItem, args: Arguments): Promise<Answered> {
  const texts = Object.entries(args).map(([key, value]) => [key, String(value)] as const);
  return withUpstream(upstreamOf(session, item), (client) =>
    client.getPrompt({ name: item.name, arguments: Object.fromEntries(texts) }),
  );
}

function upstreamOf({ emulation, account }: Session, { serverId }: ExposedItem) {
  const server = account.servers.get(serverId);
  if (!server) {
    throw new Error(`The server ${serverId} is gone`);
  }
  return {
    url: new URL(server.hostname),
    headers: outgoingHeaders(server.secret),
    timeoutMs: emulation.controls.behaviours(serverId).syncTimeout,
    resolve: emulation.resolve,
  };
}

/** Cloudflare answers this in prose. */
function serversInWords({ exposure, toggledOff }: Session): string {
  if (exposure.servers.length === 0) {
    return "No allowed servers available";
  }
  return exposure.servers
    .map(({ id, name }) => `- ${name} (${id}): ${toggledOff.has(id) ? "✗ disabled" : "✓ enabled"}`)
    .join("\n");
}

function toggle(session: Session, args: Arguments): Answered {
  const { server_id, action } = args;
  const server = session.exposure.servers.find(({ id }) => id === server_id);
  if (!server || (action !== "toggle" && action !== "untoggle")) {
    return { ...text(`Unknown server or action: ${String(server_id)}`), isError: true };
  }
  if (action === "toggle") {
    session.toggledOff.delete(server.id);
  } else {
    session.toggledOff.add(server.id);
  }
  return text(serversInWords(session));
}

function matching(session: Session, args: Arguments): readonly ExposedItem["definition"][] {
  const query = String(args["query"] ?? "").toLowerCase();
  return on(session, "tools")
    .map(({ definition }) => definition)
    .filter(({ name, description }) => `${name} ${description}`.toLowerCase().includes(query));
}

const RESERVED = new Set(["delete", "new", "in", "do", "if", "for", "let", "var", "with", "class"]);

/** Names in Code Mode have to be JavaScript identifiers. */
function asMethod(definition: ExposedItem["definition"]): unknown {
  const plain = String(definition["name"]).replace(/[-.]/g, "_");
  const name = /^\d/.test(plain) ? `_${plain}` : plain;
  return { ...definition, name: RESERVED.has(name) ? `${name}_` : name };
}

function asArguments(value: unknown): Arguments {
  return isRecord(value) ? value : {};
}

function text(words: string) {
  return { content: [{ type: "text", text: words }] };
}
