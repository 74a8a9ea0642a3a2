import assert from "node:assert/strict";
import type { Emulator } from "../harness/emulator.ts";
import { eventually, until } from "./support/eventually.ts";
import {
  chooseOnPortal,
  clickOnPortal,
  dragOntoPortal,
  expandPortal,
  portalsRow,
  readPortals,
} from "./support/portalsView.ts";
import {
  answerInput,
  pickItem,
  readInput,
  runCommand,
  tickItem,
  typeInput,
} from "./support/quickInput.ts";
import { portalsView, serversView, untilTreeStill } from "./support/serversView.ts";
import { closeAll, openSignedIn } from "./support/signedIn.ts";
import type { CodeWindow } from "./support/window.ts";
import { readActiveTab, readEditor, readNotifications } from "./support/workbenchParts.ts";

interface Entry {
  readonly name: string;
  readonly enabled?: boolean;
  readonly alias?: string;
}

interface SentMapping {
  readonly server_id: string;
  readonly default_disabled: boolean;
  readonly updated_tools: readonly Entry[];
}

const TOOLS = ["Research", "Observability", "Tools"];

/** Tools of Tickets, in catalogue order. */
const TEN = [
  "search_tickets",
  "get_ticket",
  "create_ticket",
  "update_ticket",
  "move_ticket",
  "assign_ticket",
  "add_comment",
  "link_tickets",
  "list_projects",
  "list_sprints",
];

