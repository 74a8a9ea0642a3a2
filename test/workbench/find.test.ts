import { openDemoWindow } from "./support/demoWindow.ts";
import { eventually } from "./support/eventually.ts";
import {
  answerAtOnce,
  answerInput,
  closeInput,
  pressItemButton,
  readEntries,
  readInput,
  runCommand,
  typeInput,
} from "./support/quickInput.ts";
import { readRow, serversView } from "./support/serversView.ts";
import type { CodeWindow } from "./support/window.ts";
import { readActiveTab } from "./support/workbenchParts.ts";

describe("Find Tool or Prompt, by hand, in the demo account", () => {
  let window: CodeWindow;
  before(async () => {
    window = await openDemoWindow();
  });
  after(() => window.close());

  const first = async (): Promise<readonly string[] | undefined> => (await readEntries(window))[0];

  it("finds while typing, with server and state as text", async () => {
    await runCommand(window, "MCP Portals: Find Tool or Prompt…");
    await eventually(
      async () => (await readInput(window)).title,
      "Find Tool or Prompt: 100 of 205, keep typing",
    );
    await typeInput(window, "delete_dash");
    await eventually(first, [
      "delete_dashboard",
      "Observability · tool · disabled",
      "Deletes a dashboard and the links to it.",
    ]);
  });

  it("disables and enables in place", async () => {
    await typeInput(window, "ticket");
    await pressItemButton(window, "get_ticket", "Disable");
    await eventually(async () => (await first())?.[1], "Tickets · tool · disabled");
    await pressItemButton(window, "get_ticket", "Enable");
    await eventually(async () => (await first())?.[1], "Tickets · tool · in Engineering, Support");
  });

  it("asks for an alias and comes back to the list", async () => {
    await pressItemButton(window, "get_ticket", "Edit Alias…");
    await eventually(async () => (await readInput(window)).title, "Alias of get_ticket");
    await answerInput(window, "ticket");
    await eventually(
      async () => (await first())?.slice(0, 2),
      ["ticket", "Tickets · tool · get_ticket · overridden · in Engineering, Support"],
    );
    await eventually(async () => (await readInput(window)).value, "ticket");
    await pressItemButton(window, "ticket", "Edit Alias…");
    await eventually(async () => (await readInput(window)).title, "Alias of get_ticket");
    await window.page.keyboard.press("Escape");
    await eventually(async () => (await readInput(window)).title, "Find Tool or Prompt");
    await eventually(async () => (await first())?.[0], "ticket");
  });

  it("opens the document behind the list", async () => {
    await pressItemButton(window, "ticket", "Open Server Document");
    await eventually(() => readActiveTab(window), "tickets.mcp-server.json");
    await eventually(async () => (await first())?.[0], "ticket");
  });

  it("reveals what is typed and picked at once in the tree, selected and focused", async () => {
    await answerAtOnce(window, "summarize_incident");
    const path = ["Observability", "Prompts", "summarize_incident"];
    await eventually(async () => (await readRow(window, path)).selected, true);
    const focused = serversView(window).locator(".monaco-list-row.focused");
    await eventually(
      () => focused.locator(".label-name").allTextContents(),
      ["summarize_incident"],
    );
  });

  it("goes away with Escape", async () => {
    await runCommand(window, "MCP Portals: Find Tool or Prompt…");
    await closeInput(window);
  });
});
