import { deepEqual, equal, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS } from "../../src/contributions.ts";
import { Editing } from "./support/documents.ts";
import { until } from "./support/screen.ts";
import { type SignedIn, signIn } from "./support/signedIn.ts";

const run = (command: string, ...args: unknown[]): Thenable<unknown> =>
  vscode.commands.executeCommand(command, ...args);

describe("What an editor does anyway, in a server's document", () => {
  let account: SignedIn;
  let editing: Editing;
  let original: string;
  before(async () => {
    account = await signIn();
  });
  beforeEach(async () => {
    editing = await Editing.open(account, "docs");
    original = editing.text;
    await account.emulator.clearLog();
  });
  afterEach(async () => {
    await editing.close();
    await account.emulator.write({
      server: "docs",
      patch: { updated_tools: [], updated_prompts: [] },
    });
    await run(COMMANDS.refresh);
  });
  after(() => account.signOut());

  const NAMES = ["search_docs", "get_page"];
  const puts = async (): Promise<readonly string[]> =>
    (await account.wire()).filter((line) => line.startsWith("PUT"));
  const disabled = `PUT /servers/docs ${JSON.stringify({
    updated_tools: NAMES.map((name) => ({ name, enabled: false })),
  })}`;

  it("several cursors type at once, one undo takes it back, and one save is one write", async () => {
    const editor = vscode.window.activeTextEditor;
    ok(editor);
    editor.selections = NAMES.map((name) => {
      const start = original.indexOf("true", original.indexOf(`"${name}"`));
      const { document } = editor;
      return new vscode.Selection(document.positionAt(start), document.positionAt(start + 4));
    });
    await run("type", { text: "false" });
    await editing.untilText((text) => text.split('"enabled": false').length === 3);
    await run("undo");
    await editing.untilText((text) => text === original);
    await run("redo");
    equal(await editing.save(), true);
    deepEqual(await puts(), [disabled]);
    await run("undo");
    await editing.untilText((text) => text === original);
    equal(await editing.save(), true);
    deepEqual(await puts(), [disabled.replaceAll("false", "true")]);
  });

  it("search and replace changes all of a kind, and one save is one write", async () => {
    const editor = vscode.window.activeTextEditor;
    ok(editor);
    // A selection would be searched for instead.
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    await run("editor.actions.findWithArgs", {
      searchString: '"enabled": true',
      replaceString: '"enabled": false',
      isRegex: false,
    });
    await until(
      async () => {
        await run("editor.action.replaceAll");
        return editing.document.isDirty;
      },
      (dirty) => dirty,
    );
    await run("closeFindWidget");
    const replaced = original.replaceAll('"enabled": true', '"enabled": false');
    equal(editing.text, replaced);
    equal(await editing.save(), true);
    const sent = await puts();
    equal(sent.length, 1);
    equal(sent[0]?.split('"enabled":false').length, 8);
    await editing.untilText((text) => text === replaced);
  });
});
