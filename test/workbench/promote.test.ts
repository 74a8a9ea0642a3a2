import assert from "node:assert/strict";
import type { Emulator } from "../harness/emulator.ts";
import { addAccount, addServer, addToken } from "../host/support/tokens.ts";
import { eventually } from "./support/eventually.ts";
import { chooseOnPortal } from "./support/portalsView.ts";
import { answerInput, pickItem, readEntries, runCommand } from "./support/quickInput.ts";
import { chooseFromMenu, expandRow, readRow } from "./support/serversView.ts";
import { closeAll, openSignedIn } from "./support/signedIn.ts";
import type { CodeWindow } from "./support/window.ts";

describe("Servers and portals of two accounts", () => {
  let emulator: Emulator;
  let window: CodeWindow;
  let tidewater: string;
  before(async () => {
    ({ emulator, window } = await openSignedIn());
    tidewater = await addAccount(emulator, "Tidewater");
    await addServer(emulator, tidewater, "docs", "Docs there");
    const tools = [
      { name: "get_page", description: "Get a page", inputSchema: { type: "object" } },
    ];
    await emulator.write({ account: tidewater, server: "docs", patch: { tools } });
    await emulator.write({
      server: "docs",
      patch: { updated_tools: [{ name: "get_page", alias: "read_page" }] },
    });
    await runCommand(window, "MCP Portals: Sign In…");
    await pickItem(window, "Paste an API token");
    await answerInput(window, await addToken(emulator, { accounts: [tidewater] }));
    await readRow(window, ["Tidewater"]);
    await runCommand(window, "MCP Portals: Refresh");
    await expandRow(window, ["Harborlane", "Docs", "Tools"]);
    await readRow(window, ["Harborlane", "Docs", "Tools", "read_page"]);
  });
  after(closeAll);

  const side = async (name: "original" | "modified"): Promise<string> => {
    const lines = window.page.locator(
      `.part.editor .monaco-diff-editor .editor.${name} .view-line`,
    );
    // A long line is wrapped, and so is in several elements.
    return (await lines.allTextContents()).join(" ").replace(/\s+/gu, " ");
  };

  const has = (name: "original" | "modified", ...texts: readonly string[]) =>
    eventually(async () => {
      const text = await side(name);
      return texts.filter((each) => !text.includes(each));
    }, []);

  const activeTab = async (): Promise<string> =>
    (await window.page.locator(".part.editor .tab.active").first().textContent()) ?? "";

  it("are compared, and only the one that was asked for can be edited", async () => {
    await chooseFromMenu(window, ["Harborlane", "Docs"], "Compare With…");
    await pickItem(window, "Docs there");
    await has("original", '"name": "Docs there"', '"get_page": { "enabled": true }');
    await has("modified", '"name": "Docs"', '"alias": "read_page"');
    await eventually(activeTab, "Docs there (Tidewater) ↔ Docs (Harborlane)");
    await window.page
      .locator(".part.editor .monaco-diff-editor .editor.original .view-line")
      .filter({ hasText: "Docs there" })
      .click();
    await window.page.keyboard.type("x");
    await window.page.getByText("Cannot edit in read-only editor").first().waitFor();
    await runCommand(window, "View: Close All Editors");
  });

  it("of which a portal is compared with another portal", async () => {
    await chooseOnPortal(window, ["Harborlane", "Engineering"], "Compare With…");
    await pickItem(window, "Support");
    await has("original", '"name": "Support"');
    await has("modified", '"name": "Engineering"');
    await runCommand(window, "View: Close All Editors");
  });

  it("are given all overrides of another account's, after a plan was shown", async () => {
    await emulator.clearLog();
    await chooseFromMenu(window, ["Harborlane", "Docs"], "Copy All Overrides to…");
    await pickItem(window, "Docs there");
    await eventually(
      async () => (await readEntries(window)).map(([label, more]) => [label, more]),
      [
        ["Apply", "Undo Last Change takes all of it back"],
        ["Cancel", "Nothing is written"],
      ],
    );
    assert.match(await activeTab(), /^Preview of 1 changes?/u);
    await has("modified", '"alias": "read_page"');
    const puts = async () =>
      (await emulator.log()).flatMap(({ method, path, body }) =>
        method === "PUT"
          ? [{ path, isCopy: /"alias":"read_page"/u.test(JSON.stringify(body)) }]
          : [],
      );
    assert.deepEqual(await puts(), []);
    await pickItem(window, "Apply");
    await eventually(puts, [
      { path: `/accounts/${tidewater}/access/ai-controls/mcp/servers/docs`, isCopy: true },
    ]);
  });
});
