import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import type { Capability } from "../../../../../src/domain/catalogue/capability.ts";
import type { Server } from "../../../../../src/domain/servers/server.ts";
import { server } from "../../../support/servers.ts";

/** A server by other authors: its program and arguments. */
interface Real {
  readonly id: string;
  readonly program: string;
  readonly args?: readonly string[];
}

/** None of them needs a credential to list its tools, or fetches anything when it starts. */
export const REAL_SERVERS: readonly Real[] = [
  {
    id: "chrome",
    program: import.meta.resolve("chrome-devtools-mcp/build/src/bin/chrome-devtools-mcp.js"),
  },
  { id: "context7", program: import.meta.resolve("@upstash/context7-mcp/dist/index.js") },
  {
    id: "everything",
    program: import.meta.resolve("@modelcontextprotocol/server-everything/dist/index.js"),
  },
  {
    id: "files",
    program: import.meta.resolve("@modelcontextprotocol/server-filesystem/dist/index.js"),
    args: [tmpdir()],
  },
  {
    id: "github",
    program: import.meta.resolve("@modelcontextprotocol/server-github/dist/index.js"),
  },
  {
    id: "memory",
    program: import.meta.resolve("@modelcontextprotocol/server-memory/dist/index.js"),
  },
  { id: "notion", program: import.meta.resolve("@notionhq/notion-mcp-server/bin/cli.mjs") },
  {
    id: "playwright",
    program: new URL("cli.js", import.meta.resolve("@playwright/mcp/package.json")).href,
  },
  {
    id: "thinking",
    program: import.meta.resolve("@modelcontextprotocol/server-sequential-thinking/dist/index.js"),
  },
];

/** Starts the program, lists its tools and prompts, and ends it. */
export async function catalogueOfReal({ id, program, args }: Real): Promise<Server> {
  const client = new Client({ name: "mcp-portals-tests", version: "1.0.0" });
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [fileURLToPath(program), ...(args ?? [])],
    cwd: tmpdir(),
    stderr: "ignore",
    env: { PATH: process.env["PATH"] ?? "", HOME: tmpdir(), ...QUIET },
  });
  try {
    await client.connect(transport);
    const offers = client.getServerCapabilities();
    const { tools } = await client.listTools();
    const { prompts } = offers?.prompts ? await client.listPrompts() : { prompts: [] };
    return server({
      id,
      tools: tools.map((tool) => asSynced("tool", tool)),
      prompts: prompts.map((prompt) => asSynced("prompt", prompt)),
    });
  } finally {
    await client.close();
  }
}

/** Prevents telemetry of the servers during tests. */
const QUIET = { OTEL_SDK_DISABLED: "true", CHROME_DEVTOOLS_MCP_NO_USAGE_STATISTICS: "1", CI: "1" };

interface Item {
  readonly name: string;
  readonly description?: string | undefined;
}

function asSynced(kind: Capability["kind"], item: Item): Capability {
  return { kind, name: item.name, description: item.description, source: { ...item } };
}
