import { deepEqual, equal, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS, REMOTE_SCHEME } from "../../../src/manifest.ts";
import { Editing } from "../support/documents.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { until } from "../support/screen.ts";

describe("A server's document", () => {
  const suite = setUpSuite({ opensDocs: true });

  it("isn't saved by auto save, whatever its setting", async () => {
    const files = vscode.workspace.getConfiguration("files");
    await files.update("autoSave", "afterDelay", vscode.ConfigurationTarget.Global);
    await files.update("autoSaveDelay", 10, vscode.ConfigurationTarget.Global);
    try {
      await suite.editing.replace('"Docs"', '"Half ty');
      const other = await otherFile();
      await until(
        () => other.isDirty,
        (dirty) => !dirty,
      );
      equal(suite.editing.document.isDirty, true);
      deepEqual(await suite.account.wire(), []);
    } finally {
      await files.update("autoSave", undefined, vscode.ConfigurationTarget.Global);
      await files.update("autoSaveDelay", undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it("saves the smallest change, reads it back, and shows what Cloudflare has", async () => {
    await suite.editing.replace('"get_page": { "enabled": true }', '"get_page":{"enabled":false}');
    equal(await suite.editing.save(), true);
    deepEqual(await suite.account.wire(), [
      "GET /servers/docs",
      'PUT /servers/docs {"updated_tools":[{"name":"get_page","enabled":false}]}',
      "GET /servers/docs",
    ]);
    await suite.editing.untilText((text) => text.includes('"get_page": { "enabled": false }'));
    equal(suite.editing.document.isDirty, false);
  });

  it("saves nothing when only the layout of the text has changed", async () => {
    await suite.editing.replace('"Docs",', '"Docs"  ,');
    equal(await suite.editing.save(), true);
    deepEqual(await suite.account.wire(), []);
    await suite.editing.untilText((text) => text.includes('"Docs",'));
  });

  it("treats a removed entry as no override, and a property that is left out as no change", async () => {
    await suite.foreign({ updated_tools: [{ name: "get_page", alias: "page" }] });
    await suite.editing.untilText((text) => text.includes('"page"'));
    await suite.editing.replace('"name": "Docs",', "");
    await suite.editing.replace('"get_page": { "enabled": true, "alias": "page" },', "");
    equal(await suite.editing.save(), true);
    deepEqual(await suite.account.putBodies(), [{ updated_tools: [] }]);
  });

  it("that changes more than ten tools asks first, with the difference", async () => {
    const big = await Editing.open(suite.account, "back-office");
    const before = big.text;
    const after = before.replace(/"enabled": true/gu, '"enabled": false');
    await big.replaceAll(after);
    const declined = big.save();
    await suite.person.untilShown(/Save 140 changes/);
    equal(differences().length, 1);
    equal(atCloudflare(), before);
    await suite.person.choose("Don't Save");
    equal(await declined, false);
    ok(big.document.isDirty && big.text === after);
    deepEqual(await suite.account.putBodies(), []);
    await untilBack(big);
    const accepted = big.save();
    await suite.person.untilShown(/Save 140 changes/);
    await suite.person.choose("Save");
    equal(await accepted, true);
    equal((await suite.account.putBodies()).length, 1);
    await untilBack(big);
    await big.close();
  });

  it("that is typed on while it is saved is saved again, and loses nothing", async () => {
    const big = await Editing.open(suite.account, "back-office");
    const isOn = big.text.includes('"enabled": true');
    // The space makes the text differ from the one that VS Code is shown after the save.
    await big.replaceAll(big.text.replaceAll(`"enabled": ${isOn}`, `"enabled":  ${!isOn}`));
    const saving = big.save();
    await suite.person.untilShown(/Save 140 changes/);
    await big.replace('"Back Office"', '"Office"');
    await suite.person.choose("Save");
    await saving;
    equal(await big.save(), true);
    const [tools, name, ...others] = await suite.account.putBodies();
    deepEqual(Object.keys(tools ?? {}), ["updated_tools"]);
    deepEqual([name, ...others], [{ name: "Office" }]);
    equal(big.document.isDirty, false);
    await big.close();
  });

  it("keeps its text when the write fails, and saves it when asked again", async () => {
    await suite.account.emulator.set({
      faults: [{ kind: "status", status: 503, match: { method: "PUT" } }],
    });
    await suite.editing.replace('"Docs"', '"Documentation"');
    equal(await suite.editing.save(), false);
    ok(suite.editing.document.isDirty && suite.editing.text.includes('"Documentation"'));
    equal(await suite.editing.save(), true);
    await suite.editing.untilText((text) => text.includes('"Documentation"'));
  });

  it("says what Cloudflare ignored, and shows what Cloudflare has", async () => {
    await suite.account.emulator.set({ all: { ignoreFields: ["name"] } });
    await suite.editing.replace('"Docs"', '"Documentation"');
    equal(await suite.editing.save(), true);
    const told = await suite.person.message(/didn't set/);
    equal(told.text, 'Docs: Cloudflare didn\'t set name to "Documentation"; it is "Docs".');
    await suite.editing.untilText((text) => text.includes('"Docs"'));
  });

  it("can be undone in the editor, and its save by Undo Last Change", async () => {
    await suite.editing.replace('"Docs"', '"Documentation"');
    await run("undo");
    ok(suite.editing.text.includes('"Docs"'));
    await suite.editing.replace('"Docs"', '"Documentation"');
    await suite.editing.save();
    await run(COMMANDS.undo);
    await suite.editing.untilText((text) => text.includes('"Docs"'));
  });
});

function differences(): readonly string[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.map(({ label }) => label).filter((label) => label.includes("↔"));
}

/** The text on the left side of the diff. */
function atCloudflare(): string | undefined {
  return vscode.workspace.textDocuments
    .find(({ uri }) => uri.scheme === REMOTE_SCHEME && uri.path.includes("back-office"))
    ?.getText();
}

/** Waits until the diff is closed and the document is shown again. */
async function untilBack({ document }: Editing): Promise<void> {
  await until(differences, (open) => open.length === 0);
  await until(
    () => vscode.window.activeTextEditor?.document.uri.toString(),
    (uri) => uri === document.uri.toString(),
  );
}

/** A changed file of the workspace. It shows that auto save is on when it is saved. */
async function otherFile(): Promise<vscode.TextDocument> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (folder === undefined) {
    throw new Error("There is no workspace.");
  }
  const uri = vscode.Uri.joinPath(folder, "other.txt");
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode("one"));
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, {
    preview: false,
    viewColumn: vscode.ViewColumn.Beside,
  });
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, new vscode.Position(0, 0), "two ");
  await vscode.workspace.applyEdit(edit);
  return document;
}
