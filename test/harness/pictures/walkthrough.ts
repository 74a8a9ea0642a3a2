import { eventually } from "../../workbench/support/eventually.ts";
import { clickOnPortal } from "../../workbench/support/portalsView.ts";
import { closeInput, readInput, tickItem, typeInput } from "../../workbench/support/quickInput.ts";
import {
  clickInline,
  expandRow,
  hoverRow,
  openServersView,
  portalsView,
  readRow,
  serversView,
} from "../../workbench/support/serversView.ts";
import { type CodeWindow, openWindow } from "../../workbench/support/window.ts";
import { THEMES, type Theme, type WalkthroughStep, walkthroughFile } from "./files.ts";
import { takePicture } from "./picture.ts";
import { hideUnrelated, openChange, QUIET_WINDOW, widenSideBar } from "./stage.ts";

/**
 * A small window, because VS Code shows the pictures small. The clip leaves out title and status
 * bar.
 */
const VIEWPORT = { width: 760, height: 600 };
const CLIP = { x: 0, y: 30, width: 640, height: 428 };

/** Four of each step are in the package, and the more colours, the larger they are. */
const PICTURE = { clip: CLIP, colours: 48 };

/** The pictures of the steps, in each kind of theme. */
export async function takeWalkthroughPictures(): Promise<void> {
  for (const [theme, name] of Object.entries(THEMES)) {
    await takeSteps(theme as Theme, name);
  }
}

async function takeSteps(theme: Theme, name: string): Promise<void> {
  const window = await openWindow({
    theme: name,
    viewport: VIEWPORT,
    scale: 1.25,
    settings: { ...QUIET_WINDOW, "diffEditor.renderOverviewRuler": false },
  });
  const take = (step: WalkthroughStep): Promise<void> =>
    takePicture(window.page, walkthroughFile(step, theme), PICTURE);
  await hideUnrelated(window);
  await openServersView(window);
  await widenSideBar(window, 170);
  await showWelcome(window);
  await take("open");
  await showTool(window);
  await take("explore");
  await typeAlias(window);
  await take("edit");
  await showFixes(window);
  await take("fix");
  await chooseServers(window);
  await take("publish");
  await showChange(window);
  await take("review");
  await window.close();
}

async function showWelcome(window: CodeWindow): Promise<void> {
  await serversView(window).getByText("Open Demo Account").waitFor();
  // The icon shows a badge while the extension starts.
  await window.page
    .locator(".part.activitybar .badge-content:visible")
    .waitFor({ state: "hidden" });
}

async function showTool(window: CodeWindow): Promise<void> {
  await serversView(window).getByText("Open Demo Account").click();
  await readRow(window, ["Back Office"]);
  // The servers need the room.
  await portalsView(window).locator(".pane-header").click();
  await readRow(window, ["Wiki"]);
  await expandRow(window, ["Docs", "Tools"]);
  await hoverRow(window, ["Docs", "Tools", "list_sections"]);
}

async function typeAlias(window: CodeWindow): Promise<void> {
  // The tooltip lies over the rows below it.
  await window.page.mouse.move(0, 0);
  await window.page
    .locator(".monaco-hover:visible, .workbench-hover:visible")
    .waitFor({ state: "hidden" });
  await clickInline(window, ["Docs", "Tools", "search_docs"], "Edit Alias…");
  await typeInput(window, "find_pages");
  await eventually(async () => (await readInput(window)).value, "find_pages");
}

/** Servers to add to a portal, of which two are ticked. */
async function chooseServers(window: CodeWindow): Promise<void> {
  await closeInput(window);
  await portalsView(window).locator(".pane-header").click();
  await clickOnPortal(window, ["Support"], "Add Servers to Portal…");
  for (const server of ["Docs", "Observability"]) {
    await tickItem(window, server);
  }
}

/** Only the view of what waits for a review is open, so that the picture has room for it. */
async function showChange(window: CodeWindow): Promise<void> {
  await closeInput(window);
  await portalsView(window).locator(".pane-header").click();
  await clickInline(window, ["Docs"], "Sync Capabilities");
  await serversView(window).locator(".pane-header").click();
  // The diff needs the room, and ends where the picture does.
  await widenSideBar(window, -90);
  await window.page.setViewportSize({ ...VIEWPORT, width: CLIP.width + 6 });
  await openChange(window, /^search_docs, tool/);
}

async function showFixes(window: CodeWindow): Promise<void> {
  await closeInput(window);
  await clickInline(window, ["Shop"], "Fix Problems…");
  await eventually(async () => (await readInput(window)).items.length > 0, true);
}
