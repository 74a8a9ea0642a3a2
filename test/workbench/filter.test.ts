import { openDemoWindow } from "./support/demoWindow.ts";
import { eventually } from "./support/eventually.ts";
import { closeInput, openPalette, readInput, runCommand, tickItem } from "./support/quickInput.ts";
import { clickViewTitle, readRow, readTree, serversView } from "./support/serversView.ts";
import type { CodeWindow } from "./support/window.ts";

describe("The filter, by hand, in the demo account", () => {
  let window: CodeWindow;
  before(async () => {
    window = await openDemoWindow();
  });
  after(() => window.close());

  const message = async (): Promise<string> => {
    const line = serversView(window).locator(".message");
    return (await line.isVisible()) ? ((await line.textContent()) ?? "") : "";
  };

  it("shows what was ticked, expanded, and says what it shows", async () => {
    await clickViewTitle(window, "Filter…");
    await eventually(
      async () => (await readInput(window)).items,
      ["Disabled", "Overridden", "With problems"],
    );
    await tickItem(window, "Disabled");
    await window.page.keyboard.press("Enter");
    await eventually(
      () => readTree(window),
      [
        "Observability (11 of 12 enabled · 1 shown)",
        "  Tools (10 of 11 enabled · 1 shown)",
        "    [ ] delete_dashboard",
        "Shop (8 of 9 enabled · 1 shown)",
        "  Tools (8 of 9 enabled · 1 shown)",
        "    [ ] refund_order",
      ],
    );
    await eventually(message, "Showing only what is disabled: 2 servers with 2 tools and prompts.");
  });

  it("is cleared from the view's title, which brings all rows back", async () => {
    await clickViewTitle(window, "Clear Filter");
    await eventually(message, "");
    await readRow(window, ["Wiki"]);
  });

  it("is there in the palette only while there is something to clear", async () => {
    const command = "MCP Portals: Clear Filter";
    const isOffered = async (): Promise<boolean> => {
      await openPalette(window, `>${command}`);
      const { items } = await readInput(window);
      await closeInput(window);
      return items.includes(command);
    };
    await eventually(isOffered, false);
    await runCommand(window, "MCP Portals: Filter…");
    await tickItem(window, "Disabled");
    await window.page.keyboard.press("Enter");
    await eventually(isOffered, true);
    await runCommand(window, command);
    await eventually(isOffered, false);
  });
});
