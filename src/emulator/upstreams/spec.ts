import { McpServer, type ToolAnnotations } from "@modelcontextprotocol/server";
import type * as z from "zod";

export interface ToolSpec {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly input: z.ZodObject;
  /** Has an example, with which calls are answered. */
  readonly output?: { readonly schema: z.ZodObject; readonly sample: Record<string, unknown> };
  readonly hints?: ToolAnnotations;
}

export interface PromptSpec {
  readonly name: string;
  readonly title?: string;
  readonly description: string;
  readonly args?: z.ZodObject;
}

/** The tools and prompts of an upstream at one time. */
export interface Offer {
  readonly title: string;
  readonly version: string;
  readonly tools: readonly ToolSpec[];
  readonly prompts?: readonly PromptSpec[];
}

export const reads: ToolAnnotations = { readOnlyHint: true, openWorldHint: false };
export const adds: ToolAnnotations = { readOnlyHint: false, destructiveHint: false };
export const changes: ToolAnnotations = { ...adds, idempotentHint: true };
export const destroys: ToolAnnotations = { readOnlyHint: false, destructiveHint: true };

/** Encodes text in Unicode's tag block, which people don't see but models read. */
export function hidden(text: string): string {
  return [...text]
    .map((char) => String.fromCodePoint(0xe0000 + (char.codePointAt(0) ?? 0)))
    .join("");
}

/** An offer in which one tool is another. */
export function withTool(offer: Offer, name: string, tool: Partial<ToolSpec>): Offer {
  return {
    ...offer,
    tools: offer.tools.map((each) => (each.name === name ? { ...each, ...tool } : each)),
  };
}

/** An MCP server of the official SDK with this offer. */
export function buildServer(offer: Offer): McpServer {
  const server = new McpServer({ name: offer.title, version: offer.version });
  for (const tool of offer.tools) {
    register(server, tool);
  }
  for (const prompt of offer.prompts ?? []) {
    registerPrompt(server, prompt);
  }
  return server;
}

function register(server: McpServer, tool: ToolSpec): void {
  const { name, title, description, input, output, hints } = tool;
  const config = {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(output === undefined ? {} : { outputSchema: output.schema }),
    ...(hints === undefined ? {} : { annotations: hints }),
    inputSchema: input,
  };
  server.registerTool(name, config, () => {
    const text = JSON.stringify(output?.sample ?? { ok: true });
    const content = [{ type: "text" as const, text }];
    return output ? { content, structuredContent: output.sample } : { content };
  });
}

function registerPrompt(server: McpServer, prompt: PromptSpec): void {
  const { name, title, description, args } = prompt;
  const config = { description, ...(title === undefined ? {} : { title }) };
  const answer = () => ({
    messages: [{ role: "user" as const, content: { type: "text" as const, text: description } }],
  });
  if (args) {
    server.registerPrompt(name, { ...config, argsSchema: args }, answer);
  } else {
    server.registerPrompt(name, config, answer);
  }
}
