import { readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import process from "node:process";
import { filesBelow, type Place } from "./search.ts";

/**
 * The folder in which tests leave data for those after a restart. It is in the profile, but isn't
 * VS Code's.
 */
export function keptFolder(): string {
  const folder = process.env["MCP_PORTALS_TEST_KEPT"];
  if (!folder) {
    throw new Error("MCP_PORTALS_TEST_KEPT is missing: start the suite by its script.");
  }
  return folder;
}

export async function leaveForNext(name: string, texts: readonly string[]): Promise<void> {
  await writeFile(join(keptFolder(), name), JSON.stringify(texts));
}

/** Empty where no test has left data. */
export async function leftByLast(name: string): Promise<readonly string[]> {
  const text = await readFile(join(keptFolder(), name), "utf8").catch(() => "[]");
  return JSON.parse(text) as readonly string[];
}

/** The storage of pages. The rest of a browser's profile is large and has nothing of ours. */
const PAGES = ["IndexedDB", "Local Storage", "Session Storage"];

/**
 * All files that VS Code has written in this profile, including those of the browser that shows it.
 */
export async function filesOfProfile(): Promise<readonly Place[]> {
  const profile = dirname(keptFolder());
  const names = await readdir(profile);
  const folders = names
    .filter((name) => !["kept", "browser", "port"].includes(name))
    .map((name) => join(profile, name));
  const pages = PAGES.map((name) => join(profile, "browser", "Default", name));
  const places = await Promise.all(
    [...folders, ...pages].map((folder) => filesBelow(folder).catch(() => [])),
  );
  return places.flat();
}
