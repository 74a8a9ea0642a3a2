import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { eventually } from "./support/eventually.ts";
import { filterProblems, openProblem, openProblems, readProblems } from "./support/problems.ts";
import { answerInput, closeInput, readInput, typeInput } from "./support/quickInput.ts";
import {
  chooseFromMenu,
  clickCheckbox,
  clickInline,
  expandRow,
  openServersView,
  readBranch,
  readRow,
  readTree,
  serversView,
} from "./support/serversView.ts";
import { type CodeWindow, openWindow } from "./support/window.ts";
import { readActiveTab, readCursorLine, readEditor, readStatus } from "./support/workbenchParts.ts";

describe("The main job, by hand, in the demo account", () => {
  let window: CodeWindow;
  before(async () => {
    window = await openWindow();
  });
  after(() => window.close());

  it("opens the demo with one click", async () => {
    await openServersView(window);
    const welcome = serversView(window).locator(".welcome-view-content");
    await welcome.getByText("Cloudflare MCP portals and the servers behind them").waitFor();
    await welcome.getByText("Open Demo Account").click();
    await eventually(
      () => readTree(window),
      [
        "Back Office (140 tools)",
        "Browser (8 tools)",
        "Calendar (Sync required · 6 tools, 2 prompts)",
        "CRM (Waiting for authentication)",
        "Database (Error · 7 tools)",
        "Docs (4 tools, 3 prompts)",
        "Observability (11 of 12 enabled)",
        "Shop (8 of 9 enabled)",
        "Tickets (12 tools)",
        "Wiki (Error)",
      ],
    );
    await eventually(() => readStatus(window), "MCP 10, 2 failing");
  });

  it("shows a server's tools and prompts, with aliases and checkboxes", async () => {
    await expandRow(window, ["Observability", "Tools"]);
    await expandRow(window, ["Observability", "Prompts"]);
    await eventually(
      () => readBranch(window, ["Observability"]),
      [
        "Observability (11 of 12 enabled)",
        "  Tools (10 of 11 enabled)",
        "    [x] metrics (query_metrics)",
        "    [x] logs (query_logs)",
        "    [x] get_trace",
        "    [x] find_slow_traces",
        "    [x] list_alerts",
        "    [x] silence_alert",
        "    [x] list_dashboards",
        "    [x] render_panel",
        "    [x] list_incidents",
        "    [x] declare_incident",
        "    [ ] delete_dashboard",
        "  Prompts (1)",
        "    [x] summarize_incident",
      ],
    );
  });

  it("offers the current alias to edit, and checks it while it is typed", async () => {
    await clickInline(window, ["Observability", "Tools", "metrics"], "Edit Alias…");
    await eventually(async () => (await readInput(window)).value, "metrics");
    await expectComplaint("two words", /letters and digits/);
    await expectComplaint("a".repeat(41), /40/);
    await expectComplaint("logs", /logs|query_logs/);
    await closeInput(window);
    await eventually(
      async () => (await readRow(window, ["Observability", "Tools", "metrics"])).checked,
      true,
    );
  });

  it("renames a tool and takes the name back", async () => {
    await rename(["Observability", "Tools", "get_trace"], "trace", "trace (get_trace)");
    await rename(["Observability", "Tools", "trace"], "", "get_trace");
  });

  it("renames a prompt and takes the name back", async () => {
    const prompts = ["Observability", "Prompts"];
    await rename([...prompts, "summarize_incident"], "sum_up", "sum_up (summarize_incident)");
    await rename([...prompts, "sum_up"], "", "summarize_incident");
  });

  it("turns a tool off and on by its checkbox and by its menu", async () => {
    const tool = ["Observability", "Tools", "list_alerts"];
    const isEnabled = async () => (await readRow(window, tool)).checked;
    const group = async () => (await readRow(window, ["Observability", "Tools"])).description;
    await clickCheckbox(window, tool);
    await eventually(isEnabled, false);
    await eventually(group, "9 of 11 enabled");
    await chooseFromMenu(window, tool, "Enable");
    await eventually(isEnabled, true);
    await chooseFromMenu(window, tool, "Disable");
    await eventually(isEnabled, false);
    await clickCheckbox(window, tool);
    await eventually(group, "10 of 11 enabled");
  });

  it("shows what a sync brought", async () => {
    await expandRow(window, ["Docs", "Tools"]);
    const before = await readBranch(window, ["Docs"]);
    await clickInline(window, ["Docs"], "Sync Capabilities");
    await eventually(async () => sameLines(await readBranch(window, ["Docs"]), before), false);
  });

  it("lists the failing servers in Problems, as sentences, and opens them from there", async () => {
    await openProblems(window);
    await filterProblems(window, "health/error");
    const failing = async () =>
      (await readProblems(window)).map(({ file, line, source, code }) => [
        file,
        line,
        source,
        code,
      ]);
    await eventually(failing, [
      ["database.mcp-server.json", 2, "MCP Portals", "health/error"],
      ["wiki.mcp-server.json", 2, "MCP Portals", "health/error"],
    ]);
    await openProblem(window, "The upstream refused the credential (401).");
    await eventually(() => readActiveTab(window), "database.mcp-server.json");
    await eventually(() => readCursorLine(window), 2);
    await eventually(
      async () => (await readEditor(window)).slice(0, 2),
      ["{", '  "name": "Database",'],
    );
  });

  it("is still there after a reload, with the changes", async () => {
    await clickCheckbox(window, ["Observability", "Tools", "get_trace"]);
    await eventually(() => descriptionOf("Observability"), "10 of 12 enabled");
    // The row shows the change at once. A reload before it is written would lose it.
    await eventually(() => countSaved("get_trace"), 2);
    await window.reload();
    await openServersView(window);
    await eventually(() => descriptionOf("Observability"), "10 of 12 enabled");
  });

  const descriptionOf = async (server: string) => (await readRow(window, [server])).description;

  /**
   * The number of times that the demo's state on disk names a tool: once for its definition, once
   * more if it is overridden.
   */
  async function countSaved(tool: string): Promise<number> {
    const folder = join(window.userData, "User");
    const names = await readdir(folder, { recursive: true });
    const name = names.find((each) => each.endsWith("demo.json"));
    const text = name ? await readFile(join(folder, name), "utf8") : "";
    return text.split(`"name":"${tool}"`).length - 1;
  }

  async function expectComplaint(text: string, complaint: RegExp): Promise<void> {
    await typeInput(window, text);
    await eventually(async () => complaint.test((await readInput(window)).message), true);
  }

  async function rename(path: readonly string[], alias: string, line: string): Promise<void> {
    await clickInline(window, path, "Edit Alias…");
    await answerInput(window, alias);
    const lines = async () =>
      (await readBranch(window, path.slice(0, 2))).map((text) => text.trim());
    await eventually(async () => (await lines()).includes(`[x] ${line}`), true);
  }
});

const sameLines = (some: readonly string[], others: readonly string[]): boolean =>
  some.join("\n") === others.join("\n");
