import assert from "node:assert/strict";
import { openDemoWindow } from "./support/demoWindow.ts";
import { eventually } from "./support/eventually.ts";
import { readInput } from "./support/quickInput.ts";
import { clickInline, expandRow, readRow, reviewView } from "./support/serversView.ts";
import type { CodeWindow } from "./support/window.ts";
import { readEditor } from "./support/workbenchParts.ts";

describe("Reviewing what a sync brought", () => {
  let window: CodeWindow;
  before(async () => {
    window = await openDemoWindow();
  });
  after(() => window.close());

  const row = (name: RegExp) => reviewView(window).getByRole("treeitem", { name });
  const accept = async (name: RegExp): Promise<void> => {
    await row(name).hover();
    await row(name)
      .getByRole("button", { name: /^Accept Changes/ })
      .click();
    await row(name).waitFor({ state: "detached" });
  };

  it("isn't there before anything has changed, and is there then", async () => {
    assert.equal(await reviewView(window).count(), 0);
    await clickInline(window, ["Docs"], "Sync Capabilities");
    await reviewView(window).waitFor();
  });

  it("has no button for lost overrides where no sync has taken any", async () => {
    await reviewView(window).locator(".pane-header").hover();
    const button = reviewView(window).getByRole("button", { name: "Carry Over Overrides…" });
    assert.equal(await button.count(), 0);
  });

  it("opens the diff of a change with a click", async () => {
    await reviewView(window).locator(".pane-header").click();
    await row(/^Docs, 1 new, 1 changed/).waitFor();
    await row(/^search_docs, tool, parameter section is gone/).click();
    await window.page.getByRole("tab", { name: /^search_docs \(accepted ↔ now\)/ }).waitFor();
    await eventually(
      async () => (await readEditor(window)).some((line) => line.includes("by meaning")),
      true,
    );
  });

  it("is over for what was accepted, and gone once all of it was", async () => {
    await accept(/^search_docs, tool, /);
    await row(/^compare_versions, tool, new/).waitFor();
    await accept(/^Docs, 1 new/);
    await reviewView(window).waitFor({ state: "detached" });
  });

  it("carries the alias of a renamed tool over from the title of the view", async () => {
    await clickInline(window, ["Observability"], "Sync Capabilities");
    await row(/^search_logs, tool, probably query_logs before/).waitFor();
    await reviewView(window).locator(".pane-header").hover();
    await reviewView(window).getByRole("button", { name: "Carry Over Overrides…" }).click();
    await eventually(async () => (await readInput(window)).items.length > 0, true);
    await window.page.keyboard.press("Enter");
    await expandRow(window, ["Observability", "Tools"]);
    await readRow(window, ["Observability", "Tools", "logs"]);
    await accept(/^Observability, 1 renamed/);
  });

  it("shows what was hidden in a tool that may delete now, which is turned off before it is accepted", async () => {
    await clickInline(window, ["Back Office"], "Sync Capabilities");
    const changed = row(/^export_invoices, tool, .*security problem/);
    await changed.click();
    await window.page.getByRole("tab", { name: /^export_invoices \(accepted ↔ now\)/ }).waitFor();
    await eventually(
      async () => (await readEditor(window)).some((line) => line.includes("\\udb40\\udc")),
      true,
    );
    await changed.hover();
    await changed.getByRole("button", { name: /^Disable/ }).click();
    await row(/^export_invoices, tool, .*disabled/).waitFor();
    await accept(/^Back Office, 1 changed/);
    await reviewView(window).waitFor({ state: "detached" });
  });
});
