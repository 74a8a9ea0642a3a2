import { deepEqual, equal, match, ok } from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import type * as vscode from "vscode";
import { COMMANDS } from "../../../src/manifest.ts";
import type { PortalTarget } from "../../../src/target.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { portalTreeOf, type Row, readTooltip, until } from "../support/screen.ts";

describe("The portals in the side bar", () => {
  const { account } = setUpSuite();

  const portal = (portalId: string): PortalTarget & { kind: "portal" } => ({
    kind: "portal",
    accountId: account.emulator.accountId,
    portalId,
  });
  const mapped = (name: string): PortalTarget => ({
    ...portal("engineering"),
    kind: "tool",
    serverId: "observability",
    name,
  });

  async function item(node: PortalTarget): Promise<vscode.TreeItem> {
    return account.exports.portals.getTreeItem(node);
  }

  function tooltip(node: PortalTarget): Promise<string> {
    return readTooltip(account.exports.portals, node);
  }

  /** The tree down to the servers. */
  async function servers(): Promise<readonly string[]> {
    const line = ({ label, description }: Row) => `${label} (${description})`;
    const rows = await portalTreeOf(account.exports);
    return rows.flatMap((row) => [line(row), ...(row.children ?? []).map((m) => `  ${line(m)}`)]);
  }

  it("stand with their servers, by name, and what is on in each", async () => {
    deepEqual(await servers(), [
      "Engineering (mcp.harborlane.example)",
      "  Docs (6 of 7 enabled)",
      "  Observability (10 of 12 enabled)",
      "  Tickets (11 of 12 enabled)",
      "Support (support-mcp.harborlane.example)",
      "  Shop (3 of 9 enabled · new tools off)",
      "  Tickets (12 tools)",
    ]);
  });

  it("say how often their tools were called, asked of Cloudflare once and only by a tooltip", async () => {
    const asked = async () =>
      (await account.wire()).filter((line) => line.includes("/analytics/")).length;
    equal(await asked(), 0);
    match(
      await tooltip(portal("engineering")),
      /Tool calls: [\d.,]+ in the last 7 days, [\d.,]+ in/,
    );
    equal(await asked(), 1);
    await tooltip(portal("engineering"));
    equal(await asked(), 0);
  });

  it("show each tool as the portal exposes it, in catalogue order", async () => {
    const rows = await portalTreeOf(account.exports, portal("engineering"));
    const observability = rows.find(({ label }) => label === "Observability");
    const [tools, prompts] = observability?.children ?? [];
    deepEqual(
      tools?.children?.map(
        ({ label, checked, description = "" }) =>
          `[${checked ? "x" : " "}] ${label} (${description})`,
      ),
      [
        "[x] metrics (query_metrics)",
        "[x] logs (query_logs)",
        "[x] get_trace ()",
        "[x] slow_requests (find_slow_traces)",
        "[x] list_alerts ()",
        "[ ] silence_alert ()",
        "[x] list_dashboards ()",
        "[x] render_panel ()",
        "[x] list_incidents ()",
        "[x] declare_incident ()",
        "[ ] delete_dashboard (Disabled on the server)",
      ],
    );
    deepEqual(prompts, {
      label: "Prompts",
      description: "1",
      children: [{ label: "summarize_incident", checked: true }],
    });
  });

  it("tell with each value the layer that it comes from", async () => {
    const renamed = await tooltip(mapped("find_slow_traces"));
    for (const part of [
      "observability_slow_requests",
      "Name: slow_requests (from the portal)",
      "Name on the server: find_slow_traces",
      "Name at the upstream: find_slow_traces",
    ]) {
      ok(renamed.includes(part), `${part} isn't in ${renamed}`);
    }
    const described = await tooltip(mapped("query_logs"));
    for (const part of ["Name: logs (from the server)", "Description: from the portal"]) {
      ok(described.includes(part), `${part} isn't in ${described}`);
    }
  });

  it("say what is wrong with a portal in the place of its host", async () => {
    const broken = { status: "error", error: "The upstream answered 503" };
    await account.emulator.write({ server: "docs", patch: broken });
    await run(COMMANDS.refresh);
    const { description, accessibilityInformation } = await item(portal("engineering"));
    equal(description, "Docs: Error");
    equal(accessibilityInformation?.label, "Engineering, portal, Docs: Error, 2 errors, 1 warning");
    equal((await servers())[1], "  Docs (Error · 6 of 7 enabled)");
    await run(COMMANDS.syncServer, account.server("docs"));
    // The sync has brought another description of a tool.
    match(
      String((await item(portal("engineering"))).description),
      /^mcp\.harborlane\.example · reconnect since /u,
    );
  });

  it("leave out with a filter what it leaves out of the servers, and say so", async () => {
    await run(COMMANDS.filter, undefined, undefined, "overridden");
    deepEqual((await servers()).map(withoutReconnect), [
      "Engineering (mcp.harborlane.example)",
      "  Observability (10 of 12 enabled · 2 shown)",
      "Support (support-mcp.harborlane.example)",
      "  Shop (3 of 9 enabled · new tools off · 2 shown)",
    ]);
    await run(COMMANDS.clearFilter);
    equal((await servers()).length, 7);
  });

  it("draw one row, and the counts above it, when another administrator switches a tool", async () => {
    // The portals have heard of the last sync too.
    await run(COMMANDS.refresh);
    const docs = { ...portal("engineering"), kind: "mapping", serverId: "docs" };
    const fired: unknown[] = [];
    const listener = account.exports.portals.onDidChangeTreeData?.((nodes) => {
      // VS Code draws the row of Docs once more when it stops saying what the last test's sync brought.
      if (!isDeepStrictEqual(nodes, [docs])) {
        fired.push(nodes);
      }
    });
    const { accountId } = account.emulator;
    await account.emulator.write({
      server: "tickets",
      patch: { updated_tools: [{ name: "log_work", enabled: false }] },
    });
    await run(COMMANDS.refresh);
    await until(
      () => fired,
      (events) => events.length > 0,
    );
    const row = { kind: "tool", accountId, serverId: "tickets", name: "log_work" };
    deepEqual(fired[0], [
      { ...row, portalId: "engineering" },
      { ...row, portalId: "support" },
    ]);
    listener?.dispose();
  });
});

function withoutReconnect(row: string): string {
  return row.replace(/ · reconnect since [^)]*/u, "");
}
