import assert from "node:assert/strict";
import type { IncomingHttpHeaders, RequestListener } from "node:http";
import { McpServer, type Server } from "@modelcontextprotocol/server";
import * as z from "zod";
import type { Offer } from "../../../src/emulator/upstreams/spec.ts";
import { call, emulatorPerTest, names, object, readServer, register } from "./support/calling.ts";
import { closeUpstreams, mcpUpstream, upstream } from "./support/upstream.ts";

const empty = z.object({});
const offer = (...tools: string[]): Offer => ({
  title: "Up",
  version: "1.0.0",
  tools: tools.map((name) => ({ name, input: empty })),
  prompts: [{ name: "p", description: "A prompt" }],
});

describe("emulator: a sync that succeeds", () => {
  const emulator = emulatorPerTest();
  afterEach(closeUpstreams);
  const sync = () => call(emulator(), "POST", "/servers/up/sync");

  it("brings the catalogue and says no more than its status", async () => {
    await register(emulator(), await mcpUpstream(() => offer("a", "b")));
    const reply = await sync();
    assert.deepEqual(reply.body, { success: true, result: { status: "ready" } });
    const server = await readServer(emulator(), "up");
    assert.deepEqual([names(server["tools"]), names(server["prompts"])], [["a", "b"], ["p"]]);
    assert.equal(server["last_synced"], server["last_successful_sync"]);
  });

  it("drops the overrides of names that are gone, and keeps those of portals", async () => {
    let current = offer("a", "b");
    await register(emulator(), await mcpUpstream(() => current));
    await sync();
    const updatedTools = [
      { name: "a", alias: "x" },
      { name: "b", alias: "y" },
    ];
    await call(emulator(), "PUT", "/servers/up", { updated_tools: updatedTools });
    await call(emulator(), "POST", "/portals", {
      id: "p",
      name: "P",
      hostname: "p.example.com",
      servers: [{ server_id: "up", updated_tools: [{ name: "b", enabled: false }] }],
    });
    current = offer("a", "c");
    await sync();
    const server = await readServer(emulator(), "up");
    assert.deepEqual(server["updated_tools"], [{ name: "a", alias: "x" }]);
    const stored = () => emulator().control.state()[0]?.portals[0]?.servers[0]?.updated_tools;
    assert.deepEqual(stored(), [{ name: "b", enabled: false }]);
    emulator().control.switches({ all: { vanishedPortalEntries: "drop" } });
    await sync();
    assert.deepEqual(stored(), []);
  });

  for (const [credentials, expected] of [
    ["raw-token", { authorization: "Bearer raw-token" }],
    ['{"headers":{"X-Key":"k","X-Team":"t"}}', { "x-key": "k", "x-team": "t" }],
  ] as const) {
    it(`sends the credential ${credentials}`, async () => {
      const seen: IncomingHttpHeaders[] = [];
      const url = await upstream(({ headers }, response) => {
        seen.push(headers);
        response.writeHead(500).end();
      });
      await register(emulator(), url, { auth_type: "bearer", auth_credentials: credentials });
      await sync();
      assert.partialDeepStrictEqual(seen[0], expected);
    });
  }

  it("keeps items as they came, whatever they are", async () => {
    const tools = [
      { name: "odd", inputSchema: { type: "object" }, "x-vendor": { a: [1, null] } },
      { name: "__proto__", inputSchema: { type: "array" } },
      { title: "Nameless" },
      "not even an object",
    ];
    await register(emulator(), await upstream(handWritten({ tools })));
    await sync();
    assert.deepEqual((await readServer(emulator(), "up"))["tools"], tools);
  });

  it("lists every page", async () => {
    const factory = () => {
      const server = new McpServer(
        { name: "pages", version: "1.0.0" },
        { capabilities: { tools: {} } },
      );
      pages(server.server);
      return server;
    };
    await register(emulator(), await mcpUpstream(factory));
    await sync();
    assert.deepEqual(names((await readServer(emulator(), "up"))["tools"]), [
      "page-0",
      "page-1",
      "page-2",
    ]);
  });

  it("merges with what somebody wrote while it ran", async () => {
    const { control } = emulator();
    const url = await mcpUpstream(() => {
      control.write({ server: "up", patch: { name: "Renamed meanwhile" } });
      return offer("a");
    });
    await register(emulator(), url);
    await sync();
    const server = await readServer(emulator(), "up");
    assert.deepEqual([server["name"], names(server["tools"])], ["Renamed meanwhile", ["a"]]);
  });
});

/** An MCP server without an SDK: one tools/list, without validation. */
function handWritten(list: object): RequestListener {
  return async (request, response) => {
    let text = "";
    for await (const chunk of request) {
      text += String(chunk);
    }
    const { id, method } = text === "" ? {} : object(JSON.parse(text));
    if (id === undefined) {
      return response.writeHead(request.method === "GET" ? 405 : 202).end();
    }
    const serverInfo = { name: "hand", version: "1.0.0" };
    const hello = { protocolVersion: "2025-06-18", capabilities: { tools: {} }, serverInfo };
    const result = method === "initialize" ? hello : list;
    response.writeHead(200, { "content-type": "application/json" });
    return response.end(JSON.stringify({ jsonrpc: "2.0", id, result }));
  };
}

function pages(server: Server): void {
  server.setRequestHandler("tools/list", ({ params }) => {
    const page = Number(params?.cursor ?? 0);
    const tools = [{ name: `page-${page}`, inputSchema: { type: "object" as const } }];
    return page < 2 ? { tools, nextCursor: String(page + 1) } : { tools };
  });
}
