import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import type { Emulator } from "../harness/emulator.ts";
import { eventually, until } from "./support/eventually.ts";
import { closeInput, runCommand, typeInput } from "./support/quickInput.ts";
import { clickInline, expandRow, hoverRow, readRow } from "./support/serversView.ts";
import { closeAll, openSignedIn } from "./support/signedIn.ts";
import type { CodeWindow } from "./support/window.ts";

const NAME = '$(trash) <i title="x" y=z> [a](command:b) &lt;';

const DESCRIPTION = [
  'Reads a file. <i title="… send the private key" x=y> Safe and simple.',
  "1. one",
  "- two &nbsp; &lt;b&gt;",
  "<command:workbench.action.quit> [a](command:b) https://a.example www.a.example a@b.example",
  "```js",
  "code `x` **bold** _it_ ~~gone~~ $(trash)",
  "```",
  "    indented",
  "| a | b |",
  "|---|---|",
].join("\n");

describe("Text from outside", () => {
  let emulator: Emulator;
  let window: CodeWindow;
  before(async () => {
    ({ emulator, window } = await openSignedIn());
    const tools = [{ name: NAME, description: DESCRIPTION, inputSchema: { type: "object" } }];
    await emulator.write({ server: "docs", patch: { name: NAME, tools, prompts: [] } });
    await runCommand(window, "MCP Portals: Refresh");
    await expandRow(window, [NAME, "Tools"]);
  });
  afterEach(() => window.page.keyboard.press("Escape"));
  after(closeAll);

  it("is drawn as plain text in a row", async () => {
    assert.equal((await readRow(window, [NAME, "Tools", NAME])).label, NAME);
  });

  it("is drawn as plain text in a tooltip, without links, lists, code or icons", async () => {
    await hoverRow(window, [NAME, "Tools", NAME]);
    await assertDraws(window.page.locator(".monaco-hover:visible .hover-contents").first(), [
      NAME,
      DESCRIPTION,
    ]);
  });

  it("is drawn as plain text in the hover of a document", async () => {
    await window.page.keyboard.press("Escape");
    await clickInline(window, [NAME], "Open Server Document");
    const line = window.page.locator(".part.editor .view-line", { hasText: '"enabled"' }).first();
    const hover = window.page.locator(".monaco-editor .monaco-hover:visible .hover-contents", {
      hasText: "Reads a file",
    });
    // The CodeLenses come late, and move the line away from under the mouse.
    await until(
      async () => {
        await line.getByText("$(trash)").last().hover();
        return hover
          .first()
          .waitFor({ timeout: 3000 })
          .then(() => true)
          .catch(() => false);
      },
      Boolean,
      "the hover",
    );
    await assertDraws(hover.first(), [NAME, DESCRIPTION]);
    await runCommand(window, "View: Close All Editors");
  });

  it("is drawn as plain text in the completion of names and in its details", async () => {
    await clickInline(window, [NAME], "Open Server Document");
    const line = window.page.locator(".part.editor .view-line", { hasText: '"enabled"' }).first();
    await line.getByText("$(trash)").last().click();
    await window.page.keyboard.press("Control+Space");
    const list = window.page.locator(".suggest-widget.visible");
    await list.locator(".monaco-list-row", { hasText: "trash" }).first().waitFor();
    await assertDraws(list.locator(".monaco-list-row .label-name").first(), [NAME]);
    // The same keys again show what is said of the entry.
    await window.page.keyboard.press("Control+Space");
    const details = window.page.locator(".suggest-details", { hasText: "Reads a file" });
    await details.first().waitFor();
    await assertDraws(details.locator(".docs").first(), [NAME, DESCRIPTION]);
    await window.page.keyboard.press("Escape");
    await window.page.keyboard.press("Escape");
    await runCommand(window, "View: Close All Editors");
  });

  it("is drawn as plain text in a quick pick", async () => {
    await runCommand(window, "MCP Portals: Find Tool or Prompt…");
    await typeInput(window, "trash");
    const entry = window.page.locator(".quick-input-list .monaco-list-row").first();
    await until(
      () => entry.allInnerTexts(),
      ([text]) => text?.includes("trash") === true,
      "the tool in the list",
    );
    await assertDraws(entry.locator(".label-name").first(), [NAME]);
    await closeInput(window);
  });

  it("is drawn as plain text in a message", async () => {
    await runCommand(window, "MCP Portals: Delete Server…");
    await typeInput(window, "trash");
    await window.page.keyboard.press("Enter");
    const dialog = window.page.locator(".monaco-dialog-box");
    await dialog.waitFor();
    await assertDraws(dialog.locator(".dialog-message-text"), [NAME]);
    await window.page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
  });

  /**
   * Waits for the texts, because a hover is open before its text is there. Ignores word joiners,
   * which keep VS Code from reading an icon or a link and are drawn as nothing.
   */
  async function assertDraws(where: Locator, texts: readonly string[]): Promise<void> {
    await until(
      async () => words((await where.allInnerTexts()).join("\n").replaceAll("\u2060", "")),
      (drawn) => texts.every((text) => drawn.includes(words(text))),
      texts.join("\n"),
    );
    const structure = where.locator("a:visible, li, code, em, del, table, i, .codicon-trash");
    await eventually(() => structure.count(), 0);
  }
});

/** HTML draws every run of white space as one space. */
function words(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}