/** Signed in to the demo's data at an emulator of its own, whose log shows the wire. */
describe("Publishing a portal, by hand", () => {
  let emulator: Emulator;
  let window: CodeWindow;
  before(async () => {
    ({ emulator, window } = await openSignedIn());
    // Wide enough for a diff with its sides beside each other.
    await window.page.setViewportSize({ width: 1500, height: 2100 });
  });
  after(closeAll);

  it("begins with two portals above the servers, and who is in them", async () => {
    await eventually(
      () => readPortals(window),
      ["Engineering (mcp.harborlane.example)", "Support (support-mcp.harborlane.example)"],
    );
    const [portals, servers] = await Promise.all(
      [portalsView(window), serversView(window)].map((view) => view.boundingBox()),
    );
    assert.ok(portals && servers && portals.y < servers.y);
    await expandPortal(window, ["Support"]);
    await eventually(
      async () => (await readPortals(window)).slice(2),
      ["  Shop (3 of 9 enabled · new tools off)", "  Tickets (12 tools)"],
    );
    await (await portalsRow(window, ["Support"])).locator(".monaco-tl-twistie").click();
    await eventually(async () => (await readPortals(window)).length, 2);
  });

  it("adds a portal with a form that refuses what Cloudflare would, while it is typed", async () => {
    await portalsView(window).locator(".pane-header").hover();
    await portalsView(window).getByRole("button", { name: "Add Portal…" }).click();
    await atStep(1);
    await answerInput(window, "Research");
    await atStep(2);
    await eventually(async () => (await readInput(window)).value, "research");
    await refuses("two words", /small letters and digits/u);
    await refuses("support", /^There is a portal with this id already\.$/u);
    await answerInput(window, "research");
    await atStep(3);
    await eventually(
      async () => (await readInput(window)).value,
      "research-mcp.harborlane.example",
    );
    await refuses("https://mcp.example.com", /without a scheme/u);
    await refuses("MCP.harborlane.example", /^Engineering has this host already\.$/u);
    await answerInput(window, "research.harborlane.example");
    await atStep(4);
    await says(/can't be undone/u);
    assert.deepEqual(await written(), []);
    await answerInput(window, "For the people who look things up");
    await eventually(async () => (await readPortals(window))[1], "Research (no servers)");
    assert.deepEqual(await written(), [
      [
        "POST /portals",
        {
          id: "research",
          name: "Research",
          hostname: "research.harborlane.example",
          description: "For the people who look things up",
        },
      ],
    ]);
  });

  it("drags three servers onto it, which are added with one write", async () => {
    await untilTreeStill(window);
    const server = (name: string) =>
      serversView(window)
        .locator(".monaco-list-row")
        .filter({ has: window.page.locator(".label-name").getByText(name, { exact: true }) })
        .first();
    // A click without Ctrl would expand a row, and move the others while they are taken.
    for (const name of ["Docs", "Observability", "Tickets"]) {
      await server(name)
        .locator(".label-name")
        .click({ modifiers: ["Control"] });
    }
    await dragOntoPortal(window, server("Tickets"), ["Research"]);
    await eventually(
      async () => (await readPortals(window))[1],
      "Research (research.harborlane.example)",
    );
    await expandPortal(window, ["Research"]);
    await eventually(research, [
      "  Docs (4 tools, 3 prompts)",
      "  Observability (11 of 12 enabled)",
      "  Tickets (12 tools)",
    ]);
    assert.deepEqual(
      mappingsOf(await onlyPut("research")).map(({ server_id }) => server_id),
      ["docs", "observability", "tickets"],
    );
  });

  it("keeps new tools of a server off, and what is on stays on", async () => {
    await chooseOnPortal(window, ["Research", "Observability"], "Keep New Tools Off");
    await eventually(
      async () => (await research())[1],
      "  Observability (11 of 12 enabled · new tools off)",
    );
    const { default_disabled, updated_tools } = mappingOf(
      await onlyPut("research"),
      "observability",
    );
    assert.equal(default_disabled, true);
    assert.equal(updated_tools.filter(({ enabled }) => enabled === true).length, 10);
  });

  it("chooses five of its tools, and sees what would be written before it is", async () => {
    await chooseOnPortal(window, ["Research", "Observability"], "Select Tools…");
    await typeInput(window, "is:on is:tool");
    await eventually(async () => (await readInput(window)).title, "Select tools: 10 of 12");
    for (const name of ["metrics", "logs", "get_trace", "list_alerts", "list_incidents"]) {
      await tickItem(window, name);
    }
    await window.page.keyboard.press("Enter");
    await pickItem(window, "Disable");
    await eventually(async () => (await readInput(window)).title, "Apply 5 changes?");
    const inserted = window.page.locator(".editor.modified .line-insert");
    await until(
      () => inserted.count(),
      (count) => count > 0,
      "the preview",
    );
    assert.match(await readActiveTab(window), /Research/u);
    assert.deepEqual(await written(), []);
    await pickItem(window, "Apply");
    await eventually(
      async () => (await research())[1],
      "  Observability (6 of 12 enabled · new tools off)",
    );
    await eventually(() => readActiveTab(window), "");
    const { updated_tools } = mappingOf(await onlyPut("research"), "observability");
    assert.deepEqual(
      updated_tools.filter(({ enabled }) => enabled === true).map(({ name }) => name),
      ["query_metrics", "query_logs", "get_trace", "list_alerts", "list_incidents"],
    );
  });

  it("renames a tool for this portal alone, and reads there what server and upstream say", async () => {
    await expandPortal(window, ["Research", "Observability", "Tools"]);
    await (await portalsRow(window, [...TOOLS, "metrics"])).locator(".label-name").click();
    await eventually(() => readActiveTab(window), "research.mcp-portal.json");
    await portalsRow(window, [...TOOLS, "metrics"]);
    await window.page.keyboard.press("F2");
    await answerInput(window, "figures");
    await eventually(async () => (await research())[3], "      [x] figures (query_metrics)");
    // A row that is drawn anew under the mouse shows its tooltip when the mouse comes back.
    await serversView(window).locator(".pane-header").hover();
    const row = await portalsRow(window, [...TOOLS, "figures"]);
    await row.locator(".label-name").hover({ position: { x: 2, y: 8 } });
    const hover = window.page.locator(".monaco-hover:visible", { hasText: "figures" });
    await hover.waitFor();
    const said = (await hover.textContent()) ?? "";
    for (const line of [
      "observability_figures",
      "Name: figures (from the portal)",
      "Name on the server: metrics",
      "Name at the upstream: query_metrics",
    ]) {
      assert.ok(said.includes(line), `${line} isn't in ${said}`);
    }
    await serversView(window).locator(".pane-header").hover();
    // The servers themselves stay as they are.
    await onlyPut("research");
  });

  it("brings the lower layer back by a reset", async () => {
    await clickOnPortal(window, [...TOOLS, "figures"], "Reset to Server Definition");
    await eventually(async () => (await research())[3], "      [x] metrics (query_metrics)");
    const { updated_tools } = mappingOf(await onlyPut("research"), "observability");
    assert.ok(updated_tools.every(({ alias }) => alias === undefined));
  });

  it("changes ten things in its document with several cursors, and saves them with one write", async () => {
    const { page } = window;
    await clickOnPortal(window, ["Research"], "Open Portal Document");
    await eventually(() => readActiveTab(window), "research.mcp-portal.json");
    await eventually(
      tickets,
      TEN.map((name) => `tickets_${name} · upstream`),
    );
    const first = page.locator(".part.editor .view-line", { hasText: `"${TEN[0]}"` });
    await first.click({ position: { x: 120, y: 8 } });
    for (let more = 1; more < TEN.length; more++) {
      await page.keyboard.press("Shift+Alt+ArrowDown");
    }
    await page
      .locator(".part.editor .cursors-layer .cursor")
      .nth(TEN.length - 1)
      .waitFor();
    await page.keyboard.press("End");
    for (const _ of ",} ") {
      await page.keyboard.press("ArrowLeft");
    }
    await page.keyboard.press("Control+Shift+ArrowLeft");
    await page.keyboard.type("false");
    await eventually(
      tickets,
      TEN.map(() => "not exposed"),
    );
    assert.deepEqual(await written(), []);
    await page.keyboard.press("Control+S");
    await eventually(async () => (await research()).at(-1), "  Tickets (2 of 12 enabled)");
    assert.deepEqual(off(mappingOf(await onlyPut("research"), "tickets")), TEN);
    await eventually(
      tickets,
      TEN.map(() => "not exposed"),
    );
    assert.deepEqual(await readNotifications(window), []);
  });

  it("clones it at a host of its own", async () => {
    await chooseOnPortal(window, ["Research"], "Clone Portal…");
    await atStep(1);
    await eventually(async () => (await readInput(window)).value, "Copy of Research");
    await answerInput(window, "Laboratory");
    await atStep(2);
    await answerInput(window, "laboratory");
    await atStep(3);
    await refuses("research.harborlane.example", /^Research has this host already\.$/u);
    await answerInput(window, "lab.harborlane.example");
    await atStep(4);
    await says(/can't be undone/u);
    assert.deepEqual(await written(), []);
    await window.page.keyboard.press("Enter");
    await eventually(
      async () => (await readPortals(window)).filter((line) => line.startsWith("Laboratory")),
      ["Laboratory (lab.harborlane.example)"],
    );
    const [created, ...more] = await written();
    assert.deepEqual([created?.[0], more], ["POST /portals", []]);
    assert.deepEqual(off(mappingOf(created?.[1], "tickets")), TEN);
  });

  it("compares the two, and carries a line over with the arrow of the diff", async () => {
    const { page } = window;
    await expandPortal(window, ["Laboratory", "Docs", "Tools"]);
    const row = await portalsRow(window, ["Laboratory", "Docs", "Tools", "get_page"]);
    await row.getByRole("checkbox").click();
    const inLaboratory = async (): Promise<string | undefined> =>
      (await readPortals(window)).find((line) => line.endsWith("] get_page"))?.trim();
    await eventually(inLaboratory, "[ ] get_page");
    await onlyPut("laboratory");

    await chooseOnPortal(window, ["Laboratory"], "Compare With…");
    await pickItem(window, "Research");
    const title = page.locator(".part.editor .tab.active .label-name");
    await eventually(() => title.textContent(), "Research ↔ Laboratory");
    const arrows = page.locator(".monaco-diff-editor .gutter .gutterItem .action-label");
    await eventually(() => arrows.count(), 2);
    await arrows.nth(1).click();
    await eventually(() => arrows.count(), 1);
    assert.deepEqual(await written(), []);
    await page.keyboard.press("Control+S");
    await eventually(inLaboratory, "[x] get_page");
    await onlyPut("laboratory");
  });

  it("undoes the edits step by step, to the portal without servers", async () => {
    await runCommand(window, "View: Close All Editors");
    for (const [path, line] of [
      [["Laboratory", "Docs", "Tools", "get_page"], "      [ ] get_page"],
      [["Laboratory", "Docs", "Tools", "get_page"], "      [x] get_page"],
      [["Research", "Tickets"], "  Tickets (12 tools)"],
      [["Research", "Observability", "Tools", "figures"], "      [x] figures (query_metrics)"],
      [["Research", "Observability", "Tools", "metrics"], "      [x] metrics (query_metrics)"],
      [["Research", "Observability"], "  Observability (11 of 12 enabled · new tools off)"],
      [["Research", "Observability"], "  Observability (11 of 12 enabled)"],
      [["Research"], "Research (no servers)"],
    ] as const) {
      await runCommand(window, "MCP Portals: Undo Last Change");
      await eventually(async () => (await readPortals(window)).includes(line), true);
      await portalsRow(window, path);
    }
    await runCommand(window, "MCP Portals: Undo Last Change");
    // Its toast may be gone by the time a slow machine looks; what a screen reader says stays.
    const said = window.page.getByRole("alert").filter({ hasText: "There is nothing to undo." });
    await said.first().waitFor({ state: "attached" });
  });

  it("says before a portal is deleted that this can't be undone", async () => {
    const dialog = window.page.locator(".monaco-dialog-box");
    await emulator.clearLog();
    await chooseOnPortal(window, ["Laboratory"], "Delete Portal…");
    await dialog.getByText("Delete Laboratory from").waitFor();
    assert.match((await dialog.textContent()) ?? "", /can't be undone/u);
    assert.deepEqual(await written(), []);
    await dialog.getByRole("button", { name: "Delete" }).click();
    await eventually(
      () => readPortals(window),
      [
        "Engineering (mcp.harborlane.example)",
        "Research (no servers)",
        "Support (support-mcp.harborlane.example)",
      ],
    );
    assert.deepEqual(await written(), [["DELETE /portals/laboratory", null]]);
  });

  /** The rows below Research. */
  async function research(): Promise<readonly string[]> {
    const lines = await readPortals(window);
    // Once a name has changed, the row also says since when users have to reconnect.
    const row = lines.findIndex((line) => line.startsWith("Research (research.harborlane.example"));
    const below = lines.slice(row + 1);
    const end = below.findIndex((line) => !line.startsWith(" "));
    return end === -1 ? below : below.slice(0, end);
  }

  /** What the editor says behind each of the ten tools. */
  async function tickets(): Promise<readonly string[]> {
    const lines = await readEditor(window);
    return TEN.map(
      (name) =>
        lines
          .find((line) => line.includes(`"${name}"`))
          ?.split("},")[1]
          ?.trim() ?? "",
    );
  }

  /** The writes since the last call, each as its request and its body. */
  async function written(): Promise<readonly (readonly [string, unknown])[]> {
    const all = await writesInLog();
    await emulator.clearLog();
    return all;
  }

  async function writesInLog(): Promise<readonly (readonly [string, unknown])[]> {
    const log = await emulator.log();
    const prefix = `/accounts/${emulator.accountId}/access/ai-controls/mcp`;
    return log
      .filter(({ method }) => method !== "GET")
      .map(({ method, path, body }) => [`${method} ${path.replace(prefix, "")}`, body]);
  }

  /** The body of the only write since the last look at the wire. Rows show it before it is sent. */
  async function onlyPut(portal: string): Promise<unknown> {
    await until(writesInLog, (all) => all.length > 0, "the write");
    const all = await written();
    assert.deepEqual(
      all.map(([request]) => request),
      [`PUT /portals/${portal}`],
    );
    return all[0]?.[1];
  }

  /** Waits for a question of the form: the next one comes in the same box. */
  async function atStep(step: number): Promise<void> {
    const isThere = (title: string): boolean => title.endsWith(`(${step}/4)`);
    await until(async () => (await readInput(window)).title, isThere, `question ${step}`);
  }

  /** Waits for the complaint about a text. */
  async function refuses(text: string, complaint: RegExp): Promise<void> {
    await typeInput(window, text);
    await says(complaint);
  }

  async function says(message: RegExp): Promise<void> {
    await eventually(async () => message.test((await readInput(window)).message), true);
  }
});

function mappingsOf(body: unknown): readonly SentMapping[] {
  return (body as { readonly servers: readonly SentMapping[] }).servers;
}

function mappingOf(body: unknown, serverId: string): SentMapping {
  const found = mappingsOf(body).find(({ server_id }) => server_id === serverId);
  assert.ok(found);
  return found;
}

/** The tools that are sent as off. */
function off({ updated_tools }: SentMapping): readonly string[] {
  return updated_tools.filter(({ enabled }) => enabled === false).map(({ name }) => name);
}
