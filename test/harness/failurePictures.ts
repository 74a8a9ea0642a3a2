import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Context, RootHookObject } from "mocha";
import type { Page } from "playwright-core";
import { openWindows } from "../workbench/support/window.ts";
import { OUT } from "./paths.ts";

/** The folder of the pictures of failures. */
export const FAILURES = join(OUT, "workbench");

/** The hooks around every test of the workbench tier, in each process. */
export const mochaHooks: RootHookObject = {
  async afterEach(this: Context) {
    const test = this.currentTest;
    if (test?.state === "failed") {
      await savePictures(test.fullTitle());
    }
  },
};

/**
 * Saves the screen and the console of every open window when a test fails. Prints what the window
 * shows too, because only the output is left of a run on another machine.
 */
async function savePictures(title: string): Promise<void> {
  await mkdir(FAILURES, { recursive: true });
  const name = title.replace(/[^\w-]+/g, "-").slice(0, 100);
  for (const [index, window] of openWindows().entries()) {
    const file = join(FAILURES, `${name}-${index + 1}`);
    await writeFile(`${file}.log`, window.console.join("\n"));
    await window.page.screenshot({ path: `${file}.png` }).catch(() => undefined);
    console.log(`      picture: ${file}.png`);
    console.log(await readScreen(window.page));
  }
}

/** What a screen reader finds in the window, and the rows that have the focus of their list. */
async function readScreen(page: Page): Promise<string> {
  const focused = page.locator(".monaco-list-row.focused");
  const [screen, rows] = await Promise.all([
    page.locator("body").ariaSnapshot().catch(String),
    focused.evaluateAll((all) => all.map((row) => row.getAttribute("aria-label"))).catch(String),
  ]);
  return `${screen}\nfocused rows: ${JSON.stringify(rows)}`;
}
