import assert from "node:assert/strict";
import { openDemoWindow } from "./support/demoWindow.ts";
import { eventually } from "./support/eventually.ts";
import { answerInput } from "./support/quickInput.ts";
import { readAloud, sentenceOf } from "./support/readAloud.ts";
import { portalsView, serversView } from "./support/serversView.ts";
import { lineOf, readElements } from "./support/treeRows.ts";
import type { CodeWindow } from "./support/window.ts";

describe("The portals, in the demo account", () => {
  let window: CodeWindow;
  before(async () => {
    window = await openDemoWindow();
  });
  after(() => window.close());

  const lines = async (): Promise<string[]> => {
    const rows = await portalsView(window).locator(".monaco-list-row").evaluateAll(readElements);
    return rows.map(lineOf);
  };
  const open = async (label: string): Promise<void> => {
    await portalsView(window).locator(".label-name", { hasText: label }).first().click();
  };

  it("stand above the servers, and open down to a tool", async () => {
    await eventually(lines, [
      "Engineering (mcp.harborlane.example)",
      "Support (support-mcp.harborlane.example)",
    ]);
    await open("Engineering");
    await open("Docs");
    await eventually(lines, [
      "Engineering (mcp.harborlane.example)",
      "  Docs (6 of 7 enabled)",
      "    Tools (4)",
      "      [x] search_docs",
      "      [x] get_page",
      "      [x] list_sections",
      "      [x] suggest_edit",
      "    Prompts (2 of 3 enabled)",
      "      [x] explain_page",
      "      [ ] draft_release_notes",
      "      [x] check_style (review_wording)",
      "  Observability (10 of 12 enabled)",
      "  Tickets (11 of 12 enabled)",
      "Support (support-mcp.harborlane.example)",
    ]);
  });

  it("are edited with the same keys as servers, each row for itself", async () => {
    await open("suggest_edit");
    await window.page.keyboard.press("Space");
    await eventually(
      async () => (await lines()).slice(1, 7),
      [
        "  Docs (5 of 7 enabled)",
        "    Tools (3 of 4 enabled)",
        "      [x] search_docs",
        "      [x] get_page",
        "      [x] list_sections",
        "      [ ] suggest_edit",
      ],
    );
    await open("get_page");
    await window.page.keyboard.press("F2");
    await answerInput(window, "read_page");
    await eventually(async () => (await lines())[4], "      [x] read_page (get_page)");
    // The servers themselves stay as they are.
    const docs = serversView(window).locator(".monaco-list-row", { hasText: "Docs" });
    assert.equal(await docs.locator(".label-description").textContent(), "4 tools, 3 prompts");
  });

  it("are read aloud in words", async () => {
    const heard = (await readAloud(window, "tree", "Portals"))
      .filter(({ role }) => role === "treeitem")
      .map(sentenceOf);
    assert.deepEqual(heard.slice(0, 4), [
      "treeitem Engineering, portal, mcp.harborlane.example, 1 error; level 1, expanded",
      "treeitem Docs, Ready, 5 of 7 enabled, 1 error; level 2, expanded",
      "treeitem Tools, 3 of 4 enabled; level 3, expanded",
      "treeitem search_docs, tool, enabled; level 4",
    ]);
  });

  it("take a server that is dragged onto them", async () => {
    const browser = serversView(window).locator(".monaco-list-row", { hasText: "Browser" }).first();
    const support = portalsView(window)
      .locator(".monaco-list-row", { hasText: "support-mcp.harborlane.example" })
      .first();
    await browser.dragTo(support);
    await support.click();
    await eventually(
      async () => (await lines()).filter((line) => line.startsWith("  ")).slice(-3),
      ["  Browser (8 tools)", "  Shop (3 of 9 enabled · new tools off)", "  Tickets (12 tools)"],
    );
  });
});
