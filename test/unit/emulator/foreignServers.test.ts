import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import {
  call,
  emulatorForAll,
  list,
  names,
  object,
  readServer,
  register,
} from "./support/calling.ts";
import { endPrograms, freePort, startProgram } from "./support/processes.ts";

/** MCP servers by other authors, from npm, each with another release of the protocol's SDK. */
describe("emulator: a sync with an MCP server that others wrote", () => {
  const emulator = emulatorForAll({ seed: "empty" });
  after(endPrograms);

  async function synced(id: string, hostname: string) {
    await register(emulator(), hostname, { id });
    const reply = await call(emulator(), "POST", `/servers/${id}/sync`);
    assert.deepEqual(reply.body, { success: true, result: { status: "ready" } });
    const server = await readServer(emulator(), id);
    for (const tool of list(server["tools"]).map(object)) {
      assert.equal(object(tool["inputSchema"])["type"], "object", String(tool["name"]));
    }
    return server;
  }

  it("reads the reference server with everything", async () => {
    const port = await freePort();
    const program = fileURLToPath(
      import.meta.resolve("@modelcontextprotocol/server-everything/dist/index.js"),
    );
    await startProgram([program, "streamableHttp"], /listening on port/, { PORT: String(port) });
    const server = await synced("everything", `http://127.0.0.1:${port}/mcp`);
    for (const name of ["echo", "get-sum"]) {
      assert(names(server["tools"]).includes(name), name);
    }
    assert(names(server["prompts"]).includes("simple-prompt"));
  });

  it("reads Playwright's server", async () => {
    const program = fileURLToPath(import.meta.resolve("@playwright/mcp/package.json")).replace(
      "package.json",
      "cli.js",
    );
    // It answers only under the name that it prints.
    const [, url] = await startProgram([program, "--port", "0"], /Listening on (http:\S+)/);
    const server = await synced("playwright", `${url}/mcp`);
    const toolNames = names(server["tools"]);
    for (const name of ["browser_navigate", "browser_click"]) {
      assert(toolNames.includes(name), name);
    }
  });

  it("reads Context7's server", async () => {
    const port = await freePort();
    const program = fileURLToPath(import.meta.resolve("@upstash/context7-mcp/dist/index.js"));
    const args = [program, "--transport", "http", "--port", String(port)];
    await startProgram(args, /running on HTTP/, { OTEL_SDK_DISABLED: "true" });
    const server = await synced("context7", `http://127.0.0.1:${port}/mcp`);
    assert(names(server["tools"]).includes("resolve-library-id"));
  });
});
