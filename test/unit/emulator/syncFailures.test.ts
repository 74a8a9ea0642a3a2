import assert from "node:assert/strict";
import type { RequestListener } from "node:http";
import { call, emulatorPerTest, names, object, readServer, register } from "./support/calling.ts";
import { closeUpstreams, upstream } from "./support/upstream.ts";

interface Expected {
  readonly error: string;
  readonly details: object;
}

const down = (cause: string, retryable: boolean): Expected => ({
  error: "unable to connect",
  details: { cause, is_upstream: false, retryable },
});

const refused = (status: number, reason: string, cause: string, retryable: boolean): Expected => ({
  error: `The upstream answered ${status} ${reason}`,
  details: { cause, is_upstream: true, retryable, status_code: status },
});

const notMcp = (cause: string): Expected => ({
  error: "The upstream is not an MCP server",
  details: { cause, is_upstream: true, retryable: false },
});

const always =
  (status: number, type: string, body: string): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { "content-type": type }).end(body);
  };

const rpcError: RequestListener = async (request, response) => {
  let text = "";
  for await (const chunk of request) {
    text += String(chunk);
  }
  const { id } = object(JSON.parse(text));
  const error = { code: -32603, message: "The index is being rebuilt" };
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify({ jsonrpc: "2.0", id, error }));
};

/** An MCP server without an SDK, whose tools are any text. */
const listing =
  (tools: string): RequestListener =>
  async (request, response) => {
    let text = "";
    for await (const chunk of request) {
      text += String(chunk);
    }
    const { id, method } = text === "" ? { id: undefined, method: "" } : object(JSON.parse(text));
    if (id === undefined) {
      response.writeHead(202).end();
      return;
    }
    const serverInfo = { name: "by hand", version: "1" };
    const hello = { protocolVersion: "2025-06-18", capabilities: { tools: {} }, serverInfo };
    const result = method === "initialize" ? JSON.stringify(hello) : `{"tools":${tools}}`;
    response.writeHead(200, { "content-type": "application/json" });
    response.end(`{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":${result}}`);
  };

const answering: readonly [string, RequestListener, Expected][] = [
  ["401", always(401, "text/plain", "No token"), refused(401, "Unauthorized", "No token", false)],
  ["403", always(403, "text/plain", "Not you"), refused(403, "Forbidden", "Not you", false)],
  ["404", always(404, "text/plain", ""), refused(404, "Not Found", "Not Found", false)],
  ["503", always(503, "text/plain", "Down"), refused(503, "Service Unavailable", "Down", true)],
  [
    "a web page",
    always(200, "text/html", "<h1>Hi</h1>"),
    notMcp("Unexpected content type: text/html"),
  ],
  [
    "JSON that isn't JSON-RPC",
    always(200, "application/json", '{"hello":1}'),
    notMcp("The answer is not a JSON-RPC message"),
  ],
  [
    "a JSON-RPC error",
    rpcError,
    {
      error: "MCP error -32603",
      details: {
        cause: "The index is being rebuilt",
        is_upstream: true,
        mcp_code: -32603,
        retryable: false,
      },
    },
  ],
];

