import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openWindows } from "../workbench/support/window.ts";

/** What every open window showed and said when a test failed. */
export async function savePictures(folder: string, title: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const name = title.replace(/[^\w-]+/g, "-").slice(0, 100);
  for (const [index, window] of openWindows().entries()) {
    const file = join(folder, `${name}-${index + 1}`);
    await writeFile(`${file}.log`, window.console.join("\n"));
    await window.page.screenshot({ path: `${file}.png` }).catch(() => undefined);
    console.log(`      picture: ${file}.png`);
  }
}
