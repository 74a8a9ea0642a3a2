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
    const [account] = (await emulator.control("GET", "state")) as [
      { servers: readonly (Docs & { readonly id: string })[] },
    ];
    const found = account.servers.find(({ id }) => id === "docs");
    if (found === undefined) {
      throw new Error("The server is gone.");
    }
    return { name: found.name, updated_tools: found.updated_tools };
  }
});

const SIX = "6 of 7 enabled";

/** Types at the end of the value of `name`, in the document's second line. */
async function typeIntoName({ page }: CodeWindow, text: string): Promise<void> {
  await page.locator(".part.editor .view-line").nth(1).click();
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.type(text);
}
