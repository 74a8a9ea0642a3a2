import { deepEqual, equal, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS } from "../../../src/manifest.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { problems, readTooltip, serverRow, treeOf, until } from "../support/screen.ts";

describe("Syncing", () => {
  const { account } = setUpSuite();

  const descriptionOf = async (label: string): Promise<string | undefined> =>
    (await serverRow(account.exports, label))?.description;
  const idle = "$(cloud) MCP 10, 2 failing";

  it("syncs each server once, and again where Cloudflare says that it can help", async () => {
    await run(COMMANDS.syncAll);
    const posts = (await account.wire()).filter((line) => line.startsWith("POST"));
    const counts = Map.groupBy(posts, (post) => post);
    equal(counts.size, 10);
    deepEqual(
      [...counts.values()].filter((of) => of.length > 1),
      [["POST /servers/wiki/sync", "POST /servers/wiki/sync"]],
    );
    equal(account.exports.status.text, idle);
  });

  it("syncs a server once when it is asked for twice", async () => {
    await account.emulator.set({ servers: { docs: { syncLatency: 300 } } });
    const docs = account.server("docs");
    await Promise.all([run(COMMANDS.syncServer, docs), run(COMMANDS.syncServer, docs)]);
    deepEqual(await account.wire(), ["POST /servers/docs/sync", "GET /servers/docs"]);
  });

  it("shows what it changed on the row", async () => {
    await account.emulator.write({
      server: "browser",
      patch: { tools: [{ name: "old_tool", inputSchema: { type: "object" } }] },
    });
    await run(COMMANDS.refresh);
    await run(COMMANDS.syncServer, account.server("browser"));
    equal(await descriptionOf("Browser"), "8 new, 1 gone · 8 tools");
    await run(COMMANDS.syncServer, account.server("browser"));
    equal(await descriptionOf("Browser"), "8 tools");
  });

  async function syncWithoutEffect(): Promise<void> {
    const { lastSynced } = await stored("browser");
    await account.emulator.set({
      interventions: [
        {
          match: { method: "POST", path: "/browser/sync$" },
          when: "after",
          write: { server: "browser", patch: { last_synced: lastSynced } },
        },
      ],
    });
    await run(COMMANDS.syncServer, account.server("browser"));
  }

  it("says so when Cloudflare reports a success that changed nothing", async () => {
    await syncWithoutEffect();
    equal(await descriptionOf("Browser"), "sync did nothing · 8 tools");
  });

  it("says that manual OAuth has frozen a catalogue, instead of looking healthy", async () => {
    const summary = { auth_mode: "manual", has_client_secret: true, client_secret_version: 1 };
    await account.emulator.write({ server: "browser", patch: { auth_config_summary: summary } });
    await run(COMMANDS.refresh);
    await syncWithoutEffect();
    equal(await descriptionOf("Browser"), "frozen by manual OAuth · 8 tools");
    const row = account.server("browser");
    const item = await account.exports.tree.getTreeItem(row);
    ok(item.iconPath instanceof vscode.ThemeIcon && item.iconPath.id === "warning");
    const tooltip = await readTooltip(account.exports.tree, row);
    ok(tooltip.includes("takes what a server offers once"), tooltip);
    await account.emulator.write({ server: "browser", patch: { auth_config_summary: null } });
    await run(COMMANDS.refresh);
  });

  it("says so when the call itself fails", async () => {
    await account.emulator.set({
      faults: [
        {
          kind: "status",
          match: { method: "POST", path: "/browser/sync$" },
          status: 400,
          code: 7001,
        },
      ],
    });
    await run(COMMANDS.syncServer, account.server("browser"));
    equal(await descriptionOf("Browser"), "sync failed · 8 tools");
  });

  it("can be cancelled, and keeps what has finished", async () => {
    await account.emulator.set({
      servers: { tickets: { syncLatency: 600_000 }, shop: { syncLatency: 600_000 } },
    });
    const done = run(COMMANDS.syncAll);
    await until(
      () => account.exports.status.text,
      (text) => text === "$(sync~spin) MCP syncing 8/10",
    );
    equal(await descriptionOf("Tickets"), "Syncing… · 12 tools");
    await run(COMMANDS.cancelSync);
    await done;
    equal(account.exports.status.text, idle);
    equal(await descriptionOf("Tickets"), "12 tools");
    const tree = await treeOf(account.exports);
    ok(tree.every(({ description }) => !description?.includes("ync…")));
    equal(problems().filter((problem) => problem.includes("health/error")).length, 2);
  });

  async function stored(id: string): Promise<{ readonly lastSynced: unknown }> {
    const { url, accountId, token } = account.emulator;
    const path = `${url}/accounts/${accountId}/access/ai-controls/mcp/servers/${id}`;
    const response = await fetch(path, { headers: { authorization: `Bearer ${token}` } });
    const { result } = (await response.json()) as { result: Record<string, unknown> };
    await account.emulator.clearLog();
    return { lastSynced: result["last_synced"] };
  }
});
