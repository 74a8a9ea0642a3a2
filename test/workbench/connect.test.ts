import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import { letBotsInto, type ServiceClient } from "../host/support/serviceTokens.ts";
import { eventually, until } from "./support/eventually.ts";
import { chooseOnPortal, expandPortal, portalsRow } from "./support/portalsView.ts";
import { answerInput, closeInput, pickItem, readEntries, readInput } from "./support/quickInput.ts";
import { comparisonView } from "./support/serversView.ts";
import { closeAll, openSignedIn } from "./support/signedIn.ts";
import { lineOf, readElements } from "./support/treeRows.ts";
import type { CodeWindow } from "./support/window.ts";
import { readActiveTab, readNotifications } from "./support/workbenchParts.ts";

const SUPPORT = ["Support"];
const TOOLS = [...SUPPORT, "Tickets", "Tools"];
const DISCONNECT = "Disconnect VS Code from Portal";

/** Signed in to the demo's data at an emulator of its own, whose portals answer on this machine. */
describe("Connecting to a portal and trying its tools, by hand", () => {
  let window: CodeWindow;
  let client: ServiceClient;
  before(async () => {
    const opened = await openSignedIn();
    window = opened.window;
    client = await letBotsInto(opened.emulator, ["Support", "Tickets"]);
    // Wide enough for the arguments with the result beside them.
    await window.page.setViewportSize({ width: 1500, height: 2100 });
  });
  after(closeAll);

  it("connects with a service token that is typed in, its secret unseen", async () => {
    await chooseOnPortal(window, SUPPORT, "Connect VS Code to Portal");
    await untilPrompted("Connect VS Code to Support");
    await pickItem(window, "all tools");
    await pickItem(window, "With a service token");
    await untilAsked("Client ID");
    await answerInput(window, client.id);
    await untilAsked("Client secret");
    const secret = window.page.locator(".quick-input-box input");
    assert.equal(await secret.getAttribute("type"), "password");
    await answerInput(window, client.secret);
    // VS Code trusts what an extension offers that somebody installed, so it asks nothing more.
    await secret.waitFor({ state: "hidden" });
    assert.equal(await dialog().count(), 0);
    await eventually(
      () => readNotifications(window),
      ["Added Support to VS Code's MCP servers. VS Code connects to it now."],
    );
  });

  it("shows what VS Code gets and what it doesn't, in a view and in a sentence", async () => {
    await window.page
      .locator(".notifications-toasts")
      .getByRole("button", { name: "Compare with the Live Portal" })
      .click();
    await eventually(
      () => readNotifications(window),
      ["Support: VS Code doesn't get what it should get: 15 as expected, 3 missing."],
    );
    const why = "A service token doesn't see Shop: it requires user auth.";
    await eventually(compared, [
      "Support (15 as expected, 3 missing)",
      "  Missing (3)",
      `    ${why} (3)`,
      "      shop_get_order",
      "      shop_list_orders",
      "      shop_stock",
      "  As expected (15)",
    ]);
  });

  it("runs a tool that only reads, which nobody has to confirm", async () => {
    await expandPortal(window, TOOLS);
    await tryTool("search_tickets");
    await lens("Run").click();
    await resultLine(/^search_tickets\s·\s[\d.]+\sm?s$/u).waitFor();
    await resultLine("Structured content, as the output schema says:").waitFor();
    await resultLine('"title": "Renew certificate",').waitFor();
    assert.equal(await dialog().count(), 0);
  });

  it("runs a tool that destroys once it is confirmed, to us and to VS Code", async () => {
    await tryTool("delete_ticket");
    await typeKey("OPS-142");
    await lens("Run").click();
    await answer("Run delete_ticket?", "Run");
    // VS Code's own words of the tool.
    await answer("Run Delete ticket", "Cancel");
    await lens("Run").click();
    await answer("Run delete_ticket?", "Run");
    await answer("Run Delete ticket", "Yes");
    await resultLine(/^delete_ticket\s·\s[\d.]+\sm?s$/u).waitFor();
  });

  it("keeps the call that was made, and not the one that was declined", async () => {
    await lens("Earlier Calls…").click();
    await untilPrompted("Run which call again?");
    const entries = await readEntries(window);
    assert.equal(entries.length, 1);
    assert.match(entries[0]?.[1] ?? "", /^answered · /u);
    assert.equal(entries[0]?.[2], '{ "key": "OPS-142" }');
    await closeInput(window);
  });

  it("disconnects, and connects again only when it is asked to", async () => {
    await chooseOnPortal(window, SUPPORT, DISCONNECT);
    await until(isOfferedToDisconnect, (offered) => !offered, "Nothing left to disconnect");
    await chooseOnPortal(window, SUPPORT, "Compare with the Live Portal");
    await untilPrompted("Connect VS Code to Support");
    await closeInput(window);
  });

  const dialog = (): Locator => window.page.locator(".monaco-dialog-box");

  async function answer(question: string, button: string): Promise<void> {
    const asked = dialog().filter({ has: window.page.getByText(question, { exact: true }) });
    await asked.getByRole("button", { name: button, exact: true }).click();
    await asked.waitFor({ state: "detached" });
  }

  async function untilPrompted(title: string): Promise<void> {
    await eventually(async () => (await readInput(window)).title, title);
  }

  async function untilAsked(what: string): Promise<void> {
    await until(
      async () => (await readInput(window)).message,
      (message) => message.startsWith(what),
      what,
    );
  }

  /** The comparison's rows. */
  async function compared(): Promise<string[]> {
    const rows = await comparisonView(window).locator(".monaco-list-row").evaluateAll(readElements);
    return rows.map(lineOf);
  }

  async function tryTool(name: string): Promise<void> {
    await chooseOnPortal(window, [...TOOLS, name], "Try Tool…");
    await eventually(() => readActiveTab(window), `${name}.mcp-arguments.json`);
  }

  /** Types into the empty text of the document's second line. */
  async function typeKey(text: string): Promise<void> {
    const line = editorOf(".mcp-arguments.json").locator(".view-line").filter({ hasText: '"key"' });
    await line.click();
    await window.page.keyboard.press("End");
    await window.page.keyboard.press("ArrowLeft");
    await window.page.keyboard.type(text);
    await line.filter({ hasText: `"key": "${text}"` }).waitFor();
  }

  const editorOf = (ending: string): Locator =>
    window.page.locator(".editor-group-container", {
      has: window.page.locator(`.tab.active[data-resource-name$="${ending}"]`),
    });

  const lens = (title: string): Locator =>
    editorOf(".mcp-arguments.json")
      .locator(".codelens-decoration")
      .getByRole("button", { name: title, exact: true });

  const resultLine = (text: string | RegExp): Locator =>
    editorOf("result.txt").locator(".view-line").getByText(text);

  async function isOfferedToDisconnect(): Promise<boolean> {
    await (await portalsRow(window, SUPPORT)).locator(".label-name").click({ button: "right" });
    const menu = window.page.getByRole("menuitem", { name: "Compare with the Live Portal" });
    await menu.waitFor();
    const offered = await window.page.getByRole("menuitem", { name: DISCONNECT }).isVisible();
    await window.page.keyboard.press("Escape");
    await menu.waitFor({ state: "hidden" });
    return offered;
  }
});
