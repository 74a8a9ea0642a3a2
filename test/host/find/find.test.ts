import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS } from "../../../src/manifest.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { until } from "../support/screen.ts";

describe("Find Tool or Prompt", () => {
  const suite = setUpSuite({
    afterEach: async () => {
      if (suite.person.listed !== undefined) {
        await suite.person.dismiss();
      }
      await done;
    },
  });
  let done: Thenable<unknown>;
  beforeEach(async () => {
    done = run(COMMANDS.find);
    await until(
      () => suite.person.listed,
      (listed) => listed !== undefined,
    );
  });

  const lines = (
    items: readonly vscode.QuickPickItem[] = suite.person.listed ?? [],
  ): readonly string[] => items.map(({ label, description }) => `${label} (${description})`);

  it("lists the first results, says how many there are, and asks to keep typing", () => {
    equal(suite.person.listed?.length, 100);
    equal(suite.person.title, "Find Tool or Prompt: 100 of 205, keep typing");
  });

  it("finds across servers, best first, with each state as text", async () => {
    deepEqual(lines(await suite.person.search("metrics")), [
      "metrics (Observability · tool · query_metrics · overridden · in Engineering)",
    ]);
    deepEqual(lines(await suite.person.search("database runq")), [
      "run_query (Database (Error) · tool)",
    ]);
    deepEqual(lines(await suite.person.search("delete_dash")), [
      "delete_dashboard (Observability · tool · disabled)",
    ]);
    deepEqual(lines(await suite.person.search("shop_find_product")).slice(0, 1), [
      "find_product (Shop · tool · search_products · overridden · 1 error)",
    ]);
    equal(suite.person.title, "Find Tool or Prompt");
  });

  it("keeps its own order instead of VS Code's", async () => {
    await suite.person.search("ord");
    await until(
      () => suite.person.active?.label,
      (label) => label === "get_order",
    );
  });

  it("shows where the description speaks of what was looked for", async () => {
    const [found] = await suite.person.search("expression");
    match(found?.detail ?? "", /metrics expression/);
  });

  it("selects what is picked in the tree", async () => {
    await suite.person.search("summarize_incident");
    await suite.person.pick("summarize_incident");
    await done;
    deepEqual(
      await until(
        () => suite.account.exports.view.selection,
        ([row]) => row?.kind === "prompt",
      ),
      [suite.account.capability("prompt", "observability", "summarize_incident")],
    );
  });

  it("stays open when a button is pressed, and shows the result", async () => {
    await suite.person.search("create_ticket");
    suite.person.pressItemButton("create_ticket", "Disable");
    await until(lines, ([line]) => line === "create_ticket (Tickets · tool · disabled)");
    suite.person.pressItemButton("create_ticket", "Enable");
    await until(
      lines,
      ([line]) => line === "create_ticket (Tickets · tool · in Engineering, Support)",
    );
    suite.person.pressItemButton("create_ticket", "Copy Exposed Name");
    await until(
      async () => vscode.env.clipboard.readText(),
      (text) => text === "tickets_create_ticket",
    );
    suite.person.pressItemButton("create_ticket", "Open Server Document");
    await until(
      () => vscode.window.activeTextEditor?.document.uri.path,
      (path) => path?.endsWith("/tickets.mcp-server.json") === true,
    );
    ok(suite.person.listed);
    await run("workbench.action.closeAllEditors");
  });

  it("follows what changes elsewhere meanwhile", async () => {
    await suite.person.search("log_work");
    await suite.account.emulator.write({
      server: "tickets",
      patch: { updated_tools: [{ name: "log_work", enabled: false }] },
    });
    await run(COMMANDS.refresh);
    await until(lines, ([line]) => line === "log_work (Tickets · tool · disabled)");
  });

  it("shows names that look like icons and links as text", async () => {
    const alias = "$(trash) [x](command:mcpPortals.signOut)";
    await suite.account.emulator.write({
      server: "docs",
      patch: { updated_tools: [{ name: "get_page", alias }] },
    });
    await run(COMMANDS.refresh);
    const [found] = await suite.person.search("$(trash)");
    equal(found?.label, "$\u2060(trash) [x]\u2060(command:mcpPortals.signOut)");
  });
});
