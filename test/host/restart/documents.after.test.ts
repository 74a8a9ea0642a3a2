import { deepEqual, equal, ok } from "node:assert/strict";
import * as vscode from "vscode";
import type { Exports } from "../../../src/extension.ts";
import { COMMANDS, SCHEME } from "../../../src/manifest.ts";
import type { Emulator } from "../../harness/emulator.ts";
import { signOutAll } from "../support/accounts.ts";
import { startLastingEmulator } from "../support/lastingEmulator.ts";
import { QuickInputDriver } from "../support/person.ts";
import { run } from "../support/run.ts";
import { serverRow, until } from "../support/screen.ts";
import { activated, setApiRoot } from "../support/signedIn.ts";
import { putBodies } from "../support/wire.ts";

/** The window that comes after the one of documents.before.test.ts. */
describe("A document with changes after a restart", () => {
  let exports: Exports;
  let emulator: Emulator;
  let person: QuickInputDriver;
  let document: vscode.TextDocument;

  before(async () => {
    emulator = await startLastingEmulator();
    await emulator.write({ server: "docs", patch: { description: "Theirs" } });
    person = new QuickInputDriver();
    exports = await activated();
  });
  after(async () => {
    person.leave();
    await run("workbench.action.revertAndCloseActiveEditor");
    await signOutAll(exports);
    await setApiRoot(undefined);
    await emulator.stop();
  });

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
    deepEqual(await putBodies(emulator), []);
  });

  it("asks before it is saved, with the difference, and stays as it is when declined", async () => {
    const saving = document.save();
    await person.choose("Don't Save");
    equal(await saving, false);
    ok(person.inputs.some((text) => text.includes("before VS Code was restarted")));
    ok(document.isDirty && document.getText().includes('"Handbook"'));
    deepEqual(await putBodies(emulator), []);
  });

  it("keeps what others changed meanwhile when the person has taken that over", async () => {
    const edit = new vscode.WorkspaceEdit();
    const text = document.getText();
    const all = new vscode.Range(document.positionAt(0), document.positionAt(text.length));
    const mine = { ...(JSON.parse(text) as object), description: "Theirs" };
    edit.replace(document.uri, all, JSON.stringify(mine, undefined, 2));
    await vscode.workspace.applyEdit(edit);
    const saving = document.save();
    await person.choose("Save");
    equal(await saving, true);
    deepEqual(await putBodies(emulator), [{ name: "Handbook" }]);
    await until(
      () => serverRow(exports, "Handbook"),
      (row) => row !== undefined,
    );
    await until(
      () => document.isDirty,
      (dirty) => !dirty,
    );
  });
});
