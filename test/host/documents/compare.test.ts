import { deepEqual, equal, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS, COMPARED_SCHEME } from "../../../src/manifest.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { until } from "../support/screen.ts";

describe("Comparing servers and portals", () => {
  const { account, person } = setUpSuite({
    freshEmulator: true,
    afterEach: () => vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor"),
  });

  async function diff(): Promise<vscode.TabInputTextDiff> {
    const input = await until(
      () => vscode.window.tabGroups.activeTabGroup.activeTab?.input,
      (shown) => shown instanceof vscode.TabInputTextDiff,
    );
    ok(input instanceof vscode.TabInputTextDiff);
    return input;
  }

  it("shows the other one on the left, read-only, and the document to save on the right", async () => {
    const done = run(COMMANDS.compareWith, account.server("docs"));
    ok((await person.offered()).every(({ label }) => label !== "Docs"));
    await person.choose("Shop");
    await done;
    const { original, modified } = await diff();
    deepEqual(
      [original.scheme, original.path.split("/").at(-1), modified.path.split("/").at(-1)],
      [COMPARED_SCHEME, "shop.mcp-server.json", "docs.mcp-server.json"],
    );
    equal(vscode.window.tabGroups.activeTabGroup.activeTab?.label, "Shop ↔ Docs");
    const left = await vscode.workspace.openTextDocument(original);
    ok(left.getText().includes('"name": "Shop"'));
    const right = await vscode.workspace.openTextDocument(modified);
    const edit = new vscode.WorkspaceEdit();
    const at = right.getText().indexOf('"name": "Docs"');
    const line = right.lineAt(right.positionAt(at).line);
    edit.replace(modified, line.range, '  "name": "Shop",');
    await vscode.workspace.applyEdit(edit);
    await right.save();
    deepEqual(await account.putBodies(), [{ name: "Shop" }]);
  });

  it("carries a line over from one portal to another, in one write", async () => {
    const row = { kind: "portal", accountId: account.emulator.accountId, portalId: "engineering" };
    const done = run(COMMANDS.compareWith, row);
    deepEqual(
      (await person.offered()).map(({ label }) => label),
      ["Support"],
    );
    await person.choose("Support");
    await done;
    const { original, modified } = await diff();
    deepEqual(
      [original, modified].map(({ path }) => path.split("/").at(-1)),
      ["support.mcp-portal.json", "engineering.mcp-portal.json"],
    );
    equal(vscode.window.tabGroups.activeTabGroup.activeTab?.label, "Support ↔ Engineering");
    const [left, right] = await Promise.all(
      [original, modified].map((uri) => vscode.workspace.openTextDocument(uri)),
    );
    ok(left !== undefined && right !== undefined);
    const lineOf = (document: vscode.TextDocument) =>
      document.lineAt(document.positionAt(document.getText().indexOf('"code_mode"')).line);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(modified, lineOf(right).range, lineOf(left).text);
    await vscode.workspace.applyEdit(edit);
    await right.save();
    const [put, second] = await account.puts();
    equal(second, undefined);
    ok(put?.startsWith("PUT /portals/engineering "), put);
    ok(put?.includes("code_mode"), put);
  });

  it("compares two selected rows without asking", async () => {
    await run(COMMANDS.compareWith, account.server("docs"), [
      account.server("docs"),
      account.server("tickets"),
    ]);
    const { original, modified } = await diff();
    deepEqual(
      [original, modified].map(({ path }) => path.split("/").at(-1)),
      ["tickets.mcp-server.json", "docs.mcp-server.json"],
    );
  });

  it("says of more than two rows, or of two kinds, that only two of one can be compared", async () => {
    const servers = ["docs", "tickets", "shop"].map((id) => account.server(id));
    const { accountId } = account.emulator;
    const portal = { kind: "portal", accountId, portalId: "engineering" };
    for (const rows of [servers, [servers[0], portal]]) {
      const done = run(COMMANDS.compareWith, rows[0], rows);
      const { text } = await person.message(/compared/u);
      equal(
        text,
        "Only two servers, or two portals, can be compared: select two, or one to choose the other.",
      );
      await done;
    }
    equal(vscode.window.tabGroups.activeTabGroup.activeTab, undefined);
  });

  it("takes a server and its tools for one", async () => {
    const rows = [account.server("docs"), account.capability("tool", "docs", "search_docs")];
    const done = run(COMMANDS.compareWith, rows[0], rows);
    await person.choose("Tickets");
    await done;
    const { original } = await diff();
    ok(original.path.endsWith("tickets.mcp-server.json"), original.path);
  });
});
