import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import * as z from "zod";
import type { Secret } from "../state/records.ts";
import { isWritable } from "../wire/json.ts";

/** Maps a URL to the one that is really fetched. */
export type Resolve = (url: URL) => URL;

export interface Upstream {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly resolve: Resolve;
}

/** Items as the upstream sent them. */
export interface Catalogue {
  readonly tools: readonly unknown[];
  readonly prompts: readonly unknown[];
}

/** Ends the loop for an upstream whose cursors never end. */
const MAX_PAGES = 1000;

/** Bytes of all answers of an upstream to one sync. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/** Wraps an error that prevented a request before any upstream could answer. */
export class NotSentError extends Error {
  constructor(cause: unknown) {
    super("The request was not sent", { cause });
  }
}

/**
 * Fetches all tools and prompts of an MCP server. Rejects with a NotSentError where there was no
 * answer at all, and otherwise with the error of the MCP client.
 */
export function fetchCatalogue(upstream: Upstream): Promise<Catalogue> {
  return withUpstream(upstream, (client) => listAllItems(client, upstream.timeoutMs));
}

/**
 * Connects to an MCP server, runs `use` and disconnects. Rejects as `fetchCatalogue` does, or with
 * the error of `use`.
 */
export async function withUpstream<T>(
  upstream: Upstream,
  use: (client: Client) => Promise<T>,
): Promise<T> {
  const deadline = AbortSignal.timeout(upstream.timeoutMs);
  let answers = 0;
  let bytes = 0;
  try {
    const transport = new StreamableHTTPClientTransport(upstream.url, {
      requestInit: { headers: upstream.headers },
      fetch: async (url, init) => {
        const signal = init?.signal ? AbortSignal.any([init.signal, deadline]) : deadline;
        const response = await fetch(upstream.resolve(new URL(url)), { ...init, signal });
        answers += 1;
        return counted(response, (length) => {
          bytes += length;
          if (bytes > MAX_ANSWER_BYTES) {
            throw new Error(`The answers are larger than ${MAX_ANSWER_BYTES} bytes`);
          }
        });
      },
    });
    return await connected(transport, upstream.timeoutMs, use);
  } catch (error) {
    // The transport wraps or replaces the reason when its fetch is aborted.
    if (deadline.aborted) {
      throw deadline.reason;
    }
    throw answers === 0 && !isRedirectError(error) ? new NotSentError(error) : error;
  }
}

async function connected<T>(
  transport: StreamableHTTPClientTransport,
  timeoutMs: number,
  use: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({ name: "cloudflare-mcp-portals-emulator", version: "1.0.0" });
  try {
    await client.connect(transport, { timeout: timeoutMs });
    return await use(client);
  } finally {
    await leave(client, transport);
  }
}

async function listAllItems(client: Client, timeoutMs: number): Promise<Catalogue> {
  const capabilities = client.getServerCapabilities();
  const catalogue = {
    tools: capabilities?.tools ? await listAll(client, "tools", timeoutMs) : [],
    prompts: capabilities?.prompts ? await listAll(client, "prompts", timeoutMs) : [],
  };
  if (!isWritable(catalogue)) {
    throw new Error("The answer is nested too deeply");
  }
  return catalogue;
}

/** `fetch` follows redirects itself. One that it can't follow is still an answer. */
function isRedirectError(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && cause.message.includes("redirect");
}

/** The same response. `count` is called for each chunk of the body, and may throw to abort it. */
function counted(response: Response, count: (length: number) => void): Response {
  if (response.body === null) {
    return response;
  }
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform: (piece, controller) => {
      count(piece.length);
      controller.enqueue(piece);
    },
  });
  return new Response(response.body.pipeThrough(counting), response);
}

async function leave(client: Client, transport: StreamableHTTPClientTransport): Promise<void> {
  try {
    if (transport.sessionId !== undefined) {
      await transport.terminateSession();
    }
  } catch {
    // A server may refuse to end a session.
  }
  await client.close().catch(() => undefined);
}

const pageSchema = z.looseObject({ nextCursor: z.string().nullish() });
const itemsSchema = z.array(z.unknown());

/**
 * Uses its own schema, because the MCP client's would refuse or change items that Cloudflare
 * stores.
 */
async function listAll(
  client: Client,
  kind: "tools" | "prompts",
  timeout: number,
): Promise<readonly unknown[]> {
  const items: unknown[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const params = cursor === undefined ? {} : { cursor };
    const result = await client.request({ method: `${kind}/list`, params }, pageSchema, {
      timeout,
    });
    items.push(...itemsSchema.parse(result[kind]));
    cursor = result.nextCursor ?? undefined;
    if (cursor === undefined) {
      return items;
    }
  }
  throw new Error(`${kind}/list never ended`);
}

const headersSchema = z.object({ headers: z.record(z.string(), z.string()) });

/** The headers for requests to the upstream that a stored credential gives. */
export function outgoingHeaders(secret: Secret): Record<string, string> {
  if (secret.kind === "grant") {
    return bearer(secret.accessToken);
  }
  if (secret.kind !== "bearer") {
    return {};
  }
  return customHeaders(secret.credentials) ?? bearer(secret.credentials);
}

function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

/** Parses `{"headers": {…}}`. Any other text is a bearer token. */
function customHeaders(credentials: string): Record<string, string> | undefined {
  try {
    return headersSchema.parse(JSON.parse(credentials)).headers;
  } catch {
    return undefined;
  }
}
