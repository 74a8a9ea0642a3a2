import assert from "node:assert/strict";
import type { Emulator } from "../harness/emulator.ts";
import { eventually } from "./support/eventually.ts";
import { filterProblems, openProblems, readProblems } from "./support/problems.ts";
import { runCommand } from "./support/quickInput.ts";
import {
  clickInline,
  clickViewTitle,
  openServersView,
  readTree,
  serversView,
} from "./support/serversView.ts";
import { closeAll, openSignedIn } from "./support/signedIn.ts";
import type { CodeWindow } from "./support/window.ts";
import { readNotifications, readStatus } from "./support/workbenchParts.ts";

describe("Syncing by hand, with an upstream that hangs", () => {
  let emulator: Emulator;
  let window: CodeWindow;
  before(async () => {
    ({ emulator, window } = await openSignedIn());
  });
  after(closeAll);

  it("shows its progress, and can be cancelled there", async () => {
    await emulator.set({ servers: { tickets: { syncLatency: 600_000 } } });
    await clickViewTitle(window, "Sync All Servers");
    await eventually(() => readStatus(window), "MCP syncing 9/10", 30_000);
    const progress = window.page.locator(".notification-list-item", { hasText: "9/10" });
    await progress.waitFor();
    await progress.hover();
    await progress.getByRole("button", { name: "Cancel" }).click();
    await eventually(
      async () => (await readNotifications(window)).at(-1),
      "Sync cancelled: 6 of 10 servers done. 3 of 10 servers couldn't be synced.",
    );
  });

  it("ends with tree, status bar and Problems in agreement", async () => {
    await eventually(() => readStatus(window), "MCP 10, 2 failing");
    const rowsWith = async (words: RegExp) =>
      (await readTree(window))
        .filter((row) => words.test(row))
        .map((row) => row.replace(/ .*/, ""));
    await eventually(() => rowsWith(/Syncing|Waiting to sync/), []);
    await eventually(() => rowsWith(/Error/), ["Database", "Wiki"]);
    await openProblems(window);
    await filterProblems(window, "health/error");
    await eventually(
      async () => (await readProblems(window)).map(({ file }) => file),
      ["database.mcp-server.json", "wiki.mcp-server.json"],
    );
    await filterProblems(window, "");
  });

  it("reports a server that stops working once, but not what a person just did", async () => {
    const told = async (): Promise<number> =>
      (await readNotifications(window)).filter((text) => text.includes("has stopped working"))
        .length;
    const broken = { status: "error", error: "The upstream answered 503 Service Unavailable" };
    await emulator.write({ server: "browser", patch: broken });
    await runCommand(window, "MCP Portals: Refresh");
    await eventually(told, 1);
    await runCommand(window, "MCP Portals: Refresh");
    await eventually(() => readStatus(window), "MCP 10, 3 failing");
    assert.equal(await told(), 1);
    await runCommand(window, "Notifications: Clear All Notifications");
    await clickInline(window, ["Browser"], "Sync Capabilities");
    await eventually(() => readStatus(window), "MCP 10, 2 failing");
    assert.equal(await told(), 0);
  });

  it("ends with its window, and leaves no trace in the next one", async () => {
    const asked = async (): Promise<number> =>
      (await emulator.log()).filter(({ path }) => path.endsWith("/tickets/sync")).length;
    await emulator.set({ servers: { tickets: { syncLatency: 600_000 } } });
    await emulator.clearLog();
    await clickInline(window, ["Tickets"], "Sync Capabilities");
    await eventually(asked, 1);
    await eventually(() => readStatus(window), "MCP syncing 0/1");
    await window.reload();
    await openServersView(window);
    await eventually(() => readStatus(window), "MCP 10, 2 failing");
    await eventually(
      async () => (await readTree(window)).filter((row) => row.startsWith("Tickets")),
      ["Tickets (12 tools)"],
    );
    assert.deepEqual(await readNotifications(window), []);
    assert.equal(await asked(), 1);
    await emulator.reset();
  });

  it("shows the servers at once after a reload, although nothing answers", async () => {
    const before = (await readTree(window)).map((row) => row.replace(/ .*/, ""));
    await emulator.set({
      faults: [{ kind: "hang", match: { method: "GET", path: "/servers$", count: 0 } }],
    });
    await window.reload();
    await openServersView(window);
    await eventually(
      async () => (await readTree(window)).map((row) => row.replace(/ .*/, "")),
      before,
    );
    await serversView(window)
      .getByText(/Showing the servers as of .*Refreshing…/)
      .waitFor();
  });
});
