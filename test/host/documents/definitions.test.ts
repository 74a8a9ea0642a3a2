import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { DEFINITIONS } from "../../../src/features/documents/definitions.ts";
import { COMMANDS } from "../../../src/manifest.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { until } from "../support/screen.ts";

describe("Open Definition", () => {
  const { account, person } = setUpSuite();
  afterEach(() => run("workbench.action.closeAllEditors"));

  async function open(serverId: string, name: string): Promise<vscode.TextDocument> {
    await run(COMMANDS.openDefinition, account.capability("tool", serverId, name));
    const document = vscode.window.activeTextEditor?.document;
    ok(document);
    return document;
  }

  const tab = (): string | undefined => vscode.window.tabGroups.activeTabGroup.activeTab?.label;

  it("shows the synced definition as JSON, without the overrides set at Cloudflare", async () => {
    const document = await open("observability", "query_metrics");
    const definition: { readonly name: string; readonly description: string } = JSON.parse(
      document.getText(),
    );
    equal(definition.name, "query_metrics");
    ok(definition.description !== "Evaluates a metrics expression.");
    ok("inputSchema" in definition);
    equal(document.languageId, "mcp-definition");
    equal(tab(), "query_metrics.mcp-tool.json");
  });

  it("can't be written", async () => {
    const document = await open("docs", "get_page");
    const before = document.getText();
    await run("type", { text: "x" });
    equal(document.getText(), before);
    equal(document.isDirty, false);
  });

  it("follows syncs while it is open, also when the tool leaves the catalogue", async () => {
    const document = await open("docs", "get_page");
    const tool = { name: "get_page", description: "Another one", inputSchema: { type: "object" } };
    await account.emulator.write({ server: "docs", patch: { tools: [tool] } });
    await run(COMMANDS.refresh);
    await until(
      () => document.getText(),
      (text) => text.includes("Another one"),
    );
    await account.emulator.write({ server: "docs", patch: { tools: [] } });
    await run(COMMANDS.refresh);
    await until(
      () => document.getText(),
      (text) => JSON.parse(text) === "It isn't in the server's catalogue any more.",
    );
  });

  const names: readonly (readonly [name: string, title: string])[] = [
    ["__proto__", "__proto__.mcp-tool.json"],
    ["a/b\\c", "a_b_c.mcp-tool.json"],
    ["50% ? # & é 検索", "50% ? # & é 検索.mcp-tool.json"],
    ["..", "...mcp-tool.json"],
    ["line\nbreak\u202e", "line_break_.mcp-tool.json"],
    ["\ud800", "\ufffd.mcp-tool.json"],
    ["n".repeat(5000), `${"n".repeat(100)}.mcp-tool.json`],
  ];
  for (const [name, title] of names) {
    it(`opens a tool that is called ${JSON.stringify(name.slice(0, 20))}`, async () => {
      const tools = [{ name, description: "Hostile" }];
      await account.emulator.write({ server: "docs", patch: { tools } });
      await run(COMMANDS.refresh);
      deepEqual(JSON.parse((await open("docs", name)).getText()), tools[0]);
      equal(tab(), title);
    });
  }

  it("asks when it comes from the palette", async () => {
    const done = run(COMMANDS.openDefinition);
    await person.choose("get_customer");
    await done;
    equal(tab(), "get_customer.mcp-tool.json");
  });

  it("says that nothing has an address that nobody made", async () => {
    const uri = vscode.Uri.parse("mcp-portals-definition:/a/b/c.json?[1,{}]");
    const document = await vscode.workspace.openTextDocument(uri);
    match(document.getText(), /isn't in the server's catalogue/);
  });

  it("shows JSON that is nested 5,000 deep", () => {
    const inputSchema: unknown = JSON.parse(`${'{"a":['.repeat(5000)}${"]}".repeat(5000)}`);
    const text = DEFINITIONS.textOf({ name: "deep", inputSchema }).replace(/\s/gu, "");
    equal(text.split('{"a":[').length - 1, 5000);
  });
});
