import { tmpdir } from "node:os";
import { join } from "node:path";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import * as v from "valibot";
import { cachedFolder } from "../../../../harness/cachedFolder.ts";
import { npmInstall } from "../../../../harness/npm.ts";

/** A server whose cost somebody else has published. */
interface Published {
  readonly name: string;
  /** Its program below `node_modules`, and its arguments. */
  readonly program: string;
  readonly args?: readonly string[];
  readonly tools: number;
  readonly tokens: number;
}

/** Source: https://portofcontext.com/token-calculator, measured on 2026-06-09 with o200k_base. */
export const PUBLISHED: readonly Published[] = [
  {
    name: "filesystem 2026.1.14",
    program: "@modelcontextprotocol/server-filesystem/dist/index.js",
    args: [tmpdir()],
    tools: 14,
    tokens: 1641,
  },
  { name: "Playwright 0.0.75", program: "@playwright/mcp/cli.js", tools: 23, tokens: 3130 },
  {
    name: "Notion 2.2.1",
    program: "@notionhq/notion-mcp-server/bin/cli.mjs",
    tools: 22,
    tokens: 15_462,
  },
];

/** The last two write the schemas of filesystem, which would take any version of them. */
const PACKAGES = [
  "@modelcontextprotocol/server-filesystem@2026.1.14",
  "@playwright/mcp@0.0.75",
  "@notionhq/notion-mcp-server@2.2.1",
  "@modelcontextprotocol/sdk@1.29.0",
  "zod-to-json-schema@3.25.2",
];

/** The folder with these servers. They aren't among our own dependencies, which have later versions. */
export function fetchPublished(): Promise<string> {
  return cachedFolder("published-costs-1", (folder) =>
    npmInstall(folder, PACKAGES, () => undefined),
  );
}

const answer = v.object({
  id: v.number(),
  result: v.looseObject({ tools: v.optional(v.array(v.record(v.string(), v.unknown()))) }),
});

const INITIALIZE = {
  protocolVersion: "2025-06-18",
  capabilities: {},
  clientInfo: { name: "mcp-portals-tests", version: "1.0.0" },
};

/**
 * The tools as the server writes them. A client of the SDK would put the keys of schemas into another
 * order, which takes another number of tokens.
 * @param folder what `fetchPublished` has returned
 */
export async function toolsOfPublished(
  folder: string,
  { program, args = [] }: Published,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [join(folder, "node_modules", program), ...args],
    cwd: tmpdir(),
    stderr: "ignore",
    env: { PATH: process.env["PATH"] ?? "", HOME: tmpdir() },
  });
  const answers = new Map<number, (result: v.InferOutput<typeof answer>["result"]) => void>();
  transport.onmessage = (message) => {
    const read = v.safeParse(answer, message);
    if (read.success) {
      answers.get(read.output.id)?.(read.output.result);
    }
  };
  const ask = async (id: number, method: string, params: Record<string, unknown>) => {
    const { promise, resolve } = Promise.withResolvers<v.InferOutput<typeof answer>["result"]>();
    answers.set(id, resolve);
    await transport.send({ jsonrpc: "2.0", id, method, params });
    return promise;
  };
  try {
    await transport.start();
    await ask(1, "initialize", INITIALIZE);
    await transport.send({ jsonrpc: "2.0", method: "notifications/initialized" });
    const { tools = [] } = await ask(2, "tools/list", {});
    return tools;
  } finally {
    await transport.close();
  }
}
