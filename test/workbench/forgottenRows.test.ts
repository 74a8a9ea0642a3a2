import assert from "node:assert/strict";
import { until } from "./support/eventually.ts";
import { tickItem } from "./support/quickInput.ts";
import {
  clickViewTitle,
  expandRow,
  readRow,
  serversView,
  untilTreeStill,
} from "./support/serversView.ts";
import { closeAll, openSignedIn } from "./support/signedIn.ts";
import type { CodeWindow } from "./support/window.ts";

describe("A click on a row that is being redrawn", () => {
  let window: CodeWindow;
  before(async () => {
    ({ window } = await openSignedIn());
  });
  after(closeAll);

  it("acts on that row, and never asks which row was meant", async () => {
    await expandRow(window, ["Browser", "Tools"]);
    await untilTreeStill(window);
    assert.equal(await serversView(window).evaluate(clickWhileDrawn), "");
  });

  it("acts on that row while all rows are drawn, because a filter was cleared", async () => {
    for (let round = 0; round < 4; round += 1) {
      await closeForms();
      await clickViewTitle(window, "Filter…");
      await tickItem(window, "Disabled");
      await window.page.keyboard.press("Enter");
      await readRow(window, ["Observability", "Tools", "delete_dashboard"]);
      await untilTreeStill(window);
      assert.equal(await serversView(window).evaluate(clickWhileCleared), "");
      await readRow(window, ["Wiki"]);
      await untilTreeStill(window);
    }
  });

  /** Each click has opened a form, and the next one comes when one is closed. */
  async function closeForms(): Promise<void> {
    await until(
      async () => {
        await window.page.keyboard.press("Escape");
        return window.page.locator(".quick-input-widget").isVisible();
      },
      (visible) => !visible,
      "no form",
    );
  }
});

/**
 * Runs in the page. Switches a tool on and off whenever its server's row has counted it, which
 * redraws all rows below. Clicks the pencil of another tool all the time. Returns the error that
 * was shown in place of an action, or nothing after 15 such redraws.
 */
async function clickWhileDrawn(view: Element): Promise<string> {
  const find = (name: string, selector: string) =>
    [...view.querySelectorAll(".monaco-list-row")]
      .find((row) => row.querySelector(".label-name")?.textContent === name)
      ?.querySelector<HTMLElement>(selector);
  const counted = () => find("Browser", ".label-description")?.textContent;
  let redraws = 0;
  for (let drawn: string | null | undefined; redraws < 15; ) {
    const now = counted();
    if (now !== drawn) {
      redraws += 1;
      find("fill_form", '[role="checkbox"]')?.click();
    }
    drawn = now;
    find("screenshot", '[aria-label="Edit Alias…"]')?.click();
    await new Promise((resolve) => setTimeout(resolve));
    for (const part of document.querySelectorAll(".quick-input-title, .part.statusbar")) {
      const [said] = /.* which .*|This row .* anew\S* Try again\./.exec(part.textContent) ?? [];
      if (said !== undefined) {
        return said;
      }
    }
  }
  return "";
}

/**
 * Runs in the page: clears the filter, and clicks a tool's pencil every 15 ms until half a second
 * after all rows are there. Returns what is said instead of acting, or nothing.
 */
async function clickWhileCleared(view: Element): Promise<string> {
  const find = (name: string) =>
    [...view.querySelectorAll(".monaco-list-row")].find(
      (row) => row.querySelector(".label-name")?.textContent === name,
    );
  view.querySelector<HTMLElement>('.pane-header [aria-label="Clear Filter"]')?.click();
  let clicks = 0;
  for (let end = Number.POSITIVE_INFINITY; performance.now() < end; ) {
    if (find("Browser") !== undefined) {
      end = Math.min(end, performance.now() + 500);
    }
    const pencil = find("delete_dashboard")?.querySelector<HTMLElement>(
      '[aria-label="Edit Alias…"]',
    );
    pencil?.click();
    clicks += pencil ? 1 : 0;
    await new Promise((resolve) => setTimeout(resolve, 15));
    for (const part of document.querySelectorAll(".quick-input-title, .part.statusbar")) {
      const [said] = /.* which .*|This row .* anew\S* Try again\./.exec(part.textContent) ?? [];
      if (said !== undefined) {
        return said;
      }
    }
  }
  return clicks === 0 ? "No row was clicked." : "";
}
