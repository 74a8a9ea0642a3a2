import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endWithProgram } from "./lifetime.ts";

export interface TemporaryFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/** A temporary folder, which is removed at the latest with this program. */
export async function makeTemporaryFolder(purpose: string): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), `mcp-portals-${purpose}-`));
  const options = { recursive: true, force: true, maxRetries: 3 } as const;
  const remove = endWithProgram({
    end: () => rm(path, options),
    kill: () => rmSync(path, options),
  });
  return { path, remove };
}
