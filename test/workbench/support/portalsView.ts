import type { Locator } from "playwright-core";
import { until } from "./eventually.ts";
import { pickFromMenu, portalsView } from "./serversView.ts";
import { indexOf, lineOf, type RowPath, readElements, untilStill } from "./treeRows.ts";
import type { CodeWindow } from "./window.ts";

/** As long as it takes to write a change and to draw what came of it. */
const STILL_MS = 700;

/** The portals as lines of text, such as `Main (mcp.example.com)` and `  Docs (4 tools)`. */
export async function readPortals(window: CodeWindow): Promise<string[]> {
  const rows = await portalsView(window).locator(".monaco-list-row").evaluateAll(readElements);
  return rows.map(lineOf);
}

/** The locator of a row, once the view isn't being drawn. */
export async function portalsRow(window: CodeWindow, path: RowPath): Promise<Locator> {
  const view = portalsView(window);
  await view.evaluate(untilStill, STILL_MS);
  const index = await until(
    async () => indexOf(await view.locator(".monaco-list-row").evaluateAll(readElements), path),
    (found) => found >= 0,
    path.join(" > "),
  );
  return view.locator(`.monaco-list-row[data-index="${index}"]`);
}

/** Expands each row of the path that isn't expanded. */
export async function expandPortal(window: CodeWindow, path: RowPath): Promise<void> {
  for (let depth = 1; depth <= path.length; depth++) {
    const row = await portalsRow(window, path.slice(0, depth));
    if ((await row.getAttribute("aria-expanded")) === "false") {
      await row.locator(".monaco-tl-twistie").click();
    }
  }
}

/** Drags a row, and what is selected with it, onto a row of the portals. */
export async function dragOntoPortal(
  window: CodeWindow,
  dragged: Locator,
  path: RowPath,
): Promise<void> {
  const onto = await portalsRow(window, path);
  const drop = portalsView(window).locator(".monaco-list-row.drop-target");
  await dragged.hover();
  await window.page.mouse.down();
  // A drop before VS Code has taken the row as its target is lost.
  await until(
    async () => {
      await onto.hover({ position: { x: 40, y: 6 } });
      await onto.hover({ position: { x: 50, y: 12 } });
      return (await drop.count()) > 0;
    },
    Boolean,
    `${path.join(" > ")} as the target of a drop`,
  );
  await window.page.mouse.up();
}

/** Opens a row's context menu and chooses an entry. */
export async function chooseOnPortal(
  window: CodeWindow,
  path: RowPath,
  title: string,
): Promise<void> {
  await (await portalsRow(window, path)).locator(".label-name").click({ button: "right" });
  await pickFromMenu(window, title);
}

/** Clicks an icon that a row shows under the mouse. */
export async function clickOnPortal(
  window: CodeWindow,
  path: RowPath,
  title: string,
): Promise<void> {
  const row = await portalsRow(window, path);
  await row.hover();
  await row.getByRole("button", { name: title }).click();
}
