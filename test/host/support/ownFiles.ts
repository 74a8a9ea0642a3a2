import { mkdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import process from "node:process";
import { until } from "./screen.ts";
import { filesBelow } from "./search.ts";

/** Waits for a file that the extension has written in this profile, and returns its path. */
export async function ownFile(path: RegExp): Promise<string> {
  const data = process.env["MCP_PORTALS_TEST_DATA"];
  if (!data) {
    throw new Error("MCP_PORTALS_TEST_DATA is missing: start the suite by its script.");
  }
  const found = await until(
    async () => (await filesBelow(data)).find(({ name }) => path.test(name)),
    (file) => file !== undefined,
  );
  return found?.name ?? "";
}

/** How a file can be unusable: a folder stands in its place, or the disk below it is full. */
export type Obstacle = "folder" | "full" | "file";

/** Puts something in the place of a file or folder. Returns what brings that back as it was. */
export async function obstruct(path: string, by: Obstacle): Promise<() => Promise<void>> {
  const aside = `${path}.aside`;
  const wasThere = await rename(path, aside).then(
    () => true,
    () => false,
  );
  await mkdir(dirname(path), { recursive: true });
  switch (by) {
    case "folder":
      await mkdir(path);
      // A rename would take an empty folder's place on some systems.
      await writeFile(`${path}/something`, "");
      break;
    case "full":
      await symlink("/dev/full", path);
      break;
    case "file":
      await writeFile(path, "");
      break;
  }
  return async () => {
    await rm(path, { recursive: true, force: true });
    if (wasThere) {
      await rename(aside, path);
    }
  };
}
