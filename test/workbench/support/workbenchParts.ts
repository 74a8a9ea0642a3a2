import type { Locator } from "playwright-core";
import type { CodeWindow } from "./window.ts";

/** The extension's status bar item. VS Code puts the extension's id before the item's own. */
export const statusItem = (window: CodeWindow): Locator =>
  window.page.locator('[id="mcp-portals.mcp-portals.mcpPortals.sync"]');

/** The status bar item's text without its icon; empty when it isn't shown. */
export async function readStatus(window: CodeWindow): Promise<string> {
  const item = statusItem(window);
  return (await item.count()) === 0 ? "" : ((await item.textContent()) ?? "").trim();
}

/** The file name on the active editor's tab; empty without an editor. */
export async function readActiveTab(window: CodeWindow): Promise<string> {
  const tab = window.page.locator(".part.editor .tab.active");
  if ((await tab.count()) === 0) {
    return "";
  }
  return (await tab.first().getAttribute("data-resource-name")) ?? "";
}

/** The line of the cursor in the active editor, counted from 1. */
export async function readCursorLine(window: CodeWindow): Promise<number> {
  const position = window.page.locator('[id="status.editor.selection"]');
  if ((await position.count()) === 0) {
    return 0;
  }
  return Number(/Ln (\d+)/.exec((await position.textContent()) ?? "")?.[1] ?? 0);
}

/** The visible lines of the active editor. */
export async function readEditor(window: CodeWindow): Promise<string[]> {
  const lines = window.page.locator(".part.editor .editor-instance .view-line");
  const found = await lines.evaluateAll((elements) =>
    elements.map((element) => ({
      top: Number.parseInt(element instanceof HTMLElement ? element.style.top : "0", 10),
      text: (element.textContent ?? "").replaceAll("\u00a0", " "),
    })),
  );
  return found.sort((one, other) => one.top - other.top).map(({ text }) => text);
}

/** The texts of the visible notifications. */
export async function readNotifications(window: CodeWindow): Promise<string[]> {
  return window.page.locator(".notification-list-item-message").allInnerTexts();
}

export async function clickStatus(window: CodeWindow): Promise<void> {
  await statusItem(window).click();
}
