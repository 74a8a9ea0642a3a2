import type { ChildProcess } from "node:child_process";
import type { Locator, Page } from "playwright-core";
import { launchChromium } from "../harness/chromium.ts";
import { makeTemporaryFolder, type TemporaryFolder } from "../harness/temporary.ts";
import { eventually } from "./support/eventually.ts";
import { readAddress, startNpm } from "./support/npmStart.ts";

const WINDOW = { width: 1440, height: 900 };

/**
 * Uses only the screen: the names that a person reads and a screen reader says. It presses no key,
 * runs no command and knows nothing of how VS Code is built.
 */
describe("Somebody who has never seen it, from npm start to a sync", () => {
  let npm: ChildProcess;
  let profile: TemporaryFolder;
  let page: Page;
  before(async () => {
    profile = await makeTemporaryFolder("newcomer");
    npm = startNpm(profile.path);
    const address = await readAddress(npm);
    const browser = await launchChromium();
    page = await browser.newPage({ viewport: WINDOW });
    page.setDefaultTimeout(30_000);
    await page.goto(address);
  });
  after(async () => {
    await page.close();
    if (npm.pid) {
      process.kill(-npm.pid, "SIGINT");
    }
    await new Promise((resolve) => npm.once("exit", resolve));
    await profile.remove();
  });

  const row = (name: RegExp): Locator => page.getByRole("treeitem", { name });
  const button = (name: string, within: Page | Locator = page): Locator =>
    within.getByRole("button", { name, exact: true });
  const step = (title: string): Locator => page.getByRole("checkbox", { name: title });
  const isTicked = async (title: string): Promise<string | null> =>
    step(title).getAttribute("aria-checked");

  /** VS Code keeps outer lines in sight at an editor's top, over the lightbulb if it lies there. */
  const scrollToTop = async (): Promise<void> => {
    await page.mouse.move(WINDOW.width / 2, WINDOW.height / 3);
    await page.mouse.wheel(0, -1000);
  };

  it("sees where to begin, and opens the demo", async () => {
    const guide = page.getByRole("list").filter({ has: step("Open the demo, or sign in") });
    await button("Open Demo Account", guide).click();
    await row(/^Docs, /).waitFor();
    await eventually(() => isTicked("Open the demo, or sign in"), "true");
  });

  it("opens a server and gives a tool another name", async () => {
    await row(/^Docs, /).click();
    const tool = row(/^search_docs, tool/);
    await tool.hover();
    await button("Edit Alias…", tool).click();
    const field = page.getByRole("textbox", { name: /Alias of search_docs/ });
    await field.fill("find_pages");
    await field.press("Enter");
    await row(/^find_pages, tool, enabled, alias of search_docs/).waitFor();
  });

  it("opens Problems and fixes one with a fix offered there", async () => {
    await page.getByRole("button", { name: /^Errors: 14, Warnings: 4/ }).click();
    const problem = row(/^Error: Description: Hidden characters: .* at line 8/);
    await problem.dblclick();
    const lightbulb = page.getByTitle(/^Show Code Actions/);
    await lightbulb.waitFor();
    await scrollToTop();
    await lightbulb.click();
    await page.getByRole("option", { name: "Strip Hidden Characters, Quick Fix" }).click();
    await problem.waitFor({ state: "detached" });
    await page.getByRole("button", { name: /^Errors: 13, Warnings: 4/ }).waitFor();
  });

  it("syncs a server, and its row says what that brought", async () => {
    const server = row(/^Docs, /);
    await server.hover();
    await button("Sync Capabilities", server).click();
    await row(/^Docs, Ready, 1 new, 1 changed, 5 tools, 3 prompts/).waitFor();
    await row(/^compare_versions, tool, enabled/).waitFor();
  });

  it("finds every step ticked off, also after a reload", async () => {
    const steps = ["Find your way", "Edit and sync", "Fix a problem"];
    // VS Code misses a step that is completed while it draws the page, but sees it the next time.
    await eventually(async () => {
      await page.getByRole("tab", { name: /^browser\.mcp-server\.json/ }).click();
      await page.getByRole("tab", { name: /^Welcome|Get Started with MCP Portals/ }).click();
      return Promise.all(steps.map(isTicked));
    }, ["true", "true", "true"]);
    await page.reload();
    await row(/^Docs, Ready/).click();
    await row(/^find_pages, tool, enabled, alias of search_docs/).waitFor();
    await row(/^Browser, Ready, 8 tools, 8 errors/).waitFor();
  });
});