describe("emulator: a sync that fails", () => {
  const emulator = emulatorPerTest();
  afterEach(closeUpstreams);

  async function failsWith(expected: Expected): Promise<void> {
    const reply = await call(emulator(), "POST", "/servers/up/sync");
    const result = { status: "error", error: expected.error, error_details: expected.details };
    assert.deepEqual([reply.status, reply.body], [200, { success: false, result }]);
    const server = await readServer(emulator(), "up");
    const { status, error, error_details, last_synced, last_successful_sync } = server;
    assert.deepEqual({ status, error, error_details }, result);
    assert.equal(typeof last_synced, "string");
    assert.equal(last_successful_sync, undefined);
  }

  for (const [what, listener, expected] of answering) {
    it(`tells of an upstream that answers ${what}`, async () => {
      await register(emulator(), await upstream(listener));
      await failsWith(expected);
    });
  }

  it("tells of a refused connection", async () => {
    const url = await upstream(always(200, "text/plain", ""));
    closeUpstreams();
    await register(emulator(), url);
    await failsWith(down(`connect ECONNREFUSED ${new URL(url).host}`, true));
  });

  it("doesn't blame an upstream for what never left this machine", async () => {
    await register(emulator(), "http://127.0.0.1:6000/mcp");
    await failsWith(down("bad port", false));
    const credentials = JSON.stringify({ headers: { "X-Key": "line\nbreak" } });
    const url = await upstream(always(200, "text/plain", ""));
    await register(emulator(), url, {
      id: "headers",
      auth_type: "bearer",
      auth_credentials: credentials,
    });
    const reply = await call(emulator(), "POST", "/servers/headers/sync");
    const { error, error_details } = object(reply.body["result"]);
    assert.equal(error, "unable to connect");
    const { cause, is_upstream, retryable } = object(error_details);
    assert.match(String(cause), /header/);
    assert.deepEqual([is_upstream, retryable], [false, false]);
  });

  for (const hostname of [
    "ftp://127.0.0.1/mcp",
    "http://user:secret@127.0.0.1:9/mcp",
    "file:///etc/passwd",
  ]) {
    it(`doesn't blame an upstream for ${hostname.replace("secret", "…")}`, async () => {
      await register(emulator(), hostname);
      const reply = await call(emulator(), "POST", "/servers/up/sync");
      const { error, error_details } = object(reply.body["result"]);
      assert.equal(error, "unable to connect");
      const { is_upstream, retryable, cause } = object(error_details);
      assert.deepEqual([is_upstream, retryable], [false, false]);
      assert(!String(cause).includes("secret"), String(cause));
    });
  }

  it("blames an upstream whose redirects never end", async () => {
    const url = await upstream((_request, response) => {
      response.writeHead(307, { location: "/mcp" }).end();
    });
    await register(emulator(), url);
    const reply = await call(emulator(), "POST", "/servers/up/sync");
    assert.equal(object(object(reply.body["result"])["error_details"])["is_upstream"], true);
  });

  it("refuses a catalogue that is nested too deeply to be kept", async () => {
    const depth = 3000;
    const deep = `${"[".repeat(depth)}${"]".repeat(depth)}`;
    await register(emulator(), await upstream(listing(`[{"name":"deep","inputSchema":${deep}}]`)));
    await failsWith(notMcp("The answer is nested too deeply"));
    assert.equal((await call(emulator(), "GET", "/servers")).status, 200);
  });

  it("gives up an upstream whose answer never ends", async () => {
    const piece = `"${"x".repeat(1024 * 1024)}",`;
    const endless: RequestListener = (_request, response) => {
      response.writeHead(200, { "content-type": "application/json" }).write("[");
      const more = () => {
        while (!response.destroyed && response.write(piece)) {}
      };
      response.on("drain", more);
      more();
    };
    await register(emulator(), await upstream(endless));
    const reply = await call(emulator(), "POST", "/servers/up/sync");
    assert.match(JSON.stringify(reply.body["result"]), /larger than 67108864 bytes/);
  });

  it("tells of an unknown host", async () => {
    await register(emulator(), "https://nowhere.invalid/mcp");
    const reply = await call(emulator(), "POST", "/servers/up/sync");
    const result = object(reply.body["result"]);
    assert.equal(result["error"], "unable to connect");
    const { cause, is_upstream } = object(result["error_details"]);
    // A machine without DNS can't tell an unknown name from an unreachable server.
    assert.match(String(cause), /^getaddrinfo (ENOTFOUND|EAI_AGAIN) nowhere\.invalid$/);
    assert.equal(is_upstream, false);
  });

  it("tells of an upstream that never answers", async () => {
    emulator().control.switches({ all: { syncTimeout: 50 } });
    await register(emulator(), await upstream(() => {}));
    await failsWith(down("The upstream did not answer in time", true));
  });

  it("tells of a connection that is reset", async () => {
    const url = await upstream((request) => request.socket.resetAndDestroy());
    await register(emulator(), url);
    await failsWith(down(`connect ECONNRESET ${new URL(url).host}`, true));
  });

  it("tells of a broken TLS handshake", async () => {
    const url = await upstream(always(200, "text/plain", ""));
    await register(emulator(), url.replace("http:", "https:"));
    const reply = await call(emulator(), "POST", "/servers/up/sync");
    const result = object(reply.body["result"]);
    assert.equal(result["error"], "unable to connect");
    const { cause, is_upstream, retryable } = object(result["error_details"]);
    assert.match(String(cause), /SSL/);
    assert.deepEqual([is_upstream, retryable], [false, false]);
  });

  it("keeps the last good catalogue", async () => {
    await register(emulator(), "https://docs.harborlane.example/mcp");
    await call(emulator(), "POST", "/servers/up/sync");
    const good = await readServer(emulator(), "up");
    emulator().control.write({
      server: "up",
      patch: { hostname: "https://wiki.harborlane.example/mcp" },
    });
    await call(emulator(), "POST", "/servers/up/sync");
    const after = await readServer(emulator(), "up");
    assert.equal(after["status"], "error");
    assert.deepEqual(names(after["tools"]), names(good["tools"]));
    assert.equal(after["last_successful_sync"], good["last_successful_sync"]);
  });

  it("asks for the administrator where nobody has signed in", async () => {
    await register(emulator(), "https://crm.harborlane.example/mcp", { auth_type: "oauth" });
    const reply = await call(emulator(), "POST", "/servers/up/sync");
    const { status, error } = object(reply.body["result"]);
    assert.equal(status, "waiting");
    assert.match(String(error), /^The server's authentication failed or was interrupted\./);
  });

  it("goes stale when an upstream no longer takes the sign-in", async () => {
    await register(emulator(), await upstream(always(401, "text/plain", "Expired")), {
      auth_type: "oauth",
    });
    const patch = {
      secret: { kind: "grant", accessToken: "old" },
      authentication_status: "connected",
    };
    emulator().control.write({ server: "up", patch });
    const reply = await call(emulator(), "POST", "/servers/up/sync");
    const { status, error } = object(reply.body["result"]);
    assert.deepEqual([status, error], ["stale", "Authorization failed: needs_reauth"]);
    assert.equal((await readServer(emulator(), "up"))["authentication_status"], "stale");
  });

  it("has no answer for a server that isn't there", async () => {
    assert.equal((await call(emulator(), "POST", "/servers/nope/sync")).status, 404);
  });
});
