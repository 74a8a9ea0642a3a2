import assert from "node:assert/strict";
import type { Emulator } from "../harness/emulator.ts";
import { eventually } from "./support/eventually.ts";
import { answerInput, closeInput, readInput, runCommand } from "./support/quickInput.ts";
import { clickRow, expandRow, moveDownTo, readRow, serversView } from "./support/serversView.ts";
import { closeAll, openSignedIn } from "./support/signedIn.ts";
import type { CodeWindow } from "./support/window.ts";
import { readActiveTab, readCursorLine } from "./support/workbenchParts.ts";

const BACK_OFFICE = ["Back Office", "Tools"];

for (const expandMode of ["singleClick", "doubleClick"]) {
  describe(`Keys in the tree, with rows that open on a ${expandMode}`, () => {
    let emulator: Emulator;
    let window: CodeWindow;
    before(async () => {
      ({ emulator, window } = await openSignedIn({ "workbench.tree.expandMode": expandMode }));
      await expandRow(window, ["Docs", "Tools"]);
      await focusOn("Docs");
    });
    after(closeAll);

    it("act on the row that the arrow keys have reached, and open no document", async () => {
      await moveDownTo(window, ["Docs", "Tools", "get_page"]);
      await press("F2");
      await untilTitle(/^Alias of get_page/);
      await answerInput(window, "by_key");
      await eventually(() => overrides("docs"), [{ name: "get_page", alias: "by_key" }]);
      await readRow(window, ["Docs", "Tools", "by_key"]);
      assert.equal(await readActiveTab(window), "");
    });

    it("leave what is selected selected", async () => {
      await focusOn("Docs");
      await moveDownTo(window, ["Docs", "Tools", "search_docs"]);
      await press("Space");
      await eventually(
        async () => (await readRow(window, ["Docs", "Tools", "search_docs"])).checked,
        false,
      );
      await eventually(async () => (await readRow(window, ["Docs"])).selected, true);
      await press("Space");
      await eventually(
        async () => (await readRow(window, ["Docs", "Tools", "search_docs"])).checked,
        true,
      );
    });

    it("rename a server by F2, without opening or closing it", async () => {
      await focusOn("Docs");
      await press("F2");
      await eventually(async () => (await readInput(window)).value, "Docs");
      await closeInput(window);
      assert.equal((await readRow(window, ["Docs"])).expanded, true);
    });

    it("do nothing on rows that they don't apply to", async () => {
      await focusOn("Docs");
      await moveDownTo(window, ["Docs", "Tools"]);
      await press("F2", "Delete");
      await moveDownTo(window, ["Docs", "Tools", "search_docs"]);
      await press("Delete");
      // The next action shows that these keys had no effect.
      await runCommand(window, "MCP Portals: Filter…");
      await untilTitle(/Filter/);
      await closeInput(window);
      assert.equal(await window.page.locator(".monaco-dialog-box").count(), 0);
    });

    it("leave Space on a server to VS Code, which opens and closes it", async () => {
      await focusOn("Docs");
      for (const expanded of [false, true]) {
        await press("Space");
        await eventually(async () => (await readRow(window, ["Docs"])).expanded, expanded);
      }
    });

    it("open the document at a tool by Enter", async () => {
      await focusOn("Docs");
      await moveDownTo(window, ["Docs", "Tools", "list_sections"]);
      await press("Enter");
      await eventually(() => readActiveTab(window), "docs.mcp-server.json");
      await eventually(() => readCursorLine(window), 9);
      await runCommand(window, "View: Close All Editors");
    });

    it("ask before a server is deleted, and say what is deleted with it", async () => {
      await focusOn("Browser");
      await press("Delete");
      const dialog = window.page.locator(".monaco-dialog-box");
      await dialog.waitFor();
      const text = (await dialog.textContent()) ?? "";
      assert.match(text, /Delete Browser from .+ at Cloudflare\?/);
      assert.match(text, /can't be undone/);
      await press("Escape");
      await dialog.waitFor({ state: "hidden" });
      await readRow(window, ["Browser"]);
    });

    it("act on the right row each, however fast they are pressed", async () => {
      await expandRow(window, BACK_OFFICE);
      await focusOn("Back Office");
      await press("ArrowDown");
      for (let count = 0; count < 20; count += 1) {
        await press("ArrowDown", "Space");
      }
      await eventually(
        async () => (await readRow(window, ["Back Office"])).description,
        "120 of 140 enabled",
      );
      const firsts = (await catalogue("back-office")).slice(0, 20);
      await eventually(
        () => overrides("back-office"),
        firsts.map((name) => ({ name, enabled: false })),
      );
      assert.equal(await readActiveTab(window), "");
    });

    const untilTitle = (title: RegExp) =>
      eventually(async () => title.test((await readInput(window)).title), true);

    async function press(...keys: readonly string[]): Promise<void> {
      for (const key of keys) {
        await window.page.keyboard.press(key);
      }
    }

    /**
     * Focuses a server, where a click opens no document. Leaves it expanded or collapsed as it was.
     */
    async function focusOn(server: string): Promise<void> {
      const { expanded } = await readRow(window, [server]);
      await clickRow(window, [server]);
      if (expanded === true) {
        if (expandMode === "singleClick") {
          await eventually(async () => (await readRow(window, [server])).expanded, false);
        }
        await expandRow(window, [server]);
      }
      await serversView(window).locator(".monaco-list-row.focused").waitFor();
    }

    async function stored(id: string): Promise<Stored> {
      const [account] = (await emulator.control("GET", "state")) as [{ servers: Stored[] }];
      const found = account.servers.find((server) => server.id === id);
      if (found === undefined) {
        throw new Error("The server is gone.");
      }
      return found;
    }

    const overrides = async (id: string) => (await stored(id)).updated_tools;
    const catalogue = async (id: string) => (await stored(id)).tools.map(({ name }) => name);
  });
}

interface Stored {
  readonly id: string;
  readonly tools: readonly { readonly name: string }[];
  readonly updated_tools: readonly unknown[];
}
