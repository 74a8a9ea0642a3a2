import assert from "node:assert/strict";
import type { Emulator } from "../harness/emulator.ts";
import { eventually } from "./support/eventually.ts";
import { answerInput, pickItem, readInput, runCommand } from "./support/quickInput.ts";
import {
  clickInline,
  clickViewTitle,
  openServersView,
  readRow,
  readTree,
  serversView,
} from "./support/serversView.ts";
import { closeAll, openSignedOut } from "./support/signedIn.ts";
import type { CodeWindow } from "./support/window.ts";
import { readNotifications, readStatus } from "./support/workbenchParts.ts";

describe("An account, by hand", () => {
  let emulator: Emulator;
  let window: CodeWindow;
  before(async () => {
    ({ emulator, window } = await openSignedOut());
  });
  after(closeAll);

  it("keeps the input open for a token that Cloudflare refuses, with its words", async () => {
    await serversView(window).getByRole("button", { name: "Sign In…" }).click();
    await pickItem(window, "Paste an API token");
    await answerInput(window, "x".repeat(40));
    await eventually(async () => /Invalid API Token/.test((await readInput(window)).message), true);
    assert.deepEqual(await readTree(window), []);
  });

  it("signs in with a pasted token that has white space around it", async () => {
    await answerInput(window, `  ${emulator.token} `);
    await eventually(async () => (await readTree(window)).length, 10);
    await eventually(() => readStatus(window), "MCP 10, 2 failing");
  });

  it("says in the row and the status bar that a sync runs", async () => {
    await emulator.set({ all: { syncLatency: 1500 } });
    await clickInline(window, ["Tickets"], "Sync Capabilities");
    await eventually(() => readStatus(window), "MCP syncing 0/1");
    await eventually(() => describeTickets(), "Syncing… · 12 tools");
    await eventually(() => readStatus(window), "MCP 10, 2 failing");
    await eventually(() => describeTickets(), "12 tools");
  });

  it("syncs all servers, a few at a time", async () => {
    await emulator.clearLog();
    await clickViewTitle(window, "Sync All Servers");
    await eventually(async () => /^MCP syncing \d+\/10$/.test(await readStatus(window)), true);
    await eventually(() => readStatus(window), "MCP 10, 2 failing");
    const syncs = (await emulator.log()).filter(({ path }) => path.endsWith("/sync"));
    assert.equal(new Set(syncs.map(({ path }) => path)).size, 10);
  });

  it("is still there after a reload", async () => {
    await window.reload();
    await openServersView(window);
    await eventually(async () => (await readTree(window)).length, 10);
    assert.deepEqual(await readNotifications(window), []);
  });

  it("is gone after Sign Out, and stays gone", async () => {
    await runCommand(window, "MCP Portals: Sign Out");
    await welcome();
    await window.reload();
    await openServersView(window);
    await welcome();
    await eventually(() => readStatus(window), "");
  });

  const describeTickets = async () => (await readRow(window, ["Tickets"])).description;

  async function welcome(): Promise<void> {
    await serversView(window).getByText("Open Demo Account").waitFor();
    assert.deepEqual(await readTree(window), []);
  }
});
