import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CACHE } from "./paths.ts";

const PARTIAL = "partial-";

/**
 * A folder of the cache, which `fill` installs packages into where it isn't there. It is renamed once
 * it is complete, so that an interrupted fetch leaves no half of it.
 * @param name says which versions are in it
 */
export async function cachedFolder(
  name: string,
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  const home = join(CACHE, name);
  if (existsSync(home)) {
    return home;
  }
  await removeOrphans();
  const partial = join(CACHE, `${PARTIAL}${process.pid}-${name}`);
  try {
    await mkdir(partial, { recursive: true });
    await writeFile(join(partial, "package.json"), '{ "private": true }\n');
    await fill(partial);
    await rename(partial, home);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    // Another process was faster, and its result is equal.
    if (!existsSync(home)) {
      throw error;
    }
  }
  return home;
}

/** Removes the folders of fetches that were killed. */
async function removeOrphans(): Promise<void> {
  const names = existsSync(CACHE) ? await readdir(CACHE) : [];
  for (const name of names) {
    const pid = name.startsWith(PARTIAL) ? Number.parseInt(name.slice(PARTIAL.length), 10) : 0;
    if (pid && !isAlive(pid)) {
      await rm(join(CACHE, name), { recursive: true, force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
