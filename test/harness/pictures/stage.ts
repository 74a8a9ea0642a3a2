import { eventually } from "../../workbench/support/eventually.ts";
import { reviewView } from "../../workbench/support/serversView.ts";
import type { CodeWindow } from "../../workbench/support/window.ts";
import { readEditor } from "../../workbench/support/workbenchParts.ts";
import type { Settings } from "../profile.ts";

/** The settings of every window that is photographed. */
export const QUIET_WINDOW: Settings = {
  "window.commandCenter": false,
  "window.title": "MCP Portals",
  "breadcrumbs.enabled": false,
  "editor.minimap.enabled": false,
  "editor.wordWrap": "on",
};

/** Parts that VS Code shows only in a browser, and the logo of an empty window. */
const UNRELATED = `
  [id="status.host"], [id="status.forwardedPorts"], [id="status.workbench.keyboardLayout"],
  .editor-group-watermark {
    display: none !important;
  }`;

export async function hideUnrelated(window: CodeWindow): Promise<void> {
  await window.page.addStyleTag({ content: UNRELATED });
}

/**
 * Scrolls to the CodeLenses above a document's first line. VS Code leaves them out of sight when
 * they arrive late.
 */
export async function showTop({ page }: CodeWindow): Promise<void> {
  await page.locator(".codelens-decoration").first().waitFor({ state: "attached" });
  await page.locator(".part.editor .editor-instance").first().hover();
  await page.mouse.wheel(0, -1000);
  await page.mouse.move(0, 0);
}

/** Widens the side bar, so that no row's text is cut off. Moves the mouse away afterwards. */
export async function widenSideBar(window: CodeWindow, by: number): Promise<void> {
  const box = await window.page.locator(".part.sidebar").boundingBox();
  if (!box) {
    throw new Error("There is no side bar.");
  }
  const x = box.x + box.width;
  await window.page.mouse.move(x, box.y + box.height / 2);
  await window.page.mouse.down();
  await window.page.mouse.move(x + by, box.y + box.height / 2, { steps: 4 });
  await window.page.mouse.up();
  await window.page.mouse.move(x + by + 100, box.y);
}

/** Opens the view of what waits for a review, and in it the diff of a tool. */
export async function openChange(window: CodeWindow, tool: RegExp): Promise<void> {
  await reviewView(window).locator(".pane-header").click();
  await reviewView(window).getByRole("treeitem", { name: tool }).click();
  await window.page.locator(".monaco-diff-editor").first().waitFor();
  await eventually(
    async () => (await readEditor(window)).some((line) => line.includes("description")),
    true,
  );
  await window.page.mouse.move(0, 0);
}
