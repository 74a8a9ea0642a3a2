import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { eventually } from "../workbench/support/eventually.ts";
import { filterProblems, openProblem, openProblems } from "../workbench/support/problems.ts";
import { readInput, typeInput } from "../workbench/support/quickInput.ts";
import {
  clickInline,
  clickRow,
  expandRow,
  openServersView,
  readRow,
  serversView,
} from "../workbench/support/serversView.ts";
import { type CodeWindow, openWindow } from "../workbench/support/window.ts";
import { readActiveTab } from "../workbench/support/workbenchParts.ts";
import { installPackaged } from "./installPackaged.ts";
import { endAll } from "./lifetime.ts";
import { ROOT } from "./paths.ts";

/** `npm run screenshots`: pictures of the packaged extension in the demo account. */
const FOLDER = join(ROOT, "media", "screenshots");

/** What VS Code shows in a browser and not on a desktop. */
const ONLY_IN_BROWSERS = `
  [id="status.host"], [id="status.forwardedPorts"], [id="status.workbench.keyboardLayout"] {
    display: none !important;
  }`;

interface Clip {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

try {
  await installPackaged("screenshots");
  await mkdir(FOLDER, { recursive: true });
  const window = await openWindow({
    viewport: { width: 1280, height: 800 },
    scale: 2,
    settings: {
      "window.commandCenter": false,
      "window.title": "MCP Portals",
      "breadcrumbs.enabled": false,
      "editor.minimap.enabled": false,
      "editor.wordWrap": "on",
    },
  });
  await openDemo(window);
  await showTree(window);
  await editAlias(window);
  await showProblems(window);
} finally {
  await endAll();
}

async function openDemo(window: CodeWindow): Promise<void> {
  await window.page.addStyleTag({ content: ONLY_IN_BROWSERS });
  await openServersView(window);
  await serversView(window).locator(".welcome-view-content").waitFor();
  await picture(window, "welcome", { x: 0, y: 28, width: 352, height: 320 });
  await widenSideBar(window);
  await serversView(window).getByRole("button", { name: "Open Demo Account" }).click();
  await readRow(window, ["Wiki"]);
}

async function showTree(window: CodeWindow): Promise<void> {
  await expandRow(window, ["Observability", "Tools"]);
  await expandRow(window, ["Observability", "Prompts"]);
  await clickRow(window, ["Observability", "Tools", "metrics"]);
  await eventually(() => readActiveTab(window), "observability.mcp-server.json");
  await picture(window, "servers");
}

async function editAlias(window: CodeWindow): Promise<void> {
  await clickInline(window, ["Observability", "Tools", "get_trace"], "Edit Alias…");
  await typeInput(window, "logs");
  await eventually(async () => (await readInput(window)).message.includes("query_logs"), true);
  await picture(window, "alias", { x: 0, y: 0, width: 1280, height: 530 });
  await window.page.keyboard.press("Escape");
}

async function showProblems(window: CodeWindow): Promise<void> {
  await openProblems(window);
  await openProblem(window, "security/exfiltration");
  await eventually(() => readActiveTab(window), "browser.mcp-server.json");
  await picture(window, "problems");
  await filterProblems(window, "health/");
  await openProblem(window, "The upstream refused the credential (401).");
  await eventually(() => readActiveTab(window), "database.mcp-server.json");
  await picture(window, "failing");
}

/** So that no row's text is cut off. */
async function widenSideBar(window: CodeWindow): Promise<void> {
  const box = await window.page.locator(".part.sidebar").boundingBox();
  if (!box) throw new Error("There is no side bar.");
  const x = box.x + box.width;
  await window.page.mouse.move(x, box.y + box.height / 2);
  await window.page.mouse.down();
  await window.page.mouse.move(x + 60, box.y + box.height / 2, { steps: 4 });
  await window.page.mouse.up();
  await window.page.mouse.move(x + 300, box.y);
}

async function picture(window: CodeWindow, name: string, clip?: Clip): Promise<void> {
  const path = join(FOLDER, `${name}.png`);
  await rm(path, { force: true });
  await window.page.screenshot({ path, animations: "disabled", ...(clip && { clip }) });
  console.log(path);
}
