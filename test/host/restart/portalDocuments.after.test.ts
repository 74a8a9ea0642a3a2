import { deepEqual, equal, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS, SCHEME } from "../../../src/manifest.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { until } from "../support/screen.ts";
import { putBodies } from "../support/wire.ts";

/** The window after the one of portalDocuments.before.test.ts. */
describe("A portal's document with changes after a restart", () => {
  let document: vscode.TextDocument;
  after(() => run("workbench.action.revertAndCloseActiveEditor"));
  const { account, person } = setUpSuite({ restart: "after" });
  before(() => account.emulator.write({ portal: "engineering", patch: { description: "Theirs" } }));

  it("has its text, and is dirty", async () => {
    const found = await until(
      () => vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === SCHEME),
      (open) => open?.isDirty === true && open.getText().includes('"Builders"'),
    );
    ok(found);
    document = found;
    await run(COMMANDS.refresh);
    ok(document.isDirty && document.getText().includes('"Builders"'));
    deepEqual(await putBodies(account.emulator), []);
  });

  it("is saved once the person has accepted it, without undoing what others changed", async () => {
    const edit = new vscode.WorkspaceEdit();
    const text = document.getText();
    const all = new vscode.Range(document.positionAt(0), document.positionAt(text.length));
    const mine = { ...(JSON.parse(text) as object), description: "Theirs" };
    edit.replace(document.uri, all, JSON.stringify(mine, undefined, 2));
    await vscode.workspace.applyEdit(edit);
    const saving = document.save();
    await person.choose("Save");
    ok(person.inputs.some((shown) => shown.includes("before VS Code was restarted")));
    equal(await saving, true);
    deepEqual(await putBodies(account.emulator), [{ name: "Builders" }]);
    await until(
      () => document.isDirty,
      (dirty) => !dirty,
    );
  });
});
