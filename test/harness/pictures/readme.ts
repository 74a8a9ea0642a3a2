import { eventually } from "../../workbench/support/eventually.ts";
import { shownPage } from "../../workbench/support/pages.ts";
import { openProblem, openProblems } from "../../workbench/support/problems.ts";
import { pickItem, runCommand } from "../../workbench/support/quickInput.ts";
import {
  clickInline,
  openServersView,
  portalsView,
  readRow,
  serversView,
} from "../../workbench/support/serversView.ts";
import { type CodeWindow, openWindow } from "../../workbench/support/window.ts";
import { readActiveTab } from "../../workbench/support/workbenchParts.ts";
import { type ReadmePicture, readmeFile } from "./files.ts";
import { takePicture } from "./picture.ts";
import { hideUnrelated, openChange, QUIET_WINDOW, showTop, widenSideBar } from "./stage.ts";

/** A window in use, with the demo account. */
export async function takeReadmePictures(): Promise<void> {
  const window = await openWindow({
    viewport: { width: 1280, height: 800 },
    scale: 2,
    settings: QUIET_WINDOW,
  });
  const take = (picture: ReadmePicture): Promise<void> =>
    takePicture(window.page, readmeFile(picture));
  await openDemo(window);
  await showPortal(window);
  await take("portals");
  await serversView(window).locator(".pane-header").click();
  await showProblem(window);
  await take("problems");
  await showExplanation(window);
  await take("explain");
  await showCost(window);
  await take("cost");
  await showChange(window);
  await take("review");
  await window.close();
}

async function openDemo(window: CodeWindow): Promise<void> {
  await hideUnrelated(window);
  await openServersView(window);
  await widenSideBar(window, 60);
  await serversView(window).getByText("Open Demo Account").click();
  await readRow(window, ["Wiki"]);
}

/** The tools of a portal, of which one has another name there, and the portal's document. */
async function showPortal(window: CodeWindow): Promise<void> {
  const row = (name: RegExp) => portalsView(window).getByRole("treeitem", { name });
  await runCommand(window, "MCP Portals: Open Portal Document");
  await pickItem(window, "Support");
  await eventually(() => readActiveTab(window), "support.mcp-portal.json");
  // VS Code asks for no CodeLenses where an editor has lost the focus at once.
  await window.page.locator(".codelens-decoration").first().waitFor({ state: "attached" });
  // The portal needs the room.
  await serversView(window).locator(".pane-header").click();
  for (const name of [/^Support, /, /^Shop, /]) {
    await row(name).locator(".monaco-tl-twistie").click();
  }
  await row(/^stock, /).click();
  await showTop(window);
}

/** Shows a problem with its fixes. */
async function showProblem(window: CodeWindow): Promise<void> {
  await openProblems(window);
  await openProblem(window, "security/exfiltration");
  await eventually(() => readActiveTab(window), "browser.mcp-server.json");
  await showTop(window);
  await window.page.getByTitle(/^Show Code Actions/).click();
  await window.page.locator(".action-widget:visible").first().waitFor();
}

async function showExplanation(window: CodeWindow): Promise<void> {
  await window.page.keyboard.press("Escape");
  await runCommand(window, "View: Hide Panel");
  await runCommand(window, "MCP Portals: Why Can't They See It?");
  await pickItem(window, "Engineering");
  await shownPage(window).getByText("its Access application has no Allow policy").first().waitFor();
}

async function showCost(window: CodeWindow): Promise<void> {
  await runCommand(window, "MCP Portals: Show Context Cost");
  await pickItem(window, "Engineering");
  await shownPage(window).getByRole("option").first().click();
  await portalsView(window)
    .getByRole("treeitem", { name: /^search_docs, tool/u, selected: true })
    .waitFor();
}

/** The diff of a tool that an upstream has changed. */
async function showChange(window: CodeWindow): Promise<void> {
  await clickInline(window, ["Back Office"], "Sync Capabilities");
  await clickInline(window, ["Docs"], "Sync Capabilities");
  await openChange(window, /^export_invoices, tool/);
}
