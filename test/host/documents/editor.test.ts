import { deepEqual, equal, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { until } from "../support/screen.ts";

describe("VS Code's editor, in a server's document", () => {
  const suite = setUpSuite({ opensDocs: true });
  let original: string;
  beforeEach(() => {
    original = suite.editing.text;
  });

  const names = ["search_docs", "get_page"];
  const disabled = `PUT /servers/docs ${JSON.stringify({
    updated_tools: names.map((name) => ({ name, enabled: false })),
  })}`;

  it("types at several cursors, takes that back with one undo, and saves with one write", async () => {
    const editor = vscode.window.activeTextEditor;
    ok(editor);
    editor.selections = names.map((name) => {
      const start = original.indexOf("true", original.indexOf(`"${name}"`));
      const { document } = editor;
      return new vscode.Selection(document.positionAt(start), document.positionAt(start + 4));
    });
    await run("type", { text: "false" });
    await suite.editing.untilText((text) => text.split('"enabled": false').length === 3);
    await run("undo");
    await suite.editing.untilText((text) => text === original);
    await run("redo");
    equal(await suite.editing.save(), true);
    deepEqual(await suite.account.puts(), [disabled]);
    await run("undo");
    await suite.editing.untilText((text) => text === original);
    equal(await suite.editing.save(), true);
    deepEqual(await suite.account.puts(), [disabled.replaceAll("false", "true")]);
  });

  it("replaces all that a search finds, and saves with one write", async () => {
    const editor = vscode.window.activeTextEditor;
    ok(editor);
    // The search would use a selected text.
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    await run("editor.actions.findWithArgs", {
      searchString: '"enabled": true',
      replaceString: '"enabled": false',
      isRegex: false,
    });
    await until(
      async () => {
        await run("editor.action.replaceAll");
        return suite.editing.document.isDirty;
      },
      (dirty) => dirty,
    );
    await run("closeFindWidget");
    const replaced = original.replaceAll('"enabled": true', '"enabled": false');
    equal(suite.editing.text, replaced);
    equal(await suite.editing.save(), true);
    const sent = await suite.account.puts();
    equal(sent.length, 1);
    equal(sent[0]?.split('"enabled":false').length, 8);
    await suite.editing.untilText((text) => text === replaced);
  });
});
