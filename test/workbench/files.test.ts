import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { makeTemporaryFolder, type TemporaryFolder } from "../harness/temporary.ts";
import { openDemo } from "./support/demoWindow.ts";
import { eventually } from "./support/eventually.ts";
import { openProblem, openProblems, readProblems, takeFix } from "./support/problems.ts";
import { pickItem, readEntries, runCommand } from "./support/quickInput.ts";
import { chooseFromMenu, openServersView, pickFromMenu } from "./support/serversView.ts";
import { type CodeWindow, openWindow } from "./support/window.ts";
import { readActiveTab } from "./support/workbenchParts.ts";

describe("Files of servers in a folder", () => {
  let folder: TemporaryFolder;
  let window: CodeWindow;
  before(async () => {
    folder = await makeTemporaryFolder("files");
    window = await openWindow({ folder: folder.path });
    await openServersView(window);
    await openDemo(window);
  });
  after(async () => {
    await window.close();
    await folder.remove();
  });

  const lens = (text: string) =>
    window.page.locator(".codelens-decoration").filter({ hasText: text }).first();

  it("are saved from a row's menu, and say above them that they are as the account", async () => {
    await chooseFromMenu(window, ["Docs"], "Save to Workspace…");
    await lens("Same as the account").waitFor();
    assert.match(await readActiveTab(window), /docs\.mcp-server\.json/u);
    const text = await readFile(join(folder.path, "servers/docs.mcp-server.json"), "utf8");
    assert.match(text, /"name": "Docs"/u);
  });

  it("say that they differ while somebody types", async () => {
    const { page } = window;
    await page
      .locator(".view-line span")
      .filter({ hasText: /^"Docs"$/u })
      .first()
      .dblclick();
    await page.keyboard.type("Handbook");
    await lens("Differs from the account").waitFor();
    await lens("Compare").waitFor();
  });

  it("are applied by their lens after the plan was shown, and taken back by one undo", async () => {
    await lens("Apply…").locator("a").filter({ hasText: "Apply…" }).click();
    await eventually(
      async () => (await readEntries(window)).map(([label]) => label?.includes("Apply")),
      [true, false],
    );
    await pickItem(window, "Apply");
    await lens("Same as the account").waitFor();
    await runCommand(window, "MCP Portals: Undo Last Change");
    await lens("Differs from the account").waitFor();
  });

  it("are applied from the explorer's menu and from their editor's title", async () => {
    const { page } = window;
    await page.keyboard.press("Control+Shift+E");
    // The explorer shows where the file in front is.
    const row = page
      .locator(".explorer-folders-view .monaco-list-row")
      .filter({ hasText: "docs.mcp-server.json" });
    await row.click({ button: "right" });
    await pickFromMenu(window, "Apply to Account…");
    await planned();
    await pickItem(window, "Cancel");
    await lens("Differs from the account").waitFor();
    await page
      .locator(".part.editor .editor-actions")
      .getByRole("button", { name: /^More Actions/u })
      .click();
    await pickFromMenu(window, "Apply to Account…");
    await planned();
    await pickItem(window, "Apply");
    await lens("Same as the account").waitFor();
  });

  it("have Problems while somebody types, and a fix in the lightbulb", async () => {
    const { page } = window;
    const key = (name: string) =>
      page.locator(".view-line span").filter({ hasText: new RegExp(`^"${name}"$`, "u") });
    await key("get_page").first().dblclick();
    await page.keyboard.type("get_pages");
    await openProblems(window);
    await openProblem(window, 'This server has no tool "get_pages".');
    await takeFix(window, '"get_page"');
    await key("get_page").first().waitFor();
    await lens("Same as the account").waitFor();
    await eventually(
      async () => (await readProblems(window)).filter(({ file }) => file.startsWith("docs.")),
      [],
    );
  });

  /** The plan is on screen, and a question below it. */
  async function planned(): Promise<void> {
    await eventually(
      async () => (await readEntries(window)).map(([label]) => label),
      ["Apply", "Cancel"],
    );
    const tab = window.page.locator(".part.editor .tab.active");
    assert.match((await tab.first().textContent()) ?? "", /^Plan for servers\/docs/u);
    await window.page
      .locator(".part.editor .monaco-diff-editor .editor.modified .view-line")
      .filter({ hasText: "Handbook" })
      .first()
      .waitFor();
  }
});
