import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as vscode from "vscode";
import type { Exports } from "../../../src/extension.ts";
import { COMMANDS } from "../../../src/manifest.ts";
import type { Emulator } from "../../harness/emulator.ts";
import { message, setApiRoot, signOutAll } from "../support/accounts.ts";
import { activated } from "../support/extension.ts";
import { startLastingEmulator } from "../support/lastingEmulator.ts";
import { QuickInputDriver } from "../support/quickInputDriver.ts";
import { run } from "../support/run.ts";
import { problems, serverRow, treeOf, until } from "../support/screen.ts";

/**
 * The window after the one of offline.before.test.ts. Cloudflare can only be reached after the
 * first tests.
 */
describe("A window without a network", () => {
  let exports: Exports;
  let emulator: Emulator | undefined;
  const person = new QuickInputDriver();

  before(async () => {
    person.arrive();
    exports = await activated();
  });
  after(async () => {
    await run("workbench.action.closeAllEditors");
    person.leave();
    await signOutAll(exports);
    await setApiRoot(undefined);
    await emulator?.stop();
  });

  it("shows what the last window saw, with its age", async () => {
    const tree = await until(
      () => treeOf(exports),
      (rows) => rows.length === 10,
    );
    equal(tree.find(({ label }) => label === "Docs")?.description, "4 tools, 3 prompts");
    await until(
      () => message(exports),
      (text) => /^Cloudflare can't be reached\. Showing the servers as of \S/u.test(text),
    );
    equal(exports.status.text, "$(cloud) MCP offline");
    match(
      String(exports.status.tooltip),
      /^No connection to the API could be made\. Check the network connection\. Servers as of \S/u,
    );
  });

  it("shows tools, documents and problems", async () => {
    const docs = await serverRow(exports, "Docs");
    deepEqual(
      docs?.children?.map(({ label, children }) => `${label} ${children?.length}`),
      ["Tools 4", "Prompts 3"],
    );
    const [uri] =
      vscode.languages.getDiagnostics().find(([{ path }]) => /database/u.test(path)) ?? [];
    ok(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    ok(document.getText().includes('"name": "Database"'));
    ok(problems().some((line) => /^database.*health\/error: The upstream refused/u.test(line)));
  });

  it("says why it can't refresh, and refreshes with Try Again", async () => {
    void run(COMMANDS.refresh);
    const { text, buttons, press } = await person.message(/couldn't be refreshed/u);
    match(text, /No connection to the API could be made\./u);
    deepEqual(buttons, ["Try Again"]);
    emulator = await startLastingEmulator();
    const patch = { status: "error", error: "Broken since" };
    await emulator.write({ server: "browser", patch });
    press("Try Again");
    await until(
      () => message(exports),
      (now) => now === "",
    );
    equal(exports.status.text, "$(cloud) MCP 10, 3 failing");
    equal((await serverRow(exports, "Browser"))?.description, "Error · 8 tools");
    // Servers that broke while no window was open aren't reported.
    deepEqual(person.messages, []);
  });
});
