import { match } from "node:assert/strict";
import type { Locator } from "playwright-core";
import { openDemoWindow } from "./support/demoWindow.ts";
import { eventually } from "./support/eventually.ts";
import { untilEditorsKept } from "./support/keptState.ts";
import { shownPage } from "./support/pages.ts";
import { pickItem, runCommand } from "./support/quickInput.ts";
import type { CodeWindow } from "./support/window.ts";

describe("The pages, after the window was reloaded", () => {
  let window: CodeWindow;
  before(async () => {
    window = await openDemoWindow();
    await open("Show What Clients Get");
    await client().selectOption("Gemini");
    await shownPage(window).getByRole("searchbox").fill("log_work");
    await eventually(rows, ["The whole list", "tickets_log_work"]);
    await open("Show Context Cost");
    await tile().click();
    await disableButton().waitFor();
    await untilEditorsKept(window, "query_logs");
    await window.reload();
  });
  after(() => window.close());

  const open = async (command: string): Promise<void> => {
    await runCommand(window, `MCP Portals: ${command}`);
    await pickItem(window, "Engineering");
  };
  const client = (): Locator => shownPage(window).getByRole("combobox", { name: "Client" });
  const rows = (): Promise<string[]> =>
    shownPage(window).getByRole("rowheader").locator(".label").allTextContents();
  const tile = (): Locator => shownPage(window).getByRole("option", { name: /^logs, \d/u });
  const disableButton = (): Locator =>
    shownPage(window).getByRole("button", { name: "Disable 1 Tool" });

  it("show what a portal costs again, with the same tool selected", async () => {
    await disableButton().waitFor();
    await eventually(() => tile().getAttribute("aria-selected"), "true");
    match((await shownPage(window).locator(".total").textContent()) ?? "", /^[\d,]+ tokens$/u);
  });

  it("show what clients get again, narrowed as before", async () => {
    await window.page.getByRole("tab", { name: /^Engineering: Clients/u }).click();
    await eventually(rows, ["The whole list", "tickets_log_work"]);
    await eventually(() => client().inputValue(), "gemini");
  });
});
