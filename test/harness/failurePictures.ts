import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Context, RootHookObject } from "mocha";
import { openWindows } from "../workbench/support/window.ts";
import { OUT } from "./paths.ts";

/** Where the pictures of failures lie. */
export const FAILURES = join(OUT, "workbench");

/** What stands around every test of the workbench tier, in whatever process runs it. */
export const mochaHooks: RootHookObject = {
  async afterEach(this: Context) {
    const test = this.currentTest;
    if (test?.state === "failed") {
      await savePictures(test.fullTitle());
    }
  },
};

/** What every open window showed and said when a test failed. */
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
