import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import { openDemoWindow } from "./support/demoWindow.ts";
import { eventually } from "./support/eventually.ts";
import { shownPage } from "./support/pages.ts";
import { pickItem, runCommand } from "./support/quickInput.ts";
import type { CodeWindow } from "./support/window.ts";

describe("What clients get, in the demo account", () => {
  let window: CodeWindow;
  before(async () => {
    window = await openDemoWindow();
    await runCommand(window, "MCP Portals: Show What Clients Get");
    await pickItem(window, "Engineering");
    await grid().waitFor();
  });
  after(() => window.close());

  const grid = (): Locator => shownPage(window).getByRole("grid");
  const cell = (name: string): Locator => grid().getByRole("gridcell", { name, exact: true });
  const rowsInWords = (): Promise<string[]> =>
    grid().getByRole("rowheader").locator(".label").allTextContents();
  const isInSight = (of: Locator): Promise<boolean> =>
    of.evaluate((element) => {
      const { right } = element.closest("[role=grid]")?.getBoundingClientRect() ?? { right: 0 };
      return element.getBoundingClientRect().right <= right;
    });
  const focused = (): Promise<string> =>
    shownPage(window).evaluate(
      ({ ownerDocument: { activeElement } }) =>
        activeElement?.getAttribute("aria-label") ?? activeElement?.textContent ?? "",
    );

  it("is a table with the problems first, each cell with a word that says where it is", async () => {
    await cell("tickets_log_work, Gemini: Refused").waitFor();
    await cell("docs_search_docs, VS Code: As it is").waitFor();
    const [whole, ...names] = await rowsInWords();
    assert.equal(whole, "The whole list");
    assert.deepEqual(names.slice(0, 2).sort(), ["observability_slow_requests", "tickets_log_work"]);
  });

  it("is narrowed by a client and by what becomes of a tool", async () => {
    const page = shownPage(window);
    await page.getByRole("combobox", { name: "Client" }).selectOption("Gemini");
    await page.getByRole("combobox", { name: "What becomes of a tool" }).selectOption("Refused");
    await eventually(
      async () => (await rowsInWords()).sort(),
      ["The whole list", "observability_slow_requests", "tickets_log_work"],
    );
    await page.getByText(/^2 of \d+ rows$/u).waitFor();
    await page.getByRole("combobox", { name: "Client" }).selectOption("All clients");
    await page.getByRole("combobox", { name: "What becomes of a tool" }).selectOption("Everything");
  });

  it("moves by arrow keys, and tells the reason for a cell", async () => {
    const { keyboard } = window.page;
    await grid().getByRole("gridcell").first().focus();
    await keyboard.press("Control+Home");
    for (const key of ["ArrowDown", "ArrowDown", "End", "ArrowLeft"]) {
      await keyboard.press(key);
    }
    await eventually(focused, "tickets_log_work, Gemini: Refused");
    await keyboard.press("Enter");
    const details = shownPage(window).getByRole("region", { name: "tickets_log_work in Gemini" });
    await details
      .getByText(/^\/inputSchema\/properties\//u)
      .first()
      .waitFor();
    await details.getByText("Source").first().waitFor();
    // The details take room from the table.
    await eventually(() => isInSight(cell("tickets_log_work, Gemini: Refused")), true);
    await keyboard.press("Escape");
    await details.waitFor({ state: "detached" });
    await eventually(focused, "tickets_log_work, Gemini: Refused");
  });

  it("shows all clients beside each other on a page of 1,000 pixels, the details open", async () => {
    const { page } = window;
    const before = page.viewportSize() ?? { width: 0, height: 0 };
    const width = (): Promise<number> =>
      shownPage(window).evaluate(({ clientWidth }) => clientWidth);
    const beside = before.width - (await width());
    await page.setViewportSize({ width: beside + 1000, height: 800 });
    await eventually(width, 1000);
    await cell("tickets_log_work, Gemini: Refused").click();
    const details = shownPage(window).getByRole("region", { name: "tickets_log_work in Gemini" });
    await details.waitFor();
    // Whatever is wider than its place, and the words of the cells that are cut off.
    const cut = (): Promise<string[]> =>
      grid().evaluate((table) =>
        [table, ...table.querySelectorAll(".fate .word, .client .title")]
          .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
          .map(({ className, textContent }) => `${className}: ${textContent?.slice(0, 40)}`),
      );
    await eventually(cut, []);
    const rows = await grid().getByRole("rowheader").count();
    assert.ok(rows > 5, `${rows} rows`);
    await details.getByRole("button", { name: "Close" }).click();
    await details.waitFor({ state: "detached" });
    await page.setViewportSize(before);
  });

  it("opens VS Code's diff of an altered definition by the keyboard alone", async () => {
    const { page } = window;
    const { keyboard } = page;
    await keyboard.press("ArrowLeft");
    await eventually(focused, "tickets_log_work, Codex: Altered");
    await keyboard.press("Enter");
    await eventually(focused, "Compare Before and After");
    await keyboard.press("Enter");
    await page.getByRole("tab", { name: /^tickets_log_work ↔ Codex/u }).waitFor();
    const altered = { hasText: "mcp__cloudflare__tickets_log_work" };
    await page.locator(".editor.modified .view-line", altered).first().waitFor();
  });

  it("comes back as it was left from behind another tab", async () => {
    const { page } = window;
    const tab = (name: RegExp) => page.getByRole("tab", { name });
    await tab(/^Engineering: Clients/u).click();
    const search = shownPage(window).getByRole("searchbox");
    await search.fill("log_work");
    await eventually(rowsInWords, ["The whole list", "tickets_log_work"]);
    await tab(/^tickets_log_work ↔ Codex/u).click();
    await page.locator(".editor.modified .view-line").first().waitFor();
    await tab(/^Engineering: Clients/u).click();
    await eventually(rowsInWords, ["The whole list", "tickets_log_work"]);
    assert.equal(await search.inputValue(), "log_work");
  });
});
