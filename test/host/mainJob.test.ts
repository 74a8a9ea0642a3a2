import { deepEqual, equal, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS } from "../../src/manifest.ts";
import { setUpSuite } from "./support/fixture.ts";
import { run } from "./support/run.ts";
import { problems, serverRow, treeOf, until } from "./support/screen.ts";

describe("The main job", () => {
  const { account } = setUpSuite();

  it("lists every server with its state and what is enabled", async () => {
    const tree = await treeOf(account.exports);
    deepEqual(
      tree.map(({ label, description }) => `${label}: ${description}`),
      [
        "Back Office: 140 tools",
        "Browser: 8 tools",
        "Calendar: Sync required · 6 tools, 2 prompts",
        "CRM: Waiting for authentication",
        "Database: Error · 7 tools",
        "Docs: 4 tools, 3 prompts",
        "Observability: 11 of 12 enabled",
        "Shop: 8 of 9 enabled",
        "Tickets: 12 tools",
        "Wiki: Error",
      ],
    );
  });

  it("shows tools and prompts with aliases, originals and checkboxes", async () => {
    deepEqual(await serverRow(account.exports, "Observability"), {
      label: "Observability",
      description: "11 of 12 enabled",
      children: [
        {
          label: "Tools",
          description: "10 of 11 enabled",
          children: [
            { label: "metrics", description: "query_metrics", checked: true },
            { label: "logs", description: "query_logs", checked: true },
            { label: "get_trace", checked: true },
            { label: "find_slow_traces", checked: true },
            { label: "list_alerts", checked: true },
            { label: "silence_alert", checked: true },
            { label: "list_dashboards", checked: true },
            { label: "render_panel", checked: true },
            { label: "list_incidents", checked: true },
            { label: "declare_incident", checked: true },
            { label: "delete_dashboard", checked: false },
          ],
        },
        {
          label: "Prompts",
          description: "1",
          children: [{ label: "summarize_incident", checked: true }],
        },
      ],
    });
  });

  it("says how many servers there are and how many fail", () =>
    equal(account.exports.status.text, "$(cloud) MCP 10, 2 failing"));

  it("reports what is wrong in Problems, in the document, as sentences", () => {
    const found = problems();
    const database = found.find((problem) =>
      problem.startsWith("database.mcp-server.json:2 Error"),
    );
    deepEqual(
      found.map((problem) => problem.replace(/: .*/su, "")),
      [
        "back-office.mcp-server.json:2 Information portal/unused-server",
        "back-office.mcp-server.json:2 Warning count/over-128",
        "browser.mcp-server.json:10 Error security/concealment",
        "browser.mcp-server.json:10 Error security/concealment",
        "browser.mcp-server.json:10 Error security/concealment",
        "browser.mcp-server.json:10 Error security/exfiltration",
        "browser.mcp-server.json:11 Error security/hidden-characters",
        "browser.mcp-server.json:11 Error security/hidden-characters",
        "browser.mcp-server.json:13 Error security/hidden-characters",
        "browser.mcp-server.json:13 Error security/hidden-characters",
        "browser.mcp-server.json:2 Information portal/unused-server",
        "browser.mcp-server.json:8 Error security/hidden-characters",
        "calendar.mcp-server.json:2 Information portal/unused-server",
        "calendar.mcp-server.json:2 Warning health/stale",
        "crm.mcp-server.json:2 Information health/waiting",
        "crm.mcp-server.json:2 Information portal/unused-server",
        "database.mcp-server.json:2 Error health/error",
        "database.mcp-server.json:2 Information portal/unused-server",
        "engineering.mcp-portal.json:38 Warning portal/orphan-override",
        "engineering.mcp-portal.json:8 Error reach/no-policy",
        "observability.mcp-server.json:13 Error schema/draft",
        "shop.mcp-server.json:16 Warning config/orphan-override",
        "shop.mcp-server.json:7 Error name/alias-duplicate",
        "wiki.mcp-server.json:2 Error health/error",
        "wiki.mcp-server.json:2 Information portal/unused-server",
      ],
    );
    ok(
      database?.endsWith(
        "The upstream refused the credential (401). The fault is at the upstream's end. Syncing again won't help until that is fixed.\nIn Cloudflare's words: The upstream answered 401 Unauthorized · The access token is not valid",
      ),
      database,
    );
  });

  it("saves an alias by reading the server, writing the whole array and reading it back", async () => {
    const target = account.capability("tool", "observability", "get_trace");
    await run(COMMANDS.editAlias, target, [], "trace");
    deepEqual(await account.wire(), [
      "GET /servers/observability",
      `PUT /servers/observability ${JSON.stringify({
        updated_tools: [
          { name: "query_metrics", alias: "metrics", description: await metricsDescription() },
          { name: "query_logs", alias: "logs" },
          { name: "get_trace", alias: "trace" },
          { name: "delete_dashboard", enabled: false },
        ],
      })}`,
      "GET /servers/observability",
    ]);
    const row = await serverRow(account.exports, "Observability");
    deepEqual(row?.children?.[0]?.children?.[2], {
      label: "trace",
      description: "get_trace",
      checked: true,
    });
  });

  it("removes an alias with an empty text", async () => {
    const target = account.capability("tool", "observability", "get_trace");
    await run(COMMANDS.editAlias, target, [], "");
    const [, put] = await account.wire();
    ok(put !== undefined && !put.includes("get_trace"), put);
    const row = await serverRow(account.exports, "Observability");
    deepEqual(row?.children?.[0]?.children?.[2], { label: "get_trace", checked: true });
  });

  it("renames a prompt too", async () => {
    await run(COMMANDS.editAlias, account.capability("prompt", "docs", "explain_page"), [], "why");
    const [, put] = await account.wire();
    ok(put?.includes('{"name":"explain_page","alias":"why"}'), put);
  });

  it("refuses an invalid alias, and sends nothing", async () => {
    const target = account.capability("tool", "docs", "get_page");
    for (const alias of ["two words", "a".repeat(41), "search_docs", "why"]) {
      await run(COMMANDS.editAlias, target, [], alias);
    }
    deepEqual(await account.wire(), []);
  });

  it("disables and enables a selection with one write a server", async () => {
    const selection = [
      account.capability("tool", "tickets", "create_ticket"),
      account.capability("tool", "docs", "get_page"),
      account.capability("prompt", "docs", "draft_release_notes"),
    ];
    await run(COMMANDS.disable, selection[0], selection);
    const puts = (await account.puts()).toSorted();
    equal(puts.length, 2);
    ok(puts[0]?.startsWith("PUT /servers/docs"), puts[0]);
    ok(puts[0]?.includes('{"name":"get_page","enabled":false}'), puts[0]);
    ok(puts[0]?.includes('{"name":"draft_release_notes","enabled":false}'), puts[0]);
    equal((await serverRow(account.exports, "Docs"))?.description, "5 of 7 enabled");
    await run(COMMANDS.enable, selection[0], selection);
    equal((await serverRow(account.exports, "Docs"))?.description, "4 tools, 3 prompts");
    await account.wire();
  });

  it("resets a tool to the server's definition and leaves it disabled or enabled", async () => {
    const target = account.capability("prompt", "docs", "explain_page");
    await run(COMMANDS.disable, target);
    await run(COMMANDS.resetOverrides, target);
    const put = (await account.puts()).at(-1);
    ok(put?.includes('{"name":"explain_page","enabled":false}'), put);
  });

  it("syncs one server, reads it, and says so in the row and the status bar meanwhile", async () => {
    await account.emulator.set({ all: { syncLatency: 500 } });
    const done = run(COMMANDS.syncServer, account.server("tickets"));
    await until(
      () => serverRow(account.exports, "Tickets"),
      (row) => row?.description === "Syncing… · 12 tools",
    );
    equal(account.exports.status.text, "$(sync~spin) MCP syncing 0/1");
    await done;
    await account.emulator.reset();
    deepEqual(await account.wire(), ["POST /servers/tickets/sync", "GET /servers/tickets"]);
    equal((await serverRow(account.exports, "Tickets"))?.description, "12 tools");
    equal(account.exports.status.text, "$(cloud) MCP 10, 2 failing");
  });

  it("opens a server's document at the tool, read-only and in its own language", async () => {
    const target = account.capability("tool", "observability", "get_trace");
    await run(COMMANDS.openAtCapability, target);
    const editor = vscode.window.activeTextEditor;
    equal(editor?.document.languageId, "mcp-server");
    ok(editor?.document.lineAt(editor.selection.active.line).text.includes('"get_trace"'));
    ok(editor?.document.uri.path.endsWith("/servers/observability.mcp-server.json"));
    await run("workbench.action.closeAllEditors");
  });

  async function metricsDescription(): Promise<unknown> {
    const path = `${account.emulator.url}/accounts/${account.emulator.accountId}/access/ai-controls/mcp/servers/observability`;
    const response = await fetch(path, {
      headers: { authorization: `Bearer ${account.emulator.token}` },
    });
    await account.emulator.clearLog();
    const body = (await response.json()) as {
      result: { updated_tools: { name: string; description?: string }[] };
    };
    return body.result.updated_tools.find(({ name }) => name === "query_metrics")?.description;
  }
});
