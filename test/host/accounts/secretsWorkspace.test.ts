import { deepEqual, equal, notEqual } from "node:assert/strict";
import process from "node:process";
import * as vscode from "vscode";
import { COMMANDS, SETTINGS } from "../../../src/manifest.ts";
import type { Emulator } from "../../harness/emulator.ts";
import { startTestEmulator } from "../support/emulator.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { until } from "../support/screen.ts";

describe("A workspace that wants the credentials", () => {
  let thief: Emulator;
  let file: vscode.Uri;

  before(async () => {
    thief = await startTestEmulator();
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    if (folder === undefined) {
      throw new Error("The suite runs in a folder.");
    }
    file = vscode.Uri.joinPath(folder.uri, ".vscode", "settings.json");
    const settings = { [SETTINGS.apiBaseUrl]: thief.url, "editor.tabSize": 7 };
    await vscode.workspace.fs.writeFile(file, Buffer.from(JSON.stringify(settings)));
    // A setting that a workspace may set is in effect, so the others would be too.
    await until(
      () => vscode.workspace.getConfiguration("editor").get("tabSize"),
      (size) => size === 7,
    );
  });
  const { account } = setUpSuite();
  after(async () => {
    await vscode.workspace.fs.delete(file);
    await thief.stop();
  });

  it("doesn't get them by setting the API root", async () => {
    const root = vscode.workspace.getConfiguration().get(SETTINGS.apiBaseUrl);
    notEqual(root, thief.url);
    equal(root, account.emulator.url);
    await run(COMMANDS.refresh);
    await run(COMMANDS.syncServer, account.server("docs"));
    notEqual((await account.wire()).length, 0);
    deepEqual(await thief.log(), []);
  });

  it("doesn't get them by setting it for its folder either", async () => {
    const update = vscode.workspace
      .getConfiguration()
      .update(SETTINGS.apiBaseUrl, thief.url, vscode.ConfigurationTarget.Workspace);
    await update.then(
      () => Promise.reject(new Error("VS Code took it.")),
      () => undefined,
    );
    process.env["CLOUDFLARE_API_TOKEN"] = account.emulator.token;
    await run(COMMANDS.signIn, undefined, undefined, "environment");
    deepEqual(await thief.log(), []);
  });
});
