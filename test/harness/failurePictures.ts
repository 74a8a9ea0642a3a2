import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Context, RootHookObject } from "mocha";
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

/** Saves the screen and the console of every open window when a test fails. */
async function savePictures(title: string): Promise<void> {
  await mkdir(FAILURES, { recursive: true });
  const name = title.replace(/[^\w-]+/g, "-").slice(0, 100);
  for (const [index, window] of openWindows().entries()) {
    const file = join(FAILURES, `${name}-${index + 1}`);
    await writeFile(`${file}.log`, window.console.join("\n"));
    await window.page.screenshot({ path: `${file}.png` }).catch(() => undefined);
    console.log(`      picture: ${file}.png`);
  }
}
