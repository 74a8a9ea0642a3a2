import type { Locator } from "playwright-core";
import { until } from "./eventually.ts";
import { indexOf, lineOf, type Row, type RowPath, readElements, untilStill } from "./treeRows.ts";
import { type CodeWindow, portalsTab } from "./window.ts";

/**
 * After a change VS Code waits 200 ms, forgets the rows and asks for them again. A click meanwhile
 * reaches the extension without its row. So this waits longer than it takes to write a change.
 */
const STILL_MS = 700;

const CONTAINER = "#workbench\\.view\\.extension\\.mcpPortals";

/** The pane of the servers, below that of the portals. Its icon is the same in every language. */
export const serversView = (window: CodeWindow): Locator =>
  paneOf(window, ".icon.view-mcpPortals-servers");

/** The pane of the portals, which is there when an account on screen has one. */
export const portalsView = (window: CodeWindow): Locator =>
  paneOf(window, ".icon.view-mcpPortals-portals");

/** The pane of what waits for a review, which is there while anything does. */
export const reviewView = (window: CodeWindow): Locator =>
  paneOf(window, ".icon.view-mcpPortals-review");

/** The pane of the comparisons, which is there from the first one until they are cleared. */
export const comparisonView = (window: CodeWindow): Locator =>
  paneOf(window, ".icon.view-mcpPortals-live");

function paneOf({ page }: CodeWindow, icon: string): Locator {
  return page.locator(CONTAINER).locator(".pane", { has: page.locator(icon) });
}

/**
 * Shows the view like a click on its icon in the activity bar. While a window comes back after a
 * reload, the click may hide a view that has just appeared, so it is repeated.
 */
export async function openServersView(window: CodeWindow): Promise<void> {
  const tab = portalsTab(window.page);
  await tab.waitFor();
  await until(
    async () => {
      if ((await tab.getAttribute("aria-selected")) !== "true") {
        await tab.click();
      }
      return appears(serversView(window));
    },
    Boolean,
    "the view",
  );
}

/** True as soon as it is on screen, false where it isn't for two seconds. */
export function appears(locator: Locator): Promise<boolean> {
  return locator.waitFor({ timeout: 2000 }).then(
    () => true,
    () => false,
  );
}

/** The visible rows, from top to bottom. */
export async function readRows(window: CodeWindow): Promise<Row[]> {
  return serversView(window).locator(".monaco-list-row").evaluateAll(readElements);
}

/**
 * The tree as lines of text, such as `Docs (4 tools, 3 prompts)` and `    [x] find_docs (search)`.
 */
export async function readTree(window: CodeWindow): Promise<string[]> {
  return (await readRows(window)).map(lineOf);
}

/** The lines of a row and of the expanded rows below it. */
export async function readBranch(window: CodeWindow, path: RowPath): Promise<string[]> {
  const rows = await untilRow(window, path);
  return branchOf(rows, indexOf(rows, path)).map(lineOf);
}

/** Waits for a row and returns it. */
export async function readRow(window: CodeWindow, path: RowPath): Promise<Row> {
  const rows = await untilRow(window, path);
  const row = rows[indexOf(rows, path)];
  if (!row) {
    throw new Error(path.join(" > "));
  }
  return row;
}

/**
 * Waits until the tree isn't being drawn, because a key or a click might otherwise miss its row.
 */
export async function untilTreeStill(window: CodeWindow): Promise<void> {
  await serversView(window).evaluate(untilStill, STILL_MS);
}

/** The locator of a row, once the tree isn't being drawn. */
async function rowLocator(window: CodeWindow, path: RowPath): Promise<Locator> {
  await untilTreeStill(window);
  const index = indexOf(await untilRow(window, path), path);
  return serversView(window).locator(`.monaco-list-row[data-index="${index}"]`);
}

/** The visible rows, as soon as the wanted one is among them. */
function untilRow(window: CodeWindow, path: RowPath): Promise<Row[]> {
  return until(
    () => readRows(window),
    (rows) => indexOf(rows, path) >= 0,
    path.join(" > "),
  );
}

export async function clickRow(window: CodeWindow, path: RowPath): Promise<void> {
  await (await rowLocator(window, path)).locator(".label-name").click();
}

