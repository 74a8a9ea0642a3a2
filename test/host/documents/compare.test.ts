import { deepEqual, equal, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS, COMPARED_SCHEME } from "../../../src/manifest.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { until } from "../support/screen.ts";

describe("Comparing servers", () => {
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
});
