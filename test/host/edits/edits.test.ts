import { deepEqual, equal, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS } from "../../../src/manifest.ts";
import type { Target } from "../../../src/target.ts";
import { setUpSuite } from "../support/fixture.ts";
import type { Message } from "../support/messages.ts";
import { run } from "../support/run.ts";
import { serverRow, until } from "../support/screen.ts";
import { storedServer } from "../support/stored.ts";

describe("Edits", () => {
  const suite = setUpSuite();

  const tool = (serverId: string, name: string): Target =>
    suite.account.capability("tool", serverId, name);
  const overrides = async (serverId: string): Promise<unknown> =>
    (await storedServer(suite.account.emulator, serverId))["updated_tools"];
  const theirs = (server: string, ...entries: readonly object[]): Promise<void> =>
    suite.account.emulator.write({ server, patch: { updated_tools: entries } });

  it("keep what somebody else changed meanwhile on another tool", async () => {
    await theirs("tickets", { name: "create_ticket", enabled: false });
    await run(COMMANDS.editAlias, tool("tickets", "search_tickets"), [], "find");
    deepEqual(await suite.account.puts(), [
      `PUT /servers/tickets ${JSON.stringify({
        updated_tools: [
          { name: "search_tickets", alias: "find" },
          { name: "create_ticket", enabled: false },
        ],
      })}`,
    ]);
  });

  it("ask where both changed the same field, and save nothing until the person has picked", async () => {
    await theirs("tickets", { name: "search_tickets", alias: "theirs" });
    await run(COMMANDS.editAlias, tool("tickets", "search_tickets"), [], "mine");
    deepEqual(await suite.account.puts(), []);
    const told = await suite.person.message(/alias of search_tickets/);
    equal(
      told.text,
      'Tickets: alias of search_tickets has become "theirs" meanwhile; yours is "mine".',
    );
    deepEqual(told.buttons, ["Use Mine", "Keep Theirs"]);
    await pressToWrite(told, "Use Mine");
    await until(
      () => overrides("tickets"),
      (seen) => JSON.stringify(seen) === '[{"name":"search_tickets","alias":"mine"}]',
    );
  });

  it("that Cloudflare refuses are taken back on screen, and stay in Problems until they are fixed", async () => {
    await run(COMMANDS.editAlias, tool("tickets", "search_tickets"), [], "mine");
    const body = JSON.stringify({
      success: false,
      errors: [{ code: 7001, message: "Too silly", path: ["body", "updated_tools", 0, "alias"] }],
      result: {},
    });
    await suite.account.emulator.set({
      faults: [{ kind: "body", status: 400, body, match: { method: "PUT" } }],
    });
    await run(COMMANDS.editAlias, tool("tickets", "search_tickets"), [], "other");
    const told = await suite.person.message(/wasn't saved/);
    ok(told.text.includes("alias of search_tickets"), told.text);
    equal((await rowOf("Tickets", "search_tickets"))?.label, "mine");
    deepEqual(refused(), ["tickets.mcp-server.json: api/7001 Too silly"]);
    deepEqual(told.buttons, ["Show Problems"]);
    await run(COMMANDS.editAlias, tool("tickets", "search_tickets"), [], "other");
    await until(
      () => rowOf("Tickets", "search_tickets"),
      (row) => row?.label === "other",
    );
    await until(refused, (left) => left.length === 0);
  });

  it("say what Cloudflare ignored, and show what Cloudflare has", async () => {
    await suite.account.emulator.set({ all: { ignoreFields: ["updated_tools.alias"] } });
    await run(COMMANDS.editAlias, tool("docs", "get_page"), [], "page");
    const told = await suite.person.message(/didn't set/);
    equal(told.text, 'Docs: Cloudflare didn\'t set alias of get_page to "page"; it is nothing.');
    equal((await rowOf("Docs", "get_page"))?.label, "get_page");
  });

  it("whose answer is lost count as saved when Cloudflare has them", async () => {
    await suite.account.emulator.set({
      faults: [{ kind: "reset", applied: true, match: { method: "PUT" } }],
    });
    await run(COMMANDS.editAlias, tool("docs", "get_page"), [], "page");
    equal((await rowOf("Docs", "get_page"))?.label, "page");
    deepEqual(suite.person.messages, []);
  });

  it("that somebody else overwrites are reported once, with Apply Again", async () => {
    await run(COMMANDS.editAlias, tool("docs", "get_page"), [], "page");
    await theirs("docs");
    await run(COMMANDS.refresh);
    const told = await suite.person.message(/changed to/);
    equal(
      told.text,
      'Docs: alias of get_page, which you saved as "page", has been changed to nothing elsewhere.',
    );
    await pressToWrite(told, "Apply Again");
    await until(
      () => rowOf("Docs", "get_page"),
      (row) => row?.label === "page",
    );
    await run(COMMANDS.refresh);
    deepEqual(suite.person.messages, []);
    await run(COMMANDS.undo);
    equal((await rowOf("Docs", "get_page"))?.label, "get_page");
  });

  it("are undone step by step, but not over somebody's newer change", async () => {
    await run(COMMANDS.editAlias, tool("docs", "get_page"), [], "page");
    await run(COMMANDS.undo);
    equal((await rowOf("Docs", "get_page"))?.label, "get_page");
    await run(COMMANDS.editAlias, tool("docs", "get_page"), [], "first");
    await run(COMMANDS.editAlias, tool("docs", "get_page"), [], "second");
    await theirs("docs", { name: "get_page", alias: "theirs" });
    await run(COMMANDS.undo);
    const told = await suite.person.message(/wasn't set back/);
    equal(
      told.text,
      'Docs: alias of get_page has been changed to "theirs" since, so it wasn\'t set back to "first".',
    );
    deepEqual(told.buttons, ["Undo Anyway", "Keep Theirs"]);
    equal((await rowOf("Docs", "get_page"))?.label, "theirs");
    told.press("Keep Theirs");
  });

  it("of a selection over several servers are one write a server and one step to undo", async () => {
    const selection = [suite.account.server("browser"), tool("tickets", "search_tickets")];
    await run(COMMANDS.disable, selection[0], selection);
    equal((await suite.account.puts()).length, 2);
    equal((await serverRow(suite.account.exports, "Browser"))?.description, "0 of 8 enabled");
    await run(COMMANDS.undo);
    equal((await suite.account.puts()).length, 2);
    equal((await serverRow(suite.account.exports, "Browser"))?.description, "8 tools");
    deepEqual(await overrides("browser"), []);
  });

  it("of many servers that fail are reported in one message, with their number", async () => {
    const match = { method: "PUT", path: "/(docs|shop)$", count: 2 };
    await suite.account.emulator.set({ faults: [{ kind: "status", status: 503, match }] });
    const servers = ["browser", "docs", "shop", "tickets", "observability"];
    const selection = servers.map((id) => suite.account.server(id));
    await run(COMMANDS.disable, selection[0], selection);
    const told = await suite.person.message(/weren't saved in full/);
    ok(told.text.startsWith("2 of 5 servers"), told.text);
    deepEqual(suite.person.messages, []);
    equal((await suite.account.puts()).length, 5);
    equal((await serverRow(suite.account.exports, "Docs"))?.description, "4 tools, 3 prompts");
    told.press("Try Again");
    await until(
      () => serverRow(suite.account.exports, "Docs"),
      (row) => row?.description === "0 of 7 enabled",
    );
    await run(COMMANDS.enable, selection[0], selection);
  });

  it("of a server's name and description go through the same way", async () => {
    await run(COMMANDS.editServer, suite.account.server("browser"), [], "Web Browser\nOpens pages");
    deepEqual(await suite.account.puts(), [
      'PUT /servers/browser {"name":"Web Browser","description":"Opens pages"}',
    ]);
    await run(COMMANDS.undo);
    ok(await serverRow(suite.account.exports, "Browser"));
  });

  it("of a description to the upstream's own text remove the override", async () => {
    await theirs("docs", { name: "get_page", alias: "theirs" });
    await run(COMMANDS.editDescription, tool("docs", "get_page"), [], "Fetch a page");
    ok((await suite.account.puts())[0]?.includes('"description":"Fetch a page"'));
    await run(COMMANDS.editDescription, tool("docs", "get_page"), [], "");
    const [put] = await suite.account.puts();
    ok(put !== undefined && !put.includes("description"), put);
  });

  it("copy the name under which clients see a tool", async () => {
    await theirs("docs", { name: "get_page", alias: "theirs" });
    await run(COMMANDS.refresh);
    await run(COMMANDS.copyExposedName, tool("docs", "get_page"));
    equal(await vscode.env.clipboard.readText(), "docs_theirs");
  });

  /** Presses a button that writes. Resolves when the written values have been read back. */
  async function pressToWrite(told: Message, button: string): Promise<void> {
    await suite.account.emulator.clearLog();
    told.press(button);
    await until(
      async () => (await suite.account.emulator.log()).map(({ method }) => method),
      (methods) => methods.slice(-2).join() === "PUT,GET",
    );
  }

  async function rowOf(server: string, name: string) {
    const row = await serverRow(suite.account.exports, server);
    return row?.children
      ?.flatMap(({ children }) => children ?? [])
      .find(({ label, description }) => label === name || description === name);
  }
});

/** The problems of a refused write. */
function refused(): readonly string[] {
  return vscode.languages.getDiagnostics().flatMap(([uri, diagnostics]) =>
    diagnostics.flatMap(({ source, code, message }) => {
      const id = typeof code === "object" ? code.value : code;
      return source === "MCP Portals" && String(id).startsWith("api/")
        ? [`${uri.path.split("/").at(-1)}: ${id} ${message}`]
        : [];
    }),
  );
}
