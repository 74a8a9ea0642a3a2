import { eventually } from "../../workbench/support/eventually.ts";
import { filterProblems, openProblem, openProblems } from "../../workbench/support/problems.ts";
import { closeInput, readInput, typeInput } from "../../workbench/support/quickInput.ts";
import {
  clickRow,
  clickViewTitle,
  expandRow,
  openServersView,
  readRow,
  serversView,
} from "../../workbench/support/serversView.ts";
import { type CodeWindow, openWindow } from "../../workbench/support/window.ts";
import { readActiveTab } from "../../workbench/support/workbenchParts.ts";
import { type ReadmePicture, readmeFile } from "./files.ts";
import { takePicture } from "./picture.ts";
import { hideUnrelated, QUIET_WINDOW, showTop, widenSideBar } from "./stage.ts";

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
  await showServers(window);
  await take("servers");
  await findTool(window);
  await take("find");
  await closeInput(window);
  await showProblem(window);
  await take("problems");
  await showFailure(window);
  await take("failing");
  await window.close();
}

async function openDemo(window: CodeWindow): Promise<void> {
  await hideUnrelated(window);
  await openServersView(window);
  await widenSideBar(window, 60);
  await serversView(window).getByText("Open Demo Account").click();
  await readRow(window, ["Wiki"]);
}

async function showServers(window: CodeWindow): Promise<void> {
  await expandRow(window, ["Observability", "Tools"]);
  await expandRow(window, ["Observability", "Prompts"]);
  await clickRow(window, ["Observability", "Tools", "metrics"]);
  await eventually(() => readActiveTab(window), "observability.mcp-server.json");
  await showTop(window);
}

async function findTool(window: CodeWindow): Promise<void> {
  await clickViewTitle(window, "Find Tool or Prompt…");
  await typeInput(window, "order");
  await eventually(async () => (await readInput(window)).items.length > 3, true);
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

async function showFailure(window: CodeWindow): Promise<void> {
  await window.page.keyboard.press("Escape");
  await filterProblems(window, "health/");
  await openProblem(window, "The upstream refused the credential (401).");
  await eventually(() => readActiveTab(window), "database.mcp-server.json");
  await showTop(window);
}
