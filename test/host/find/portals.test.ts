import { deepEqual, equal, ok } from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import type * as vscode from "vscode";
import { COMMANDS } from "../../../src/manifest.ts";
import type { PortalTarget } from "../../../src/target.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { portalTreeOf, until } from "../support/screen.ts";

describe("Find and the filter, over portals", () => {
  const suite = setUpSuite({
    afterEach: async () => {
      if (suite.person.listed !== undefined) {
        await suite.person.dismiss();
      }
      await run(COMMANDS.clearFilter);
    },
  });

  const lines = (items: readonly vscode.QuickPickItem[]): readonly string[] =>
    items.map(({ label, description }) => `${label} (${description})`);

  const inPortal = (serverId: string, name: string, portalId = "engineering"): PortalTarget => ({
    kind: "tool",
    accountId: suite.account.emulator.accountId,
    portalId,
    serverId,
    name,
  });

  async function open(): Promise<Thenable<unknown>> {
    const done = run(COMMANDS.find);
    await until(
      () => suite.person.listed,
      (listed) => listed !== undefined,
    );
    return done;
  }

  it("Find says in which portals a tool is on, and under which names", async () => {
    void open();
    deepEqual(lines(await suite.person.search("tickets_get_ticket")), [
      "get_ticket (Tickets · tool · in Engineering, Support)",
    ]);
    deepEqual(lines(await suite.person.search("delete_ticket")), [
      "delete_ticket (Tickets · tool · in Support)",
    ]);
    deepEqual(lines(await suite.person.search("slow")), [
      "slow_requests (Engineering · Observability · tool · find_slow_traces · overridden)",
      "find_slow_traces (Observability · tool · in Engineering as observability_slow_requests)",
    ]);
  });

  it("Find shows the row of the portal whose name for a tool is picked", async () => {
    void open();
    await suite.person.search("slow_req");
    await suite.person.pick("slow_requests");
    await until(
      () => suite.account.exports.portalsView.selection,
      ([row]) =>
        row !== undefined && isDeepStrictEqual(row, inPortal("observability", "find_slow_traces")),
    );
  });

  it("Find leads from a tool to its row in the portal that is chosen", async () => {
    void open();
    await suite.person.search("tickets_get_ticket");
    suite.person.pressItemButton("get_ticket", "Show in Portal");
    await suite.person.choose("Support support-mcp.harborlane.example");
    await until(
      () => suite.account.exports.portalsView.selection,
      ([row]) => row?.kind === "tool" && row.name === "get_ticket" && row.portalId === "support",
    );
  });

  it("the filter leaves what has problems in portals, and says how much that is", async () => {
    const asking = run(COMMANDS.filter);
    const offered = await suite.person.offered();
    equal(offered.at(-1)?.detail, "in portals 3 servers with 2 tools and prompts");
    await suite.person.dismissOffered();
    await asking;
    await run(COMMANDS.filter, undefined, undefined, "problems");
    const portals = await portalTreeOf(suite.account.exports);
    deepEqual(
      portals.map(({ label, children = [] }) => `${label}: ${children.map((row) => row.label)}`),
      ["Engineering: Docs,Observability", "Support: Shop"],
    );
    equal(
      suite.account.exports.portalsView.message,
      "Showing only what has problems: 3 servers with 2 tools and prompts.",
    );
  });

  it("commands of the palette offer tools of portals, and change them there", async () => {
    const done = run(COMMANDS.resetOverrides);
    const offered = lines(await suite.person.offered());
    ok(
      offered.includes(
        "slow_requests (Engineering · Observability · tool · find_slow_traces · overridden)",
      ),
      offered.join("\n"),
    );
    ok(offered.includes("metrics (Observability · tool · query_metrics · overridden)"));
    await suite.person.toggle(
      "slow_requests Engineering · Observability · tool · find_slow_traces · overridden",
    );
    await suite.person.accept();
    await done;
    const { portals } = suite.account.exports;
    const item = await portals.getTreeItem(inPortal("observability", "find_slow_traces"));
    equal(item.label, "find_slow_traces");
    await run(COMMANDS.undo);
  });

  it("the view of portals says when its data is old", async () => {
    const message = () => suite.account.exports.portalsView.message;
    const hang = { kind: "reset", match: { method: "GET", path: "/portals$", count: 0 } } as const;
    await suite.account.emulator.set({ faults: [hang] });
    void run(COMMANDS.refresh);
    const told = await until(message, (words) => words?.startsWith("Cloudflare can't") === true);
    ok(/^Cloudflare can't be reached\. Showing the portals as of .+\.$/u.test(told ?? ""), told);
    await suite.account.emulator.reset();
    await run(COMMANDS.refresh);
    await until(message, (words) => words === "" || words === undefined);
  });
});
