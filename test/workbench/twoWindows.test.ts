import assert from "node:assert/strict";
import type { Emulator } from "../harness/emulator.ts";
import { eventually } from "./support/eventually.ts";
import { runCommand } from "./support/quickInput.ts";
import {
  clickCheckbox,
  clickInline,
  expandRow,
  openServersView,
  readRow,
  readTree,
  reviewView,
} from "./support/serversView.ts";
import { closeAll, openSignedIn } from "./support/signedIn.ts";
import type { CodeWindow } from "./support/window.ts";
import { readActiveTab, readEditor, readNotifications } from "./support/workbenchParts.ts";

interface Override {
  readonly name: string;
  readonly alias?: string;
  readonly enabled?: boolean;
}

interface Docs {
  readonly name: string;
  readonly updated_tools: readonly Override[];
}

describe("Two windows on one account", () => {
  let emulator: Emulator;
  let one: CodeWindow;
  let two: CodeWindow;
  before(async function () {
    this.timeout(120_000);
    ({ emulator, window: one } = await openSignedIn());
    two = await one.another();
    await openServersView(two);
    await eventually(async () => (await readTree(two)).length, 10);
  });
  after(closeAll);

  it("edit the same server by document and by tree, and both changes are there", async () => {
    await clickInline(one, ["Docs"], "Open Server Document");
    await eventually(() => readActiveTab(one), "docs.mcp-server.json");
    await expandRow(two, ["Docs", "Tools"]);
    await typeIntoName(one, " and more");
    await Promise.all([
      one.page.keyboard.press("Control+S"),
      clickCheckbox(two, ["Docs", "Tools", "get_page"]),
    ]);
    await eventually(docs, {
      name: "Docs and more",
      updated_tools: [{ name: "get_page", enabled: false }],
    });
    for (const window of [one, two]) {
      await runCommand(window, "MCP Portals: Refresh");
      await eventually(async () => (await readRow(window, ["Docs and more"])).description, SIX);
    }
    await eventually(
      async () => (await readEditor(one)).some((line) => line.includes('"enabled": false')),
      true,
    );
    for (const window of [one, two]) {
      assert.deepEqual(await readNotifications(window), []);
    }
  });

  it("each undo their own change", async () => {
    await runCommand(one, "MCP Portals: Undo Last Change");
    await eventually(docs, {
      name: "Docs",
      updated_tools: [{ name: "get_page", enabled: false }],
    });
    await runCommand(two, "MCP Portals: Undo Last Change");
    await eventually(docs, { name: "Docs", updated_tools: [] });
    await runCommand(two, "MCP Portals: Refresh");
  });

  async function docs(): Promise<Docs> {
    const { name, updated_tools } = await docsOf(emulator);
    return { name, updated_tools };
  }
});

describe("Two windows that hold back what nobody has accepted", () => {
  let emulator: Emulator;
  let windows: readonly CodeWindow[];
  before(async function () {
    this.timeout(120_000);
    const opened = await openSignedIn({ "mcpPortals.review.hold": "new" });
    const two = await opened.window.another();
    await openServersView(two);
    await eventually(async () => (await readTree(two)).length, 10);
    emulator = opened.emulator;
    windows = [opened.window, two];
  });
  after(closeAll);

  it("see a new tool at once, and it is turned off once and told once", async () => {
    const { tools } = await docsOf(emulator);
    await emulator.clearLog();
    await emulator.write({ server: "docs", patch: { tools: [...tools, DROP] } });
    await refreshAll();
    for (const window of windows) {
      await docsRow(window, "1 new · 7 of 8 enabled");
    }
    await eventually(told, [HELD]);
    await refreshAll();
    assert.deepEqual(await puts(), [{ updated_tools: [{ name: "drop_index", enabled: false }] }]);
    assert.deepEqual(await told(), [HELD]);
  });

  it("have it on again once it is accepted in one of them, and neither turns it off", async () => {
    const [, two] = windows;
    assert.ok(two);
    await reviewView(two).locator(".pane-header").click();
    const row = reviewView(two).getByRole("treeitem", { name: /^Docs, 1 new/ });
    await row.hover();
    await row.getByRole("button", { name: /^Accept Changes/ }).click();
    await eventually(async () => (await puts()).length, 2);
    await refreshAll();
    for (const window of windows) {
      await docsRow(window, "5 tools, 3 prompts");
    }
    assert.deepEqual((await docsOf(emulator)).updated_tools, []);
    assert.equal((await puts()).length, 2);
    assert.deepEqual(await told(), [HELD]);
  });

  /** Both read the account, and neither waits for the other. */
  async function refreshAll(): Promise<void> {
    await Promise.all(windows.map((window) => runCommand(window, "MCP Portals: Refresh")));
  }

  function docsRow(window: CodeWindow, description: string): Promise<void> {
    return eventually(async () => (await readRow(window, ["Docs"])).description, description);
  }

  /** What both windows tell. */
  async function told(): Promise<readonly string[]> {
    return (await Promise.all(windows.map(readNotifications))).flat();
  }

  async function puts(): Promise<readonly unknown[]> {
    return (await emulator.log()).filter(({ method }) => method === "PUT").map(({ body }) => body);
  }
});

const DROP = { name: "drop_index", description: "Drops", inputSchema: { type: "object" } };
const HELD = "drop_index of Docs is new or changed, and off until you accept it.";

async function docsOf(emulator: Emulator): Promise<Docs & { readonly tools: readonly object[] }> {
  const [account] = (await emulator.control("GET", "state")) as [
    { servers: readonly (Docs & { readonly id: string; readonly tools: readonly object[] })[] },
  ];
  const found = account.servers.find(({ id }) => id === "docs");
  if (found === undefined) {
    throw new Error("The server is gone.");
  }
  return found;
}

const SIX = "6 of 7 enabled";

/** Types at the end of the value of `name`, in the document's second line. */
async function typeIntoName({ page }: CodeWindow, text: string): Promise<void> {
  await page.locator(".part.editor .view-line").nth(1).click();
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.type(text);
}