/**
 * Expands every row of the path, and waits for the rows below, at every depth. A row that was
 * redrawn while it was collapsed counts as expanded before VS Code has asked for its children.
 * Until these are there, an arrow key skips them.
 */
export async function expandRow(window: CodeWindow, path: RowPath): Promise<void> {
  for (let depth = 1; depth <= path.length; depth++) {
    const step = path.slice(0, depth);
    const { expanded } = await readRow(window, step);
    if (expanded === undefined) {
      continue;
    }
    if (!expanded) {
      await (await rowLocator(window, step)).locator(".monaco-tl-twistie").click();
    }
    await until(
      () => readRows(window),
      (rows) => isOpen(rows, step),
      `${step.join(" > ")}, open`,
    );
  }
}

/** True when the row and each expanded row below it have their rows, as far as they are visible. */
function isOpen(rows: readonly Row[], path: RowPath): boolean {
  const start = indexOf(rows, path);
  if (rows[start]?.expanded !== true) {
    return false;
  }
  return branchOf(rows, start).every((row, offset) => {
    const next = rows[start + offset + 1];
    return row.expanded !== true || next === undefined || next.level > row.level;
  });
}

function branchOf(rows: readonly Row[], start: number): readonly Row[] {
  const level = rows[start]?.level ?? 0;
  const below = rows.slice(start + 1);
  const end = below.findIndex((row) => row.level <= level);
  return rows.slice(start, start + 1 + (end < 0 ? below.length : end));
}

/** Presses ArrowDown until a row below the focused one has the focus. */
export async function moveDownTo(window: CodeWindow, path: RowPath): Promise<void> {
  // An arrow key passes over rows that aren't drawn yet.
  await readRow(window, path);
  const focused = serversView(window).locator(".monaco-list-row.focused .label-name");
  for (let at = await focused.textContent(); at !== path.at(-1); ) {
    const before = at;
    await window.page.keyboard.press("ArrowDown");
    at = await until(
      () => focused.textContent(),
      (label) => label !== before,
      "the focus on the next row",
    );
  }
}

export async function clickCheckbox(window: CodeWindow, path: RowPath): Promise<void> {
  await (await rowLocator(window, path)).getByRole("checkbox").click();
}

/** Keeps the mouse at the beginning of a row until its tooltip is shown. */
export async function hoverRow(window: CodeWindow, path: RowPath): Promise<void> {
  const label = (await rowLocator(window, path)).locator(".label-name");
  await label.hover({ position: { x: 2, y: 8 } });
  await window.page.locator(".monaco-hover:visible").waitFor();
}

/** Clicks an icon that a row shows under the mouse. */
export async function clickInline(window: CodeWindow, path: RowPath, title: string): Promise<void> {
  const row = await rowLocator(window, path);
  await row.hover();
  await row.getByRole("button", { name: title }).click();
}

/** Clicks an icon in the view's title. */
export async function clickViewTitle(window: CodeWindow, title: string): Promise<void> {
  const actions = await titleActions(window);
  await actions.getByRole("button", { name: title }).click();
}

/**
 * The icons of the view's title. A view that is alone in the side bar shows them in the side bar's
 * title; otherwise its header shows them under the mouse.
 */
export async function titleActions(window: CodeWindow): Promise<Locator> {
  const header = serversView(window).locator(".pane-header");
  if (!(await header.isVisible())) {
    return window.page.locator(".part.sidebar .composite.title .actions-container");
  }
  await header.hover();
  return header.locator(".actions-container");
}

/** Opens a row's context menu and chooses an entry. */
export async function chooseFromMenu(
  window: CodeWindow,
  path: RowPath,
  title: string,
): Promise<void> {
  await (await rowLocator(window, path)).locator(".label-name").click({ button: "right" });
  await pickFromMenu(window, title);
}

/** Chooses an entry of the menu that is opening. */
export async function pickFromMenu(window: CodeWindow, title: string): Promise<void> {
  const entry = window.page.getByRole("menuitem", { name: title, exact: true });
  await entry.waitFor();
  // A new menu ignores clicks, because the mouse button that opened it may not be released yet.
  await until(
    async () => {
      await entry.click({ timeout: 1000 }).catch(() => undefined);
      return entry.isVisible();
    },
    (visible) => !visible,
    `"${title}" chosen`,
  );
}
