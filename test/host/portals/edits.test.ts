import { deepEqual, equal, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS } from "../../../src/manifest.ts";
import type { PortalTarget, Row } from "../../../src/target.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { portalTreeOf, until } from "../support/screen.ts";

interface Entry {
  readonly name: string;
  readonly enabled?: boolean;
}
interface Sent {
  readonly server_id: string;
  readonly updated_tools: readonly Entry[];
  readonly updated_prompts: readonly Entry[];
}

const WHOLE = { on_behalf: true, default_disabled: false };

describe("Edits in a portal", () => {
  const { account, person } = setUpSuite({ freshEmulator: true });

  const mapping = (portalId: string, serverId: string): PortalTarget & { kind: "mapping" } => ({
    kind: "mapping",
    accountId: account.emulator.accountId,
    portalId,
    serverId,
  });
  const tool = (serverId: string, name: string, portalId = "engineering"): PortalTarget => ({
    ...mapping(portalId, serverId),
    kind: "tool",
    name,
  });

  /** A row as `[x] label (description)`. */
  async function row(node: PortalTarget): Promise<string> {
    const item = await account.exports.portals.getTreeItem(node);
    const box = typeof item.checkboxState === "object" ? item.checkboxState.state : undefined;
    const shown = box === undefined ? "" : box === 1 ? "[x] " : "[ ] ";
    const words = typeof item.description === "string" ? ` (${item.description})` : "";
    return `${shown}${item.label}${words}`;
  }

  /** What the one PUT has sent of a server. What only says that a tool is on is left out. */
  async function sent(serverId: string, portalId = "engineering"): Promise<unknown> {
    const wire = await account.wire();
    const path = `/portals/${portalId}`;
    deepEqual(
      wire.map((line) => line.split(" ").slice(0, 2).join(" ")),
      [`GET ${path}`, `PUT ${path}`, `GET ${path}`],
    );
    const body: unknown = JSON.parse(wire[1]?.slice(`PUT ${path} `.length) ?? "");
    ok(typeof body === "object" && body !== null && "servers" in body);
    ok(Array.isArray(body.servers));
    const found = body.servers.find((each: Sent) => each.server_id === serverId);
    return {
      ...found,
      updated_tools: said(found.updated_tools),
      updated_prompts: said(found.updated_prompts),
    };
  }

  function said(entries: readonly Entry[]): readonly Entry[] {
    return entries
      .map(({ enabled, ...rest }) => ({ ...rest, ...(enabled === false ? { enabled } : {}) }))
      .filter((entry) => Object.keys(entry).length > 1);
  }

  const edit = (command: string, on: Row, text?: string) => run(command, on, undefined, text);

  it("turn a tool off there and nowhere else, with one write that keeps all mappings", async () => {
    await edit(COMMANDS.disable, tool("docs", "get_page"));
    equal(await row(tool("docs", "get_page")), "[ ] get_page");
    deepEqual(await sent("docs"), {
      ...WHOLE,
      server_id: "docs",
      updated_tools: [{ name: "get_page", enabled: false }],
      updated_prompts: [{ name: "draft_release_notes", enabled: false }],
    });
    await run(COMMANDS.refresh);
    equal(await row(tool("docs", "get_page")), "[ ] get_page");
    equal(await row(mapping("engineering", "docs")), "Docs (5 of 7 enabled)");
    const onServer = await account.exports.tree.getTreeItem(
      account.capability("tool", "docs", "get_page"),
    );
    ok(typeof onServer.checkboxState === "object");
    equal(onServer.checkboxState.state, 1);
  });

  it("rename a tool there, show the name, and bring the server's back", async () => {
    await edit(COMMANDS.editAlias, tool("tickets", "log_work"), "book_hours");
    equal(await row(tool("tickets", "log_work")), "[x] book_hours (log_work)");
    deepEqual(await sent("tickets"), {
      ...WHOLE,
      server_id: "tickets",
      updated_tools: [
        { name: "log_work", alias: "book_hours" },
        { name: "delete_ticket", enabled: false },
      ],
      updated_prompts: [],
    });
    await edit(COMMANDS.resetOverrides, tool("tickets", "log_work"));
    equal(await row(tool("tickets", "log_work")), "[x] log_work");
  });

  it("describe a tool there, in words that clients of this portal see", async () => {
    await edit(COMMANDS.editDescription, tool("docs", "search_docs"), "Searches our handbook.");
    deepEqual(await sent("docs"), {
      ...WHOLE,
      server_id: "docs",
      updated_tools: [{ name: "search_docs", description: "Searches our handbook." }],
      updated_prompts: [{ name: "draft_release_notes", enabled: false }],
    });
  });

  it("describe a tool in the document, where its text can have several lines", async () => {
    const node = tool("docs", "search_docs");
    const done = run(COMMANDS.editDescription, node);
    await person.pressButton("Edit in the Document");
    await done;
    const editor = vscode.window.activeTextEditor;
    ok(editor !== undefined);
    ok(editor.document.uri.path.endsWith("/portals/engineering.mcp-portal.json"));
    equal(editor.document.isDirty, true);
    const { description } = JSON.parse(editor.document.getText()).servers.docs.tools.search_docs;
    equal(editor.document.getText(editor.selection), description);
    // The server's own text is no override, so saving it writes nothing.
    await account.wire();
    await editor.document.save();
    deepEqual(await account.puts(), []);
    await run("workbench.action.closeAllEditors");
  });

  it("refuse an alias that another tool has there, be it by the portal or by the server", async () => {
    await edit(COMMANDS.editAlias, tool("observability", "get_trace"), "slow_requests");
    ok(await person.message(/"slow_requests" is already the alias of find_slow_traces/u));
    await edit(COMMANDS.editAlias, tool("observability", "get_trace"), "metrics");
    ok(await person.message(/"metrics" is already the alias of query_metrics/u));
    deepEqual(await account.wire(), []);
  });

  it("turn off all of a server, in an allowlist too, with one write", async () => {
    await edit(COMMANDS.disable, mapping("support", "shop"));
    equal(await row(mapping("support", "shop")), "Shop (0 of 9 enabled · new tools off)");
    equal((await account.puts()).length, 1);
    await run(COMMANDS.undo);
    equal(await row(mapping("support", "shop")), "Shop (3 of 9 enabled · new tools off)");
  });

  it("say once what a write lost because its tool is gone", async () => {
    await edit(COMMANDS.disable, tool("observability", "get_trace"));
    const told = await person.message(/overrides of tools and prompts that are gone/u);
    equal(
      told.text,
      'Engineering: Cloudflare takes no overrides of tools and prompts that are gone, so this save removed alias of export_traces: "download_traces".',
    );
    await account.wire();
    await edit(COMMANDS.enable, tool("observability", "get_trace"));
    equal(person.messages.length, 0);
  });

  it("turn on what the server has off only there, after asking", async () => {
    const node = tool("observability", "delete_dashboard");
    equal(await row(node), "[ ] delete_dashboard (Disabled on the server)");
    const done = edit(COMMANDS.enable, node);
    const asked = await person.message(/is disabled on the server/u);
    deepEqual(asked.buttons, ["Enable on the Server"]);
    deepEqual(await account.wire(), []);
    asked.press("Enable on the Server");
    await done;
    equal(await row(node), "[x] delete_dashboard");
    deepEqual(
      (await account.puts()).map((line) => line.split(" ")[1]),
      ["/servers/observability"],
    );
  });

  it("say of a tool that is gone from the portal that nothing was changed", async () => {
    await account.emulator.clearLog();
    await edit(COMMANDS.disable, tool("docs", "vanished"));
    await person.message(/^vanished is no longer in its portal/u);
    deepEqual(await account.wire(), []);
  });

  it("keep what somebody else has changed of another server of the portal", async () => {
    const path = "/portals/engineering";
    const theirs = {
      servers: [
        { ...WHOLE, server_id: "docs", updated_tools: [], updated_prompts: [] },
        {
          ...WHOLE,
          server_id: "tickets",
          updated_tools: [{ name: "log_work", alias: "theirs" }],
          updated_prompts: [],
        },
      ],
    };
    const root = account.emulator.url;
    const url = `${root}/accounts/${account.emulator.accountId}/access/ai-controls/mcp${path}`;
    const answer = await fetch(url, {
      method: "PUT",
      headers: {
        authorization: `Bearer ${account.emulator.token}`,
        "content-type": "application/json",
      },
      body: JSON.stringify(theirs),
    });
    equal(answer.status, 200);
    await account.emulator.clearLog();
    await edit(COMMANDS.disable, tool("docs", "get_page"));
    await until(
      () => row(tool("tickets", "log_work")),
      (shown) => shown === "[x] theirs (log_work)",
    );
    equal(await row(tool("docs", "get_page")), "[ ] get_page");
  });

  it("are all taken back by undo, step by step", async () => {
    // The row of the portal goes on telling that users have to reconnect.
    const rows = async () => (await portalTreeOf(account.exports)).map(({ children }) => children);
    const before = await rows();
    await edit(COMMANDS.disable, tool("docs", "get_page"));
    await edit(COMMANDS.editAlias, tool("docs", "search_docs"), "find");
    await run(COMMANDS.undo);
    equal(await row(tool("docs", "search_docs")), "[x] search_docs");
    equal(await row(tool("docs", "get_page")), "[ ] get_page");
    await run(COMMANDS.undo);
    deepEqual(await rows(), before);
  });
});
