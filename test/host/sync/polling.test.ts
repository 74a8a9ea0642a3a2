import { deepEqual, equal } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS, SETTINGS } from "../../../src/manifest.ts";
import { AdvancedClock } from "../support/clock.ts";
import { setUpSuite } from "../support/fixture.ts";
import { documentUri } from "../support/quickFixes.ts";
import { run } from "../support/run.ts";
import { treeOf, until } from "../support/screen.ts";

describe("Refreshing by itself", () => {
  let clock: AdvancedClock;
  let round = 0;

  before(async () => {
    clock = new AdvancedClock();
    await run("workbench.action.closeAllEditors");
  });
  const { account, person } = setUpSuite();
  after(async () => {
    await run("workbench.action.closeAllEditors");
    await setting(SETTINGS.refreshInterval, undefined);
    clock.stop();
  });
  beforeEach(async () => {
    await run("workbench.action.closeAllEditors");
    await show("workbench.view.explorer", false);
    await run(COMMANDS.refresh);
    await account.wire();
  });

  async function show(view: string, visible: boolean): Promise<void> {
    await run(view);
    await until(
      () => account.exports.view.visible,
      (is) => is === visible,
    );
  }

  /** Causes another event in the window, after which the extension checks the time again. */
  async function nudge(): Promise<void> {
    const heard = new Promise<void>((resolve) => {
      const listener = vscode.window.onDidChangeVisibleTextEditors(() => {
        listener.dispose();
        resolve();
      });
    });
    const document = await vscode.workspace.openTextDocument({ content: "Nothing of ours" });
    await vscode.window.showTextDocument(document, { preview: false });
    await heard;
  }

  /** Resolves when a refresh has read the last write of another administrator. */
  async function refreshed(act: () => Thenable<unknown>): Promise<void> {
    round += 1;
    const name = `Browser ${round}`;
    await account.emulator.write({ server: "browser", patch: { name } });
    await act();
    await until(
      () => treeOf(account.exports),
      (tree) => tree.some(({ label }) => label === name),
    );
    deepEqual((await account.wire()).toSorted(), ["GET /portals", "GET /servers"]);
  }

  /** The requests that were sent before an action that has to send one. */
  async function sentBefore(act: () => Thenable<unknown>): Promise<readonly string[]> {
    await act();
    await run(COMMANDS.syncServer, account.server("tickets"));
    const sent = await account.wire();
    deepEqual(sent.slice(-2), ["POST /servers/tickets/sync", "GET /servers/tickets"]);
    return sent.slice(0, -2);
  }

  async function setting(key: string, value: unknown): Promise<void> {
    const { Global } = vscode.ConfigurationTarget;
    await vscode.workspace.getConfiguration().update(key, value, Global);
  }

  it("happens every 15 minutes while nothing of ours is visible", async () => {
    clock.advance(600);
    deepEqual(await sentBefore(nudge), []);
    clock.advance(300);
    await refreshed(nudge);
  });

  it("happens at once when the view is shown after a minute", async () => {
    clock.advance(30);
    deepEqual(await sentBefore(() => show("workbench.view.extension.mcpPortals", true)), []);
    await show("workbench.view.explorer", false);
    clock.advance(30);
    deepEqual(await sentBefore(nudge), []);
    await refreshed(() => show("workbench.view.extension.mcpPortals", true));
  });

  it("happens every minute while the view is visible", async () => {
    await show("workbench.view.extension.mcpPortals", true);
    clock.advance(30);
    deepEqual(await sentBefore(nudge), []);
    clock.advance(30);
    await refreshed(nudge);
  });

  it("happens every minute only while a document of ours is visible", async () => {
    const open = () =>
      vscode.window.showTextDocument(documentUri(account, "docs"), { preview: false });
    await open();
    clock.advance(60);
    await refreshed(() => run("workbench.action.closeAllEditors").then(open));
    await run("workbench.action.closeAllEditors");
    clock.advance(60);
    deepEqual(await sentBefore(nudge), []);
  });

  it("doesn't happen at an interval of 0, and starts again with another interval", async () => {
    await show("workbench.view.extension.mcpPortals", true);
    await setting(SETTINGS.refreshInterval, 0);
    clock.advance(10_000);
    deepEqual(await sentBefore(nudge), []);
    await refreshed(() => setting(SETTINGS.refreshInterval, 600));
  });

  it("notices a broken server while nobody looks", async () => {
    const broken = { status: "error", error: "The upstream answered 503 Service Unavailable" };
    await account.emulator.write({ server: "shop", patch: broken });
    clock.advance(900);
    await refreshed(nudge);
    equal((await person.message(/^Shop has stopped working\. /u)).severity, "warning");
  });
});
