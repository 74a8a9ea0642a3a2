import assert from "node:assert/strict";
import { openDemoWindow } from "./support/demoWindow.ts";
import { eventually } from "./support/eventually.ts";
import { clickOnPortal } from "./support/portalsView.ts";
import { answerInput, closeInput, pickItem, runCommand, tickItem } from "./support/quickInput.ts";
import { clickInline, clickRow, expandRow, readRow, reviewView } from "./support/serversView.ts";
import { type CodeWindow, openWindow } from "./support/window.ts";

const OPEN = "Open the demo, or sign in";
const EXPLORE = "Find your way";
const EDIT = "Edit and sync";
const REVIEW = "Review a change";
const PUBLISH = "Publish a portal";
const FIX = "Fix a problem";

describe("The walkthrough", () => {
  let window: CodeWindow;
  before(async () => {
    window = await openWindow({ viewport: { width: 1600, height: 1200 } });
    await runCommand(window, "MCP Portals: Get Started");
    await window.page
      .getByRole("heading", { name: "Get Started with MCP Portals", level: 2 })
      .waitFor();
  });
  after(() => window.close());

  const step = (title: string) => window.page.getByRole("checkbox", { name: title });

  /** The titles of the steps that are done. */
  async function ticked(): Promise<string[]> {
    const states = await Promise.all(
      [OPEN, EXPLORE, EDIT, REVIEW, PUBLISH, FIX].map(async (title) => ({
        title,
        done: (await step(title).getAttribute("aria-checked")) === "true",
      })),
    );
    return states.filter(({ done }) => done).map(({ title }) => title);
  }

  it("begins with no step ticked off, and shows pictures in the theme", async () => {
    assert.deepEqual(await ticked(), []);
    const picture = window.page.locator(".getting-started-media img");
    await picture.waitFor();
    assert.match((await picture.getAttribute("srcset")) ?? "", /open-dark\.png/);
    assert.match((await picture.getAttribute("alt")) ?? "", /button Sign In/);
    await eventually(() => picture.evaluate(isLoaded), true);
  });

  it("opens the demo from its button, and ticks that off", async () => {
    const steps = window.page.getByRole("list").filter({ has: step(OPEN) });
    await steps.getByRole("button", { name: "Open Demo Account", exact: true }).click();
    await readRow(window, ["Wiki"]);
    await eventually(ticked, [OPEN]);
  });

  it("ticks off a server that was opened", async () => {
    await expandRow(window, ["Docs"]);
    await eventually(ticked, [OPEN, EXPLORE]);
  });

  it("ticks off an alias and a sync only when both are done", async () => {
    await clickInline(window, ["Docs", "Tools", "get_page"], "Edit Alias…");
    await answerInput(window, "page");
    await readRow(window, ["Docs", "Tools", "page"]);
    assert.deepEqual(await ticked(), [OPEN, EXPLORE]);
    await clickInline(window, ["Docs"], "Sync Capabilities");
    await eventually(ticked, [OPEN, EXPLORE, EDIT]);
  });

  it("ticks off a change that was opened", async () => {
    await reviewView(window).locator(".pane-header").click();
    assert.deepEqual(await ticked(), [OPEN, EXPLORE, EDIT]);
    await reviewView(window)
      .getByRole("treeitem", { name: /^search_docs, tool/ })
      .click();
    await window.page.getByRole("tab", { name: /^search_docs \(accepted ↔ now\)/ }).waitFor();
    await window.page.getByRole("tab", { name: /^Welcome/ }).click();
    await eventually(ticked, [OPEN, EXPLORE, EDIT, REVIEW]);
    await reviewView(window).locator(".pane-header").click();
  });

  it("ticks off a server that was added to a portal, but not one that was only chosen", async () => {
    await clickOnPortal(window, ["Support"], "Add Servers to Portal…");
    await tickItem(window, "Docs");
    await closeInput(window);
    assert.deepEqual(await ticked(), [OPEN, EXPLORE, EDIT, REVIEW]);
    await clickOnPortal(window, ["Support"], "Add Servers to Portal…");
    await tickItem(window, "Docs");
    await window.page.keyboard.press("Enter");
    await eventually(ticked, [OPEN, EXPLORE, EDIT, REVIEW, PUBLISH]);
  });

  it("ticks off a problem that was fixed, but not one that was only opened", async () => {
    await clickRow(window, ["Docs"]);
    await expandRow(window, ["Shop"]);
    await clickInline(window, ["Shop", "Tools", "find_product"], "Fix Problems…");
    await window.page.keyboard.press("Escape");
    assert.deepEqual(await ticked(), [OPEN, EXPLORE, EDIT, REVIEW, PUBLISH]);
    await clickInline(window, ["Shop", "Tools", "find_product"], "Fix Problems…");
    await pickItem(window, 'Set Alias to "find_product_2"');
    await readRow(window, ["Shop", "Tools", "find_product_2"]);
    await eventually(ticked, [OPEN, EXPLORE, EDIT, REVIEW, PUBLISH, FIX]);
  });

  it("stays open when a server's document is opened beside it", async () => {
    await clickRow(window, ["Shop"]);
    await expandRow(window, ["Docs", "Tools"]);
    await clickRow(window, ["Docs", "Tools", "page"]);
    await window.page.getByRole("tab", { name: "docs.mcp-server.json" }).waitFor();
    await window.page.getByRole("tab", { name: /^Welcome/ }).waitFor();
  });
});

/** Runs in the page. */
function isLoaded(image: Element): boolean {
  return image instanceof HTMLImageElement && image.naturalWidth > 0;
}

describe("The walkthrough, opened late", () => {
  let window: CodeWindow;
  before(async () => {
    window = await openDemoWindow();
    await expandRow(window, ["Docs"]);
  });
  after(() => window.close());

  it("has the earlier steps ticked off", async () => {
    await runCommand(window, "MCP Portals: Get Started");
    for (const title of [OPEN, EXPLORE]) {
      await window.page.getByRole("checkbox", { name: title, checked: true }).waitFor();
    }
  });
});
