import { deepEqual, equal, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS, SCHEME } from "../../../src/manifest.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { portalTreeOf, treeOf, until } from "../support/screen.ts";
import { putBodies } from "../support/wire.ts";

const CHANGED = [
  { words: "A server's document", theirs: { server: "docs" }, name: "Handbook", rowsOf: treeOf },
  {
    words: "A portal's document",
    theirs: { portal: "engineering" },
    name: "Builders",
    rowsOf: portalTreeOf,
  },
];

/** The window after the one of documents.before.test.ts. */
describe("After a restart", () => {
  const { account, person } = setUpSuite({ restart: "after" });

  for (const { words, theirs, name, rowsOf } of CHANGED) {
    describe(`${words} with changes`, () => {
      let document: vscode.TextDocument;
      const isDirty = () => document.isDirty && document.getText().includes(`"${name}"`);
      before(async () => {
        await account.emulator.write({ ...theirs, patch: { description: "Theirs" } });
        await account.emulator.clearLog();
      });
      after(async () => {
        await vscode.window.showTextDocument(document);
        await run("workbench.action.revertAndCloseActiveEditor");
      });

      it("has its text, and is dirty", async () => {
        const ours = () =>
          vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === SCHEME);
        const found = await until(
          () => ours().find((each) => each.getText().includes(`"${name}"`)),
          (open) => open?.isDirty === true,
        );
        ok(found);
        document = found;
        await run(COMMANDS.refresh);
        ok(isDirty());
        deepEqual(await putBodies(account.emulator), []);
      });

      it("asks before it is saved, with the difference, and stays as it is when declined", async () => {
        person.forget();
        const saving = document.save();
        await person.choose("Don't Save");
        equal(await saving, false);
        ok(person.inputs.some((text) => text.includes("before VS Code was restarted")));
        ok(isDirty());
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
        deepEqual(await putBodies(account.emulator), [{ name }]);
        await until(
          () => rowsOf(account.exports),
          (rows) => rows.some(({ label }) => label === name),
        );
        await until(
          () => document.isDirty,
          (dirty) => !dirty,
        );
      });
    });
  }
});
