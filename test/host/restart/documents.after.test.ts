import { deepEqual, equal, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS, SCHEME } from "../../../src/manifest.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { serverRow, until } from "../support/screen.ts";
import { putBodies } from "../support/wire.ts";

/** The window after the one of documents.before.test.ts. */
describe("A document with changes after a restart", () => {
  let document: vscode.TextDocument;
  after(() => run("workbench.action.revertAndCloseActiveEditor"));
  const { account, person } = setUpSuite({ restart: "after" });
  before(() => account.emulator.write({ server: "docs", patch: { description: "Theirs" } }));

  it("has its text, and is dirty", async () => {
    const found = await until(
      () => vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === SCHEME),
      (open) => open?.isDirty === true && open.getText().includes('"Handbook"'),
    );
    ok(found);
    document = found;
    await run(COMMANDS.refresh);
    equal(document.isDirty, true);
    ok(document.getText().includes('"Handbook"'));
    deepEqual(await putBodies(account.emulator), []);
  });

  it("asks before it is saved, with the difference, and stays as it is when declined", async () => {
    const saving = document.save();
    await person.choose("Don't Save");
    equal(await saving, false);
    ok(person.inputs.some((text) => text.includes("before VS Code was restarted")));
    ok(document.isDirty && document.getText().includes('"Handbook"'));
    deepEqual(await putBodies(account.emulator), []);
  });

  it("keeps what others changed meanwhile when the person has accepted it", async () => {
    const edit = new vscode.WorkspaceEdit();
    const text = document.getText();
    const all = new vscode.Range(document.positionAt(0), document.positionAt(text.length));
    const mine = { ...(JSON.parse(text) as object), description: "Theirs" };
    edit.replace(document.uri, all, JSON.stringify(mine, undefined, 2));
    await vscode.workspace.applyEdit(edit);
    const saving = document.save();
    await person.choose("Save");
    equal(await saving, true);
    deepEqual(await putBodies(account.emulator), [{ name: "Handbook" }]);
    await until(
      () => serverRow(account.exports, "Handbook"),
      (row) => row !== undefined,
    );
    await until(
      () => document.isDirty,
      (dirty) => !dirty,
    );
  });
});
