import assert from "node:assert/strict";
import { openDemo } from "./support/demoWindow.ts";
import { eventually } from "./support/eventually.ts";
import { answerInput, closeInput, readInput, runCommand, typeInput } from "./support/quickInput.ts";
import { readAloud, type Spoken, sentenceOf } from "./support/readAloud.ts";
import {
  clickInline,
  clickViewTitle,
  expandRow,
  openServersView,
  serversView,
  untilTreeStill,
} from "./support/serversView.ts";
import { type CodeWindow, openWindow } from "./support/window.ts";
import { clickStatus } from "./support/workbenchParts.ts";

/** Characters of VS Code's icon font, and names that only programs use. */
const NOT_WORDS = /[\ue000-\uf8ff]|\$\(|undefined|\[object|[0-9a-f]{32}/u;

describe("A screen reader, in the demo account", () => {
  let window: CodeWindow;
  before(async () => {
    window = await openWindow();
    await openServersView(window);
  });
  after(() => window.close());

  const heard = async (
    role: string,
    name: string | RegExp,
    wanted: readonly string[],
  ): Promise<string[]> => {
    const all = await readAloud(window, role, name);
    return all.filter((each) => wanted.includes(each.role)).map(sentenceOf);
  };
  const input = async (): Promise<string[]> => heard("textbox", /./, ["textbox"]);

  it("reads the welcome as sentences and buttons", async () => {
    await serversView(window).getByText("Open Demo Account").waitFor();
    await eventually(
      () => heard("region", "Welcome", ["StaticText", "button"]),
      [
        "StaticText See your Cloudflare MCP portals and the servers behind them, decide which tools people get, and find out what is wrong.",
        "button Sign In…",
        "StaticText No Cloudflare account at hand? ",
        "button Open Demo Account",
        "StaticText : it runs on this machine alone.",
      ],
    );
  });

  it("reads every row and checkbox in words, from top to bottom", async () => {
    await openDemo(window);
    await expandRow(window, ["Shop", "Tools"]);
    await untilTreeStill(window);
    await eventually(
      () => heard("tree", "Servers", ["treeitem", "checkbox"]),
      [
        "treeitem Back Office, Ready, 140 tools, 1 warning; level 1, collapsed",
        "treeitem Browser, Ready, 8 tools, 9 errors; level 1, collapsed",
        "treeitem Calendar, Sync required, 6 tools, 2 prompts, 1 warning; level 1, collapsed",
        "treeitem CRM, Waiting for authentication; level 1",
        "treeitem Database, Error, 7 tools, 1 error; level 1, collapsed",
        "treeitem Docs, Ready, 4 tools, 3 prompts; level 1, collapsed",
        "treeitem Observability, Ready, 11 of 12 enabled, 1 error; level 1, collapsed",
        "treeitem Shop, Ready, 8 of 9 enabled, 1 error, 1 warning; level 1, expanded",
        "treeitem Tools, 8 of 9 enabled; level 2, expanded",
        "treeitem find_product, tool, enabled, alias of search_products, 1 error; level 3",
        "checkbox Enable find_product; checked",
        "treeitem find_product, tool, enabled; level 3",
        "checkbox Enable find_product; checked",
        "treeitem get_stock, tool, enabled; level 3",
        "checkbox Enable get_stock; checked",
        "treeitem list_orders, tool, enabled; level 3",
        "checkbox Enable list_orders; checked",
        "treeitem get_order, tool, enabled; level 3",
        "checkbox Enable get_order; checked",
        "treeitem create_order, tool, enabled; level 3",
        "checkbox Enable create_order; checked",
        "treeitem refund_order, tool, disabled; level 3",
        "checkbox Enable refund_order; not checked",
        "treeitem set_price, tool, enabled; level 3",
        "checkbox Enable set_price; checked",
        "treeitem cancel_order, tool, enabled; level 3",
        "checkbox Enable cancel_order; checked",
        "treeitem Tickets, Ready, 12 tools; level 1, collapsed",
        "treeitem Wiki, Error, 1 error; level 1",
      ],
    );
  });

  it("reads a prompt like a tool", async () => {
    await expandRow(window, ["Observability", "Prompts"]);
    await untilTreeStill(window);
    const rows = await heard("tree", "Servers", ["treeitem", "checkbox"]);
    assert.deepEqual(rows.slice(rows.findIndex((row) => row.includes("Prompts"))).slice(0, 3), [
      "treeitem Prompts, 1; level 2, expanded",
      "treeitem summarize_incident, prompt, enabled; level 3",
      "checkbox Enable summarize_incident; checked",
    ]);
  });

  it("reads the counts of the badge and of the status bar", async () => {
    await eventually(
      () => heard("tab", /^MCP Portals/, ["tab"]),
      ["tab MCP Portals - 14 errors, 4 warnings; expanded"],
    );
    await eventually(
      () => heard("button", /^MCP Portals:/, ["button"]),
      ["button MCP Portals: 10 MCP servers: 2 failing, 1 needs attention"],
    );
  });

  it("reads a menu without the names of its icons", async () => {
    await clickStatus(window);
    await eventually(
      () => heard("listbox", "MCP Portals", ["option"]),
      [
        "option Sync All Servers",
        "option Show Problems",
        "option Switch Account…",
        "option Show Log",
      ],
    );
    await closeInput(window);
  });

  it("reads what Find Tool or Prompt found", async () => {
    await runCommand(window, "MCP Portals: Find Tool or Prompt…");
    await typeInput(window, "delete_dash");
    await eventually(
      () => heard("listbox", /Find Tool or Prompt$/, ["option", "button"]),
      [
        "option delete_dashboard, Observability · tool · disabled, Deletes a dashboard and the links to it.",
        "button Show in Portal",
        "button Edit Alias…",
        "button Enable",
        "button Open Server Document",
        "button Copy Exposed Name",
      ],
    );
    await closeInput(window);
  });

  it("reads what an input is for, and what is wrong with what was typed", async () => {
    await clickInline(window, ["Shop", "Tools", "get_stock"], "Edit Alias…");
    await typeInput(window, "two words");
    await eventually(input, [
      "textbox get_stock - Alias of get_stock; An alias is made of letters and digits, with single hyphens or underscores between them.",
    ]);
    await closeInput(window);
  });

  it("reads each step of a form", async () => {
    await runCommand(window, "MCP Portals: Add Server…");
    await eventually(input, [
      "textbox Add a server; Name, as people see it (Press 'Enter' to confirm or 'Escape' to cancel)",
    ]);
    await answerInput(window, "Weather");
    await eventually(async () => (await readInput(window)).message.startsWith("Id"), true);
    await eventually(input, [
      "textbox Add a server; Id: portals put it before the names of its tools, and it can't be changed later (Press 'Enter' to confirm or 'Escape' to cancel)",
    ]);
    await closeInput(window);
  });

  it("reads a message with its severity and its buttons", async () => {
    await clickViewTitle(window, "Sync All Servers");
    const message =
      "Warning: 3 of 10 servers couldn't be synced., source: MCP Portals for Cloudflare";
    await eventually(
      () => heard("list", `${message}, notification`, ["list", "button"]),
      [
        `list ${message}, notification`,
        "button Show Problems",
        "button More Actions...; collapsed",
        "button Clear Notification (Del)",
      ],
    );
  });

  it("reads nothing of ours that isn't words", async () => {
    const parts = await Promise.all([
      readAloud(window, "tree", "Servers"),
      readAloud(window, "toolbar", /^MCP Portals/),
    ]);
    const named = ({ role }: Spoken) => ["treeitem", "checkbox", "button"].includes(role);
    const names = parts.flat().filter(named).map(sentenceOf);
    assert.ok(names.length > 40, JSON.stringify(names));
    assert.deepEqual(
      names.filter((name) => NOT_WORDS.test(name) || /^\w+ *(;|$)/.test(name)),
      [],
    );
  });
});
