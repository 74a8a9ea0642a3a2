import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CACHE } from "./paths.ts";
import { startTree } from "./processes.ts";
import { showProgress } from "./progress.ts";

/** The npm package supports only this platform. */
export const hasPackagedChromium = process.platform === "linux" && process.arch === "x64";

/** The folder of the Chromium from npm. Unpacked on first use. */
export async function packagedChromium(): Promise<string> {
  const require = createRequire(import.meta.url);
  const { version } = require("../../node_modules/@sparticuz/chromium/package.json") as {
    version: string;
  };
  const home = join(CACHE, `chromium-${version}`);
  if (!existsSync(home)) {
    await unpack(home);
  }
  return home;
}

async function unpack(home: string): Promise<void> {
  const partial = join(CACHE, `partial-${process.pid}-chromium`);
  const progress = showProgress("Unpacking Chromium");
  progress.step("the first time only");
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  const script = fileURLToPath(import.meta.resolve("./unpackChromium.ts"));
  const tree = startTree(process.execPath, [script], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, TMPDIR: partial },
  });
  const exit = await tree.ended;
  await tree.stop();
  if (exit === 0) {
    await rename(partial, home).catch(() => undefined);
  }
  await rm(partial, { recursive: true, force: true });
  progress.done(existsSync(home) ? "ready" : "failed");
  if (!existsSync(home)) {
    throw new Error("Chromium couldn't be unpacked.");
  }
}
